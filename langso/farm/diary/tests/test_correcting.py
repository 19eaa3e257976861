from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
import time_machine

from langso.farm.diary import queries, services
from langso.farm.diary.models import Concern, Entry, WorkVersion
from langso.farm.diary.queries.entry_pages import entry_page
from langso.farm.diary.services import WorkContent
from langso.farm.diary.testing import confirm, make_early_harvest, make_entry, make_harvest, make_input
from langso.kernel import clock
from langso.kernel.access.require import NotAllowed
from langso.kernel.errors import NotHere
from langso.kernel.ids import new_id
from langso.kernel.journal.models import Entry as JournalEntry
from tests.cast import Cast


@pytest.fixture
def entry(cast: Cast, season: UUID) -> UUID:
    return make_entry(season_id=season, actor=cast.actor("an"), amount=4)


@pytest.fixture
def later() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


def said(amount: int) -> WorkContent:
    return WorkContent(on_date=clock.today(), activity="WEEDING", amount=Decimal(amount), unit="HOUR")


def correct(cast: Cast, entry: UUID, amount: int, *, version: int = 1, who: str = "an") -> None:
    services.correct_entry(cast.actor(who), entry_id=entry, content=said(amount), reason="Nhầm số", version=version)


def amounts(entry: UUID) -> list[int]:
    return [int(row.amount) for row in WorkVersion.objects.filter(entry=entry).order_by("number")]


def kinds_of(entry: UUID) -> list[str]:
    rows = JournalEntry.objects.filter(body__entry_id=str(entry)).order_by("position")
    return [row.kind.split(".")[2] for row in rows]


def test_a_correction_keeps_the_old_words_and_waits_again(cast: Cast, entry: UUID) -> None:
    confirm(entry, actor=cast.actor("khanh"))
    correct(cast, entry, 6, who="binh")
    assert amounts(entry) == [4, 6]
    row = Entry.objects.get(pk=entry)
    assert (row.version, row.check_state) == (2, "WAITING")
    newest = WorkVersion.objects.get(entry=entry, number=2)
    assert (newest.reason, newest.recorded_by, newest.recorded_by_name) == (
        "Nhầm số",
        cast.account("binh"),
        cast.actor("binh").name,
    )
    assert kinds_of(entry) == ["field_work_logged", "entry_confirmed", "entry_corrected"]


def test_the_same_correction_sent_twice_counts_once(cast: Cast, entry: UUID) -> None:
    correct(cast, entry, 6)
    correct(cast, entry, 6)
    assert amounts(entry) == [4, 6]


def test_two_phones_do_not_overwrite_each_other(cast: Cast, entry: UUID) -> None:
    correct(cast, entry, 6, who="an")
    with pytest.raises(services.EntryHasChanged):
        correct(cast, entry, 7, who="binh")
    assert amounts(entry) == [4, 6]


def test_a_correction_needs_a_reason_and_stays_of_its_kind(cast: Cast, entry: UUID) -> None:
    an = cast.actor("an")
    with pytest.raises(services.ReasonNeeded):
        services.correct_entry(an, entry_id=entry, content=said(5), reason="  ", version=1)
    harvest = services.HarvestContent(on_date=clock.today(), quantity_kg=Decimal(5))
    with pytest.raises(services.EntryIsInvalid):
        services.correct_entry(an, entry_id=entry, content=harvest, reason="Nhầm", version=1)
    with pytest.raises(NotAllowed):
        correct(cast, entry, 5, who="khanh")


def test_a_struck_entry_stays_readable_and_counts_no_longer(cast: Cast, season: UUID) -> None:
    harvest = make_harvest(season_id=season)
    services.strike_entry(cast.actor("an"), entry_id=harvest, reason="Ghi hai lần")
    assert queries.harvest_card(harvest).struck
    assert queries.season_story(season).steps == ()
    page = entry_page(cast.actor("an"), entry_id=harvest)
    assert ("Ghi hai lần", cast.actor("an").name) in [(past.text, past.by) for past in page.history]
    with pytest.raises(services.EntryIsStruck):
        services.strike_entry(cast.actor("an"), entry_id=harvest, reason="Ghi hai lần")
    with pytest.raises(services.EntryIsStruck):
        services.confirm_entry(cast.actor("khanh"), entry_id=harvest, version=1)
    services.restore_entry(cast.actor("an"), entry_id=harvest)
    assert len(queries.season_story(season).steps) == 1
    with pytest.raises(services.EntryIsNotStruck):
        services.restore_entry(cast.actor("an"), entry_id=harvest)


def test_striking_needs_a_reason(cast: Cast, entry: UUID) -> None:
    with pytest.raises(services.ReasonNeeded):
        services.strike_entry(cast.actor("an"), entry_id=entry, reason="")
    assert not Entry.objects.get(pk=entry).struck


def test_undo_takes_back_the_last_act_for_some_minutes(cast: Cast, entry: UUID, later: time_machine.Traveller) -> None:
    an = cast.actor("an")
    services.undo(an, entry_id=entry)
    assert Entry.objects.get(pk=entry).struck
    services.undo(an, entry_id=entry)
    assert not Entry.objects.get(pk=entry).struck
    correct(cast, entry, 6)
    services.undo(an, entry_id=entry)
    assert amounts(entry) == [4, 6, 4]
    assert kinds_of(entry) == [
        "field_work_logged", "entry_struck", "entry_restored", "entry_corrected", "entry_corrected",
    ]  # fmt: skip
    later.shift(timedelta(minutes=11))
    with pytest.raises(services.TooLateToUndo):
        services.undo(an, entry_id=entry)


def test_what_the_inspector_has_seen_is_not_undone(cast: Cast, entry: UUID) -> None:
    confirm(entry, actor=cast.actor("khanh"))
    with pytest.raises(services.TooLateToUndo):
        services.undo(cast.actor("an"), entry_id=entry)


def test_a_concern_goes_with_its_cause_and_comes_back_with_it(cast: Cast, season: UUID) -> None:
    harvest = make_early_harvest(season_id=season, household_id=cast.household)
    [first] = queries.open_concerns(season)
    spray = Entry.objects.get(kind="WORK")
    services.strike_entry(cast.actor("an"), entry_id=spray.pk, reason="Chưa phun")
    assert queries.open_concerns(season) == []
    assert Concern.objects.get(pk=first.id).state == "WITHDRAWN"
    services.restore_entry(cast.actor("an"), entry_id=spray.pk)
    [second] = queries.open_concerns(season)
    assert (second.entry_id, second.code) == (harvest, first.code)
    assert second.id != first.id, "the past is not rewritten"


def test_a_concern_is_raised_anew_when_its_facts_change(cast: Cast, season: UUID) -> None:
    bottle = make_input(household_id=cast.household)
    spray = make_entry(season_id=season, activity="SPRAYING", unit="ML", amount=90, input_id=bottle)
    [over] = queries.open_concerns(season)
    services.answer_concern(cast.actor("khanh"), concern_id=over.id, answer="Đã nhắc nhở")
    content = entry_page(cast.actor("an"), entry_id=spray).content
    assert isinstance(content, WorkContent)

    services.correct_entry(
        cast.actor("an"), entry_id=spray, content=replace(content, remark="Trời nắng"), reason="Ghi thiếu", version=1
    )
    assert queries.open_concerns(season) == [], "the answer stands while the dose is the same"
    services.correct_entry(
        cast.actor("an"), entry_id=spray, content=replace(content, amount=Decimal(99)), reason="Nhầm số", version=2
    )
    [anew] = queries.open_concerns(season)
    assert "990" in anew.explanation


def test_correcting_a_bottle_judges_the_works_that_used_it(cast: Cast, season: UUID) -> None:
    an, today = cast.actor("an"), clock.today()
    bottle = make_input(household_id=cast.household, name="Thuốc lạ", pre_harvest_days=5)
    make_entry(
        season_id=season, activity="SPRAYING", unit="ML", amount=10, input_id=bottle, on_date=today - timedelta(days=6)
    )
    make_harvest(season_id=season)
    assert [card.code for card in queries.open_concerns(season)] == ["INPUT_NOT_LISTED"]
    content = entry_page(an, entry_id=bottle).content
    assert isinstance(content, services.InputContent)
    services.correct_entry(
        an, entry_id=bottle, content=replace(content, pre_harvest_days=14), reason="Xem lại nhãn", version=1
    )
    assert sorted(card.code for card in queries.open_concerns(season)) == ["HARVEST_TOO_EARLY", "INPUT_NOT_LISTED"]
    with pytest.raises(services.InputIsUsed):
        services.strike_entry(an, entry_id=bottle, reason="Ghi hai lần")


def test_unknown_entries_are_not_here(cast: Cast) -> None:
    with pytest.raises(NotHere):
        services.undo(cast.actor("an"), entry_id=new_id())
