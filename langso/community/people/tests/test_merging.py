"""Duplicates: suggested by rule, decided by a person, undone exactly."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from langso.community.people import queries, services
from langso.community.people.models import DuplicatePair, Headship, Household, Person, Residence
from langso.community.people.rules.codes import Relation, Sex
from langso.community.people.services import PersonDetails
from langso.community.people.services.merging import TAKEABLE
from langso.community.people.services.registering import details_of
from langso.community.people.testing import make_household, make_person
from langso.community.people.tests.soundness import assert_sound
from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.access.sources import SOURCES
from langso.kernel.errors import DomainError
from langso.kernel.search import queries as search

pytestmark = pytest.mark.django_db
SYSTEM = system("03390")
BORN = date(1990, 2, 3)


def snapshot() -> dict[str, Any]:
    """Everything that the register holds, without the counters of changes."""
    left_out = {"version", "changed_at"}
    tables: dict[str, Any] = {}
    for model in (Person, Household, Residence, Headship):
        columns = [field.attname for field in model._meta.concrete_fields if field.name not in left_out]
        tables[model.__name__] = {row["id"]: row for row in model.objects.values(*columns)}
    tables["found"] = set(search.matching(kind="people.person", typed="lo"))
    return tables


def twins(**second: Any) -> tuple:
    first = make_person(name="Lò Văn Tình", birth_date=BORN)
    return first, make_person(name="Lo Van Tinh", birth_date=BORN, **second)


def test_the_rule_suggests_and_a_person_decides():
    first, _ = twins()
    pair = DuplicatePair.objects.get()
    assert queries.waiting_pairs() == 1
    services.judge_different(SYSTEM, pair_id=pair.pk, reason="Hai anh em họ")
    assert queries.waiting_pairs() == 0
    with pytest.raises(services.AlreadyDecided):
        services.judge_different(SYSTEM, pair_id=pair.pk)
    record = Person.objects.get(pk=first)
    services.correct_person(
        SYSTEM,
        person_id=first,
        version=record.version,
        details=replace(details_of(record), phone="0912345678"),
        reason="x",
    )
    assert queries.waiting_pairs() == 0, "a decided pair is not suggested again"


def test_merging_fills_what_was_not_known_and_takes_what_was_chosen():
    first, second = twins(sex="MALE", phone="0912345678", ethnicity="03", household_id=make_household())
    services.merge_persons(SYSTEM, kept_id=first, merged_id=second, take={"name"}, reason="Một người")
    kept, merged = Person.objects.get(pk=first), Person.objects.get(pk=second)
    assert (kept.name, kept.phone, kept.ethnicity) == ("Lo Van Tinh", "+84912345678", "03")
    assert merged.merged_into_id == first
    assert merged.household is None
    assert queries.waiting_pairs() == 0
    assert list(search.matching(kind="people.person", typed="tinh")) == [first]
    assert_sound()


def test_everybody_who_holds_the_old_id_means_the_kept_record():
    first, second = twins()
    services.merge_persons(SYSTEM, kept_id=first, merged_id=second)
    assert queries.person_card(SYSTEM, person_id=second).id == first
    assert queries.people_brief([second])[second].id == first
    assert queries.household_of(second) == queries.household_of(first)
    assert SOURCES.people is not None
    assert SOURCES.people.person(second).id == first
    with pytest.raises(services.WasMerged):
        services.move_out(SYSTEM, person_id=second, on_date=date(2026, 1, 1))


def test_a_head_over_others_cannot_be_merged_away():
    first, second = twins()
    home = queries.household_of(second)
    make_person(household_id=home)
    with pytest.raises(services.LeavesNoHead):
        services.merge_persons(SYSTEM, kept_id=first, merged_id=second)
    services.merge_persons(SYSTEM, kept_id=second, merged_id=first)
    assert_sound()


def test_one_who_died_and_one_who_lives_are_not_merged():
    first, second = twins()
    services.record_death(SYSTEM, person_id=first, on_date=date(2026, 1, 1))
    for kept, merged in ((first, second), (second, first)):
        with pytest.raises(services.OneHasDied):
            services.merge_persons(SYSTEM, kept_id=kept, merged_id=merged)
    with pytest.raises(services.SameRecord):
        services.merge_persons(SYSTEM, kept_id=first, merged_id=first)


def test_merges_are_taken_back_in_turn():
    first, second = twins()
    third = make_person(name="Lò Tình", birth_date=BORN)
    one = services.merge_persons(SYSTEM, kept_id=first, merged_id=second)
    two = services.merge_persons(SYSTEM, kept_id=first, merged_id=third)
    with pytest.raises(services.LaterMergeFirst):
        services.unmerge(SYSTEM, merge_id=one)
    services.unmerge(SYSTEM, merge_id=two)
    three = services.merge_persons(SYSTEM, kept_id=third, merged_id=first)
    with pytest.raises(services.LaterMergeFirst):
        services.unmerge(SYSTEM, merge_id=one)
    services.unmerge(SYSTEM, merge_id=three)
    services.unmerge(SYSTEM, merge_id=one)
    with pytest.raises(services.MergeAlreadyUndone):
        services.unmerge(SYSTEM, merge_id=one)
    assert_sound()


def test_what_was_corrected_after_the_merge_stays():
    first, second = twins(phone="0912345678", ethnicity="03")
    merge = services.merge_persons(SYSTEM, kept_id=first, merged_id=second)
    kept = Person.objects.get(pk=first)
    services.correct_person(
        SYSTEM,
        person_id=first,
        version=kept.version,
        details=replace(details_of(kept), phone="0987654321"),
        reason="Số mới",
    )
    services.unmerge(SYSTEM, merge_id=merge)
    kept, merged = Person.objects.get(pk=first), Person.objects.get(pk=second)
    assert (kept.phone, kept.ethnicity) == ("+84987654321", "")
    assert (merged.phone, merged.ethnicity) == ("+84912345678", "03")
    assert_sound()


def test_who_moved_after_the_merge_stays_where_they_moved():
    household = make_household()
    second = make_person(name="Lò Văn Tình", birth_date=BORN, household_id=household)
    first = make_person(name="Lò Văn Tình", birth_date=BORN)
    services.move_out(SYSTEM, person_id=first, on_date=date(2026, 1, 1))
    merge = services.merge_persons(SYSTEM, kept_id=first, merged_id=second)
    assert queries.household_of(first) == household
    other = make_household()
    services.change_household(SYSTEM, person_id=first, household_id=other, on_date=clock.today())
    newcomer = make_person(household_id=household)
    services.unmerge(SYSTEM, merge_id=merge)
    assert queries.household_of(first) == other
    assert queries.household_of(second) == household
    assert queries.person_card(SYSTEM, person_id=newcomer).relation == "HEAD"
    assert queries.person_card(SYSTEM, person_id=second).relation == "UNKNOWN"
    assert_sound()


details = st.builds(
    PersonDetails,
    name=st.sampled_from(["Lò Văn Tình", "Lo Van Tinh", "Lò Tình"]),
    sex=st.sampled_from(list(Sex)),
    birth_date=st.sampled_from([None, BORN]),
    birth_year=st.just(None),
    ethnicity=st.sampled_from(["", "03", "08"]),
    personal_number=st.just(""),
    phone=st.sampled_from(["", "0912345678", "0987654321"]),
    disability=st.sampled_from(["", "NONE", "VISION"]),
)
numbers = st.sampled_from(["", "012090111111", "012190222222"])
HOMES = ("alone", "head of others", "member", "moved out", "died")


def register(made: PersonDetails, home: str, common: Any) -> Any:
    """Somebody alone, heading others, a member of a common household, moved away, or dead."""
    household = common if home == "member" else make_household()
    person = services.register_person(SYSTEM, details=made, household_id=household, is_somebody_else=True)
    if home == "head of others":
        make_person(household_id=household, relation="CHILD")
    elif home == "moved out":
        services.move_out(SYSTEM, person_id=person, on_date=date(2026, 1, 1))
    elif home == "died":
        services.record_death(SYSTEM, person_id=person, on_date=date(2026, 1, 1))
    return person


@pytest.mark.parametrize("one_home", HOMES)
@pytest.mark.parametrize("other_home", HOMES)
@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    one=details,
    other=details,
    one_number=numbers,
    common_is_empty=st.booleans(),
    take=st.sets(st.sampled_from(TAKEABLE)),
)
def test_merging_and_unmerging_restores_both_exactly(
    one: PersonDetails,
    other: PersonDetails,
    one_number: str,
    one_home: str,
    other_home: str,
    common_is_empty: bool,
    take: set[str],
) -> None:
    with transaction.atomic():
        common = make_household()
        if not common_is_empty:
            make_person(household_id=common)
        if one_number:
            sex = Sex.FEMALE if one_number[3] == "1" else Sex.MALE
            one = replace(one, personal_number=one_number, sex=sex, birth_date=BORN)
        first = register(one, one_home, common)
        second = register(other, other_home, common)
        assert_sound()
        before = snapshot()
        try:
            with transaction.atomic():
                merge = services.merge_persons(SYSTEM, kept_id=first, merged_id=second, take=take)
        except DomainError:
            assert snapshot() == before
        else:
            assert_sound()
            assert not Person.objects.filter(pk=second, merged_into=None).exists()
            services.unmerge(SYSTEM, merge_id=merge)
            assert_sound()
            assert snapshot() == before
        transaction.set_rollback(True)


def test_the_merged_head_of_the_same_household_hands_over():
    household = make_household()
    second = make_person(name="Lò Văn Tình", birth_date=BORN, household_id=household)
    first = make_person(name="Lò Văn Tình", birth_date=BORN, household_id=household, relation="RELATIVE")
    child = make_person(household_id=household, relation="CHILD")
    services.merge_persons(SYSTEM, kept_id=first, merged_id=second)
    members = {card.id: card.relation for card in queries.household_members(household)}
    assert members == {first: Relation.HEAD, child: Relation.CHILD}
    assert_sound()
