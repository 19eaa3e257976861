"""Concerns: raised when a rule finds something, withdrawn when the cause is gone, answered by somebody responsible."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from langso.farm.diary import access, rules
from langso.farm.diary.events import ConcernAnswered, ConcernRaised, ConcernWithdrawn
from langso.farm.diary.models import Concern, ConcernState
from langso.farm.diary.queries import facts
from langso.farm.diary.rules import Finding
from langso.farm.diary.services.refusals import ConcernIsSettled, ReasonNeeded
from langso.farm.diary.services.writing import actors_name, entry_here
from langso.farm.diary.versions import words
from langso.farm.plots import queries as plots
from langso.farm.plots.queries import SeasonCard
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import NotHere
from langso.kernel.ids import new_id
from langso.kernel.journal.services import emit, service


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules find on a season now, beside what stood there before."""

    season: SeasonCard
    fresh: tuple[Finding, ...]
    gone: tuple[Concern, ...]
    standing: tuple[Concern, ...]

    def codes_on(self, entry_id: UUID) -> tuple[str, ...]:
        """The codes that now stand on an entry, answered ones too."""
        kept = {concern.code for concern in self.standing if concern.entry_id == entry_id}
        return tuple(sorted(kept | {finding.code for finding in self.fresh if finding.entry_id == entry_id}))

    def open_codes(self) -> tuple[str, ...]:
        """The codes that nobody has answered, on the whole season."""
        kept = {concern.code for concern in self.standing if concern.state == ConcernState.OPEN}
        return tuple(sorted(kept | {finding.code for finding in self.fresh}))


def judge_season(season: SeasonCard) -> Judgement:
    """Run all rules over a season and compare with its concerns. Reads only."""
    entries = facts.entry_facts(season.id)
    found = rules.judge(facts.season_facts(season), entries, facts.input_lines(entries))
    wanted = {_key(finding.entry_id, finding.code, finding.cause, finding.facts): finding for finding in found}
    standing: list[Concern] = []
    gone: list[Concern] = []
    for concern in Concern.objects.all().of_season(season.id).standing():
        key = _key(concern.entry_id, concern.code, concern.cause, concern.facts)
        (standing if wanted.pop(key, None) else gone).append(concern)
    return Judgement(season, tuple(wanted.values()), tuple(gone), tuple(standing))


def settle(actor: Actor, judgement: Judgement) -> None:
    """Write down the difference: withdraw what lost its cause, raise what is new."""
    now = clock.now()
    for concern in judgement.gone:
        Concern.objects.filter(pk=concern.pk).update(state=ConcernState.WITHDRAWN, settled_at=now)
        emit(
            actor,
            ConcernWithdrawn(
                concern_id=concern.id,
                entry_id=concern.entry_id,
                season_id=judgement.season.id,
                household_id=judgement.season.household_id,
                code=concern.code,
            ),
        )
    for finding in judgement.fresh:
        concern = Concern.objects.create(
            id=new_id(),
            entry_id=finding.entry_id,
            season_id=judgement.season.id,
            code=finding.code,
            severity=finding.severity,
            cause=finding.cause,
            facts=dict(finding.facts),
            raised_at=now,
        )
        emit(
            actor,
            ConcernRaised(
                concern_id=concern.id,
                entry_id=finding.entry_id,
                season_id=judgement.season.id,
                household_id=judgement.season.household_id,
                code=finding.code,
                severity=finding.severity,
                facts=finding.facts,
            ),
        )


def judge_again(actor: Actor, season_ids: Iterable[UUID]) -> None:
    """Judge these seasons anew after something they rest on has changed."""
    for season in plots.season_cards(season_ids=season_ids).values():
        settle(actor, judge_season(season))


@service
def answer_concern(actor: Actor, *, concern_id: UUID, answer: str) -> UUID:
    """Say what was found out about a concern, as inspector, or as grower where nobody checks; returns its entry's id.

    Raises `ReasonNeeded`, `ConcernIsSettled`.
    """
    concern = Concern.objects.select_related("entry").filter(pk=concern_id).first()
    if concern is None:
        raise NotHere()
    entry = entry_here(concern.entry_id)
    require(access.can_answer_concern(actor, entry), actor)
    text = words(answer, 500)
    if not text:
        raise ReasonNeeded()
    answered_as = "INSPECTOR" if access.organisations_of(entry) else "GROWER"
    claimed = Concern.objects.filter(pk=concern_id, state=ConcernState.OPEN).update(
        state=ConcernState.ANSWERED,
        answer=text,
        answered_as=answered_as,
        answered_by=actor.account_id,
        answered_by_name=actors_name(actor),
        settled_at=clock.now(),
    )
    if not claimed:
        raise ConcernIsSettled()
    emit(
        actor,
        ConcernAnswered(
            concern_id=concern_id,
            entry_id=entry.id,
            season_id=concern.season_id,
            household_id=entry.household_id,
            code=concern.code,
            answer=text,
            answered_as=answered_as,
        ),
    )
    return entry.id


def _key(entry_id: UUID, code: str, cause: str, known: object) -> tuple[UUID, str, str, str]:
    """Two findings are the same when their facts are: a dose that was corrected and is still too high is a new one."""
    stated = sorted(known.items()) if hasattr(known, "items") else []
    return entry_id, code, cause, repr(stated)
