"""Heads, relations, splitting, codes and classes of households, through services."""

from datetime import date

import pytest

from langso.community.people import queries, services
from langso.community.people.models import Household, HouseholdStatus, Residence
from langso.community.people.rules.codes import HouseholdClass, Relation
from langso.community.people.testing import make_household, make_person
from langso.community.people.tests.soundness import assert_sound
from langso.community.places.testing import make_village
from langso.kernel.access.actors import system
from langso.kernel.journal.models import Entry
from langso.kernel.search import queries as search

pytestmark = pytest.mark.django_db
SYSTEM = system("03390")


def family(*, size: int = 3) -> tuple:
    """A household: head, spouse, child, further children; ids."""
    household = make_household()
    relations = ["HEAD", "SPOUSE", *["CHILD"] * (size - 2)][:size]
    people = [
        make_person(household_id=household, relation=relation, birth_date=date(1970 + 10 * number, 1, 2))
        for number, relation in enumerate(relations)
    ]
    return household, people


def relations_in(household) -> dict:
    return {card.id: card.relation for card in queries.household_members(household)}


def kinds() -> list[str]:
    return list(Entry.objects.order_by("position").values_list("kind", flat=True))


def test_changing_the_head_changes_relations_and_keeps_history():
    household, (head, spouse, child) = family()
    services.change_head(
        SYSTEM,
        household_id=household,
        head_id=child,
        on_date=date(2026, 5, 1),
        relations={spouse: Relation.NOT_RELATED},
    )
    assert relations_in(household) == {child: "HEAD", head: "PARENT", spouse: "NOT_RELATED"}
    with pytest.raises(services.AlreadyHead):
        services.change_head(SYSTEM, household_id=household, head_id=child, on_date=date(2026, 5, 2))
    with pytest.raises(services.NotAMember):
        services.change_head(SYSTEM, household_id=household, head_id=make_person(), on_date=date(2026, 5, 2))
    with pytest.raises(services.BadDay):
        services.change_head(SYSTEM, household_id=household, head_id=head, on_date=date(2026, 4, 30))
    assert_sound()


def test_splitting_a_household():
    household, (head, spouse, child, second) = family(size=4)
    new = services.split_household(
        SYSTEM,
        household_id=household,
        members={child: Relation.HEAD, second: Relation.SIBLING},
        head_id=child,
        on_date=date(2026, 5, 1),
        reason="Ra ở riêng",
    )
    assert relations_in(household) == {head: "HEAD", spouse: "SPOUSE"}
    assert relations_in(new) == {child: "HEAD", second: "SIBLING"}
    assert Household.objects.get(pk=new).split_from_id == household
    assert {stay.left_by for stay in Residence.objects.filter(household=household, to_date__isnull=False)} == {"SPLIT"}
    assert kinds()[-2:] == ["community.people.household_formed.v1", "community.people.household_split.v1"]
    assert_sound()


def test_a_split_may_take_the_head_along_but_not_everybody():
    household, (head, spouse, child) = family()
    everybody = {head: Relation.HEAD, spouse: Relation.SPOUSE, child: Relation.CHILD}
    split = {"household_id": household, "head_id": head, "on_date": date(2026, 5, 1)}
    with pytest.raises(services.NobodyLeaves):
        services.split_household(SYSTEM, members=everybody, **split)
    with pytest.raises(services.NobodyLeaves):
        services.split_household(SYSTEM, members={}, **split)
    pair = {head: Relation.HEAD, spouse: Relation.SPOUSE}
    with pytest.raises(services.HeadMustBeNamed):
        services.split_household(SYSTEM, members=pair, next_head_id=spouse, **split)
    assert Household.objects.count() == 1
    new = services.split_household(SYSTEM, members=pair, next_head_id=child, **split)
    assert relations_in(household) == {child: "HEAD"}
    assert relations_in(new) == {head: "HEAD", spouse: "SPOUSE"}
    assert_sound()


def test_household_codes_are_filled_and_unique():
    village = make_village()
    first = make_household(village_id=village)
    code = Household.objects.get(pk=first).code
    assert code == "H00001"
    with pytest.raises(services.CodeTaken):
        services.form_household(SYSTEM, village_id=village, code=code)
    second = make_household(village_id=village)
    household = Household.objects.get(pk=second)
    with pytest.raises(services.CodeTaken):
        services.correct_household(
            SYSTEM,
            household_id=second,
            version=household.version,
            code=code,
            village_id=village,
            address="",
            reason="x",
        )
    services.correct_household(
        SYSTEM,
        household_id=second,
        version=household.version,
        code="B7",
        village_id=village,
        address="Đầu bản",
        reason="Mã của xã",
    )
    assert queries.household_card(SYSTEM, household_id=second).code == "B7"


def test_a_correction_of_the_code_is_found_by_search():
    household, (head,) = family(size=1)
    row = Household.objects.get(pk=household)
    services.correct_household(
        SYSTEM,
        household_id=household,
        version=row.version,
        code="NEW9",
        village_id=row.village_id,
        address="",
        reason="x",
    )
    assert list(search.matching(kind="people.person", typed="new9")) == [head]


def test_classes_have_dates_and_one_living_standard_at_a_time():
    household = make_household()

    def classify(kind: HouseholdClass, day: date) -> None:
        services.classify_household(SYSTEM, household_id=household, kind=kind, from_date=day)

    classify(HouseholdClass.POOR, date(2025, 1, 1))
    classify(HouseholdClass.POLICY, date(2025, 2, 1))
    with pytest.raises(services.ClassUnchanged):
        classify(HouseholdClass.POOR, date(2025, 3, 1))
    with pytest.raises(services.BadDay):
        classify(HouseholdClass.NEAR_POOR, date(2024, 12, 31))
    classify(HouseholdClass.NEAR_POOR, date(2026, 1, 1))
    services.end_household_class(SYSTEM, household_id=household, kind=HouseholdClass.POLICY, to_date=date(2026, 2, 1))
    with pytest.raises(services.ClassNotHeld):
        services.end_household_class(
            SYSTEM, household_id=household, kind=HouseholdClass.POLICY, to_date=date(2026, 3, 1)
        )
    rows = {row.kind: (row.from_date, row.to_date) for row in HouseholdStatus.objects.all()}
    assert rows == {
        "POOR": (date(2025, 1, 1), date(2026, 1, 1)),
        "POLICY": (date(2025, 2, 1), date(2026, 2, 1)),
        "NEAR_POOR": (date(2026, 1, 1), None),
    }
