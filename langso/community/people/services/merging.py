"""Two records, one person: merging them. `unmerging` takes a merge back.

A merge keeps one record and sets the other aside. Of the one set aside nothing changes but that it no longer lives
anywhere and points to the one kept. Everything that the merge changes elsewhere is written into its `Merge` row.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.community.people import access
from langso.community.people.events import PairJudgedDifferent, PersonsMerged
from langso.community.people.models import DuplicatePair, Headship, Merge, Person, Residence
from langso.community.people.rules.codes import Decision, LeftBy, Relation
from langso.community.people.rules.details import PersonDetails
from langso.community.people.services.finding import PERSON_KIND, claim, person_here, state_of, store
from langso.community.people.services.registering import checked, details_of, values_of
from langso.community.people.services.settling import put_in_search
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, Invalid, NotHere
from langso.kernel.journal.services import emit, service
from langso.kernel.search import services as search
from langso.kernel.text import nfc

TAKEABLE = ("name", "sex", "birth", "ethnicity", "personal_number", "phone", "disability")
"""What may be taken from the record that is set aside. `birth` is date and year together."""


class SameRecord(Invalid):
    code = "same_record"
    message = _("Choose two different records.")


class OneHasDied(DomainError):
    code = "one_has_died"
    message = _("One record says that the person died, the other that they live here. Correct that first.")


class LeavesNoHead(DomainError):
    code = "merge_leaves_no_head"
    message = _(
        "The record that would go heads another household in which others live. Name a new head there first, "
        "or keep that record instead."
    )


class AlreadyDecided(DomainError):
    code = "pair_already_decided"
    message = _("Somebody has decided about this pair already.")


@service
def merge_persons(
    actor: Actor, *, kept_id: UUID, merged_id: UUID, take: Collection[str] = (), reason: str = ""
) -> UUID:
    """Say that two records are one person: keep the first, set the second aside. Returns the merge's id.

    `take` names fields (`TAKEABLE`) whose value of the second record is the right one; what the first does not know
    is taken anyway. The kept record stays where it lives; if it lives nowhere, it takes the other's place. Raises
    `SameRecord`, `OneHasDied`, `LeavesNoHead`, `BadDetails`, `ChangedMeanwhile`, `WasMerged`, `NotHere`.
    """
    require(access.can_decide_duplicates(actor), actor)
    if kept_id == merged_id:
        raise SameRecord()
    kept, merged = person_here(kept_id), person_here(merged_id)
    if (kept.death_date and merged.household_id) or (merged.death_date and kept.household_id):
        raise OneHasDied()
    taken = fields_to_take(details_of(kept), details_of(merged), take)
    details = checked(with_taken(details_of(kept), details_of(merged), taken))
    now = clock.now()
    after = values_of(details) | {"death_date": kept.death_date or merged.death_date}
    before_merged = {"household_id": _plain(merged.household_id), "relation": merged.relation}
    place, effects = _place_after(kept, merged, today=clock.today())
    store(merged, now=now, household=None, relation="", merged_into=kept)
    after |= place
    changed = {name: value for name, value in after.items() if getattr(kept, name) != value}
    before_kept = {name: _plain(getattr(kept, name)) for name in changed}
    store(kept, now=now, **changed)
    kept = person_here(kept_id)
    effects |= _take_stay_and_headship(kept, merged, effects, today=clock.today(), now=now)
    search.remove(kind=PERSON_KIND, object_id=merged.pk)
    put_in_search(kept)
    merge = Merge.objects.create(
        kept=kept,
        merged=merged,
        before={"kept": before_kept, "merged": before_merged},
        after={"kept": {name: _plain(value) for name, value in changed.items()}, "effects": effects},
        reason=nfc(reason).strip(),
        decided_at=now,
        decided_by=actor.account_id,
        decided_by_name=actor.name,
    )
    _decide_pair(actor, kept, merged, Decision.SAME, reason, now)
    emit(
        actor,
        PersonsMerged(merge_id=merge.pk, kept=state_of(kept), merged_id=merged.pk, taken=tuple(sorted(taken))),
        reason=nfc(reason).strip(),
    )
    return merge.pk


def fields_to_take(kept: PersonDetails, merged: PersonDetails, chosen: Collection[str]) -> frozenset[str]:
    """The fields to take: those chosen, and those that only the second record knows."""
    unknown = ("", None, "UNKNOWN")
    alone = {
        name
        for name in TAKEABLE
        if name != "birth" and getattr(kept, name) in unknown and getattr(merged, name) not in unknown
    }
    if _knows_birth_better(merged, kept):
        alone.add("birth")
    return frozenset(set(chosen) & set(TAKEABLE) | alone)


def _knows_birth_better(one: PersonDetails, other: PersonDetails) -> bool:
    """A year where the other knows nothing, or the day of a year that the other knows, too."""
    if other.birth_year is None:
        return one.birth_year is not None
    return other.birth_date is None and one.birth_date is not None and one.birth_year == other.birth_year


def with_taken(kept: PersonDetails, merged: PersonDetails, taken: Collection[str]) -> PersonDetails:
    """The details of the kept record after the merge."""
    values: dict[str, Any] = {name: getattr(merged, name) for name in taken if name != "birth"}
    if "birth" in taken:
        values |= {"birth_date": merged.birth_date, "birth_year": merged.birth_year}
    return replace(kept, **values)


def _place_after(kept: Person, merged: Person, *, today: date) -> tuple[dict[str, Any], dict[str, Any]]:
    """Where the kept record lives after the merge, if that changes, and what happens in the other's household."""
    home = merged.household
    if home is None:
        return {}, {}
    heads = merged.relation == Relation.HEAD
    if kept.household_id == home.pk:
        claim(home)
        return ({"relation": Relation.HEAD.value} if heads else {}), {"heads": heads}
    if kept.household_id is None:
        claim(home)
        return {"household_id": home.pk, "relation": merged.relation}, {"heads": heads, "moves": True}
    others = Person.objects.filter(household=home).exclude(pk=merged.pk).exists()
    if heads and others:
        raise LeavesNoHead()
    if not others:
        claim(home, closed_date=today)
        return {}, {"closes": True}
    claim(home)
    return {}, {}


def _take_stay_and_headship(
    kept: Person, merged: Person, effects: dict[str, Any], *, today: date, now: datetime
) -> dict[str, Any]:
    """End the stay of the record set aside and hand over or end its headship; returns the rows that were touched."""
    touched: dict[str, Any] = {}
    stay = Residence.objects.filter(person=merged, to_date=None).first()
    if stay is None:
        return touched
    ends = max(today, stay.from_date or today)
    Residence.objects.filter(pk=stay.pk).update(to_date=ends, left_by=LeftBy.MERGED.value)
    touched["ended_stay"] = str(stay.pk)
    if effects.get("moves"):
        new = Residence.objects.create(
            person=kept,
            household_id=stay.household_id,
            from_date=stay.from_date,
            came_by=stay.came_by,
            came_from=stay.came_from,
            came_because=stay.came_because,
            recorded_at=now,
        )
        touched["new_stay"] = str(new.pk)
    headship = Headship.objects.filter(person=merged, to_date=None).first()
    if headship and effects.get("heads"):
        Headship.objects.filter(pk=headship.pk).update(person=kept)
        touched["handed_headship"] = str(headship.pk)
    elif headship:
        Headship.objects.filter(pk=headship.pk).update(to_date=max(today, headship.from_date or today))
        touched["ended_headship"] = str(headship.pk)
    return touched


def _plain(value: Any) -> Any:
    """A column's value as JSON."""
    return str(value) if isinstance(value, (UUID, date)) else value


def _decide_pair(actor: Actor, one: Person, other: Person, decision: Decision, reason: str, now: datetime) -> None:
    first, second = sorted((one, other), key=lambda person: person.pk.int)
    DuplicatePair.objects.update_or_create(
        first=first,
        second=second,
        defaults={
            "decision": decision.value,
            "decided_at": now,
            "decided_by": actor.account_id,
            "decided_by_name": actor.name,
            "reason": nfc(reason).strip()[:200],
        },
        create_defaults={
            "grounds": [],
            "weight": 0,
            "found_at": now,
            "decision": decision.value,
            "decided_at": now,
            "decided_by": actor.account_id,
            "decided_by_name": actor.name,
            "reason": nfc(reason).strip()[:200],
        },
    )


@service
def judge_different(actor: Actor, *, pair_id: UUID, reason: str = "") -> None:
    """Say that a suggested pair is two persons; it is not suggested again. Raises `AlreadyDecided`, `NotHere`."""
    require(access.can_decide_duplicates(actor), actor)
    pair = DuplicatePair.objects.filter(pk=pair_id).first()
    if pair is None:
        raise NotHere()
    decided = DuplicatePair.objects.filter(pk=pair_id, decision="").update(
        decision=Decision.DIFFERENT.value,
        decided_at=clock.now(),
        decided_by=actor.account_id,
        decided_by_name=actor.name,
        reason=nfc(reason).strip()[:200],
    )
    if not decided:
        raise AlreadyDecided()
    emit(actor, PairJudgedDifferent(first_id=pair.first_id, second_id=pair.second_id), reason=nfc(reason).strip())
