"""Registering, correcting, moving, and who may, through services."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from langso.community.people import queries, services
from langso.community.people.models import DuplicatePair, Headship, Household, Person, Residence
from langso.community.people.rules.codes import CameBy, LeftBy, Relation, Sex
from langso.community.people.services import PersonDetails
from langso.community.people.testing import make_household, make_person
from langso.community.people.tests.soundness import assert_sound
from langso.kernel.access.actors import NOBODY, Actor, Membership, Role, system
from langso.kernel.access.require import NotAllowed, SignInNeeded
from langso.kernel.access.scope import commune_scope
from langso.kernel.errors import NotHere
from langso.kernel.ids import new_id
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


def test_the_first_in_a_household_is_its_head():
    household = make_household()
    first = make_person(household_id=household, relation="CHILD")
    assert relations_in(household) == {first: "HEAD"}
    assert Headship.objects.get().person_id == first
    assert_sound()


def test_a_new_head_makes_the_others_relations_unknown():
    household, (old, _) = family(size=2)
    new = make_person(household_id=household, is_head=True)
    assert relations_in(household)[new] == "HEAD"
    assert relations_in(household)[old] == "UNKNOWN"
    assert_sound()


def test_registering_writes_stay_search_and_journal():
    household = make_household(code="A1")
    person = make_person(name="Vàng Thị Mỷ", household_id=household, phone="0912345678", from_date=date(2020, 1, 1))
    stay = Residence.objects.get(person=person)
    assert (stay.from_date, stay.to_date, stay.came_by) == (date(2020, 1, 1), None, CameBy.REGISTERED)
    for typed in ("vang my", "mỷ", "0912345", "a1"):
        assert list(search.matching(kind="people.person", typed=typed)) == [person], typed
    entry = Entry.objects.get(kind="community.people.person_registered.v1")
    assert entry.body["person"]["name"] == "Vàng Thị Mỷ"
    assert entry.reach == 0


def test_a_personal_number_is_neither_in_the_journal_nor_in_the_search_index():
    person = make_person(sex="MALE", birth_year=1990, personal_number="012090123456")
    record = Person.objects.get(pk=person)
    services.correct_person(
        SYSTEM,
        person_id=person,
        version=record.version,
        details=PersonDetails(record.name, Sex.MALE, None, 1990, "", "012090654321"),
        reason="Số trên thẻ",
    )
    assert not any("012090" in str(body) for body in Entry.objects.values_list("body", flat=True))
    assert "•••• •••• 4321" in str(Entry.objects.order_by("position").last().body)
    assert not search.matching(kind="people.person", typed="012090").exists()


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (PersonDetails("123"), "name"),
        (PersonDetails("Lò An", birth_date=date(2999, 1, 1)), "birth_date"),
        (PersonDetails("Lò An", birth_year=1850), "birth_year"),
        (PersonDetails("Lò An", Sex.FEMALE, personal_number="012090123456"), "personal_number"),
        (PersonDetails("Lò An", phone="99"), "phone"),
    ],
)
def test_bad_details_name_the_field(details, field):
    with pytest.raises(services.BadDetails) as refused:
        services.register_person(SYSTEM, details=details, household_id=make_household())
    assert list(refused.value.fields) == [field]
    assert Person.objects.count() == 0


def test_a_number_stands_once_in_a_commune_and_may_stand_in_another():
    first = make_person(sex="UNKNOWN", birth_date=None, personal_number="012090123456")
    with pytest.raises(services.NumberTaken) as refused:
        make_person(name="Ai Khác", sex="UNKNOWN", birth_date=None, personal_number="012090123456")
    assert refused.value.person_id == first
    other = make_person()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=other).update(personal_number="012090123456")
    with commune_scope("03405"):
        make_person(sex="UNKNOWN", birth_date=None, personal_number="012090123456")


def test_a_like_record_stops_registration_until_the_officer_says_it_is_another():
    known = make_person(name="Lò Văn Tình", birth_date=date(1990, 2, 3))
    details = PersonDetails("Lo Van Tinh", Sex.MALE, date(1990, 2, 3))
    household = make_household()
    with pytest.raises(services.LooksKnown) as refused:
        services.register_person(SYSTEM, details=details, household_id=household)
    assert refused.value.person_ids == (known,)
    new = services.register_person(SYSTEM, details=details, household_id=household, is_somebody_else=True)
    pair = DuplicatePair.objects.get()
    assert {pair.first_id, pair.second_id} == {known, new}
    assert pair.grounds == ["SAME_NAME_AND_DATE"]


def test_correcting_says_what_changed_and_why():
    person = make_person(name="Lò Văn An", birth_date=date(1990, 2, 3))
    version = Person.objects.get(pk=person).version
    details = PersonDetails("Lò Văn Ân", Sex.MALE, date(1990, 2, 4), phone="0912 345 678")
    services.correct_person(SYSTEM, person_id=person, version=version, details=details, reason="Theo giấy khai sinh")
    entry = Entry.objects.get(kind="community.people.person_corrected.v1")
    assert entry.reason == "Theo giấy khai sinh"
    assert {change["field"]: (change["before"], change["after"]) for change in entry.body["changes"]} == {
        "name": ("Lò Văn An", "Lò Văn Ân"),
        "birth_date": ("1990-02-03", "1990-02-04"),
        "phone": ("", "+84912345678"),
    }
    assert list(search.matching(kind="people.person", typed="0912345")) == [person]
    with pytest.raises(services.ChangedMeanwhile):
        services.correct_person(SYSTEM, person_id=person, version=version, details=details, reason="Lại")
    with pytest.raises(services.NothingChanged):
        services.correct_person(SYSTEM, person_id=person, version=version + 1, details=details, reason="Lại")
    with pytest.raises(services.ReasonNeeded):
        services.correct_person(SYSTEM, person_id=person, version=version + 1, details=details, reason="  ")


def test_a_head_who_leaves_names_the_next():
    household, (head, spouse, child) = family()
    with pytest.raises(services.HeadMustBeNamed):
        services.move_out(SYSTEM, person_id=head, on_date=date(2026, 5, 1))
    with pytest.raises(services.NotAMember):
        services.move_out(SYSTEM, person_id=head, on_date=date(2026, 5, 1), next_head_id=make_person())
    services.move_out(SYSTEM, person_id=head, on_date=date(2026, 5, 1), left_for="Hà Nội", next_head_id=spouse)
    assert relations_in(household) == {spouse: "HEAD", child: "CHILD"}
    stay = Residence.objects.get(person=head)
    assert (stay.to_date, stay.left_by, stay.left_for) == (date(2026, 5, 1), LeftBy.MOVED_OUT, "Hà Nội")
    assert [(row.person_id, row.to_date) for row in Headship.objects.filter(household=household).order_by("pk")] == [
        (head, date(2026, 5, 1)),
        (spouse, None),
    ]
    assert_sound()


def test_the_last_one_closes_the_household_and_a_return_opens_it():
    household, (only,) = family(size=1)
    services.move_out(SYSTEM, person_id=only, on_date=date(2026, 5, 1))
    assert Household.objects.get(pk=household).closed_date == date(2026, 5, 1)
    with pytest.raises(services.LivesNotHere):
        services.move_out(SYSTEM, person_id=only, on_date=date(2026, 5, 2))
    with pytest.raises(services.BadDay):
        services.move_in(SYSTEM, person_id=only, household_id=household, from_date=date(2026, 4, 30))
    services.move_in(SYSTEM, person_id=only, household_id=household, from_date=date(2026, 6, 1), came_from="Hà Nội")
    assert Household.objects.get(pk=household).closed_date is None
    assert relations_in(household) == {only: "HEAD"}
    assert [(stay.from_date, stay.to_date) for stay in Residence.objects.filter(person=only).order_by("pk")] == [
        (None, date(2026, 5, 1)),
        (date(2026, 6, 1), None),
    ]
    with pytest.raises(services.LivesHere):
        services.move_in(SYSTEM, person_id=only, household_id=household, from_date=date(2026, 6, 2))
    assert_sound()


def test_dates_in_the_future_or_before_the_stay_are_refused():
    household = make_household()
    person = make_person(household_id=household, from_date=date(2020, 1, 1))
    with pytest.raises(services.BadDay):
        services.move_out(SYSTEM, person_id=person, on_date=date(2999, 1, 1))
    with pytest.raises(services.BadDay):
        services.move_out(SYSTEM, person_id=person, on_date=date(2019, 12, 31))
    with pytest.raises(services.BadDay):
        services.record_death(SYSTEM, person_id=person, on_date=date(1979, 1, 1))
    assert_sound()


def test_death_ends_the_stay_and_nobody_comes_back_from_it():
    household, (head, spouse) = family(size=2)
    services.record_death(SYSTEM, person_id=head, on_date=date(2026, 5, 1), next_head_id=spouse)
    card = queries.person_card(SYSTEM, person_id=head)
    assert (card.has_died, card.lives_here) == (True, False)
    assert relations_in(household) == {spouse: "HEAD"}
    with pytest.raises(services.HasDied):
        services.record_death(SYSTEM, person_id=head, on_date=date(2026, 5, 2))
    with pytest.raises(services.HasDied):
        services.move_in(SYSTEM, person_id=head, household_id=household, from_date=date(2026, 6, 1))
    assert_sound()


def test_moving_house_is_one_act_with_two_stays():
    household, (_, spouse, child) = family()
    other, (other_head,) = family(size=1)
    before = len(kinds())
    services.change_household(
        SYSTEM, person_id=child, household_id=other, on_date=date(2026, 5, 1), relation=Relation.CHILD_IN_LAW
    )
    assert kinds()[before:] == ["community.people.person_changed_household.v1"]
    assert relations_in(other) == {other_head: "HEAD", child: "CHILD_IN_LAW"}
    assert [stay.household_id for stay in Residence.objects.filter(person=child).order_by("pk")] == [household, other]
    with pytest.raises(services.SameHousehold):
        services.change_household(SYSTEM, person_id=child, household_id=other, on_date=date(2026, 5, 2))
    assert queries.household_of(child) == other
    assert queries.household_of(spouse) == household
    assert_sound()


def officer(commune: str = "03390") -> Actor:
    held = (Membership(Role.OFFICER, new_id(), commune),)
    return Actor(account_id=new_id(), name="Cán bộ", commune="03390", memberships=held)


def test_only_officers_of_this_commune_write():
    household, (head,) = family(size=1)
    acts = [
        lambda actor: services.register_person(actor, details=PersonDetails("Lò An"), household_id=household),
        lambda actor: services.correct_person(
            actor, person_id=head, version=1, details=PersonDetails("Lò An"), reason="x"
        ),
        lambda actor: services.move_out(actor, person_id=head, on_date=date(2026, 1, 1)),
        lambda actor: services.move_in(actor, person_id=head, household_id=household, from_date=date(2026, 1, 1)),
        lambda actor: services.record_death(actor, person_id=head, on_date=date(2026, 1, 1)),
        lambda actor: services.change_household(
            actor, person_id=head, household_id=household, on_date=date(2026, 1, 1)
        ),
        lambda actor: services.form_household(actor, village_id=new_id()),
        lambda actor: services.change_head(actor, household_id=household, head_id=head, on_date=date(2026, 1, 1)),
        lambda actor: services.merge_persons(actor, kept_id=head, merged_id=new_id()),
        lambda actor: services.open_record(actor, person_id=head, purpose="SERVICE"),
        lambda actor: services.open_household(actor, household_id=household, purpose="SERVICE"),
        lambda actor: services.log_export(actor, person_ids=[head], purpose="SERVICE"),
    ]
    helper = Actor(account_id=new_id(), commune="03390", memberships=(Membership(Role.HELPER, None, "03390"),))
    for act in acts:
        with pytest.raises(SignInNeeded):
            act(NOBODY.in_commune("03390"))
        for stranger in (helper, officer("03405")):
            with pytest.raises(NotAllowed):
                act(stranger)


def test_another_communes_records_do_not_exist_here():
    with commune_scope("03405"):
        household, (head,) = family(size=1)
    for act in (
        lambda: services.open_record(officer(), person_id=head, purpose="SERVICE"),
        lambda: services.open_household(officer(), household_id=household, purpose="SERVICE"),
        lambda: services.move_out(officer(), person_id=head, on_date=date(2026, 1, 1)),
        lambda: queries.person_card(officer(), person_id=head),
        lambda: queries.household_card(officer(), household_id=household),
        lambda: services.register_person(officer(), details=PersonDetails("Lò An"), household_id=household),
    ):
        with pytest.raises(NotHere):
            act()
    assert queries.people_brief([head]) == {}
    assert queries.search_people(officer(), typed="") == []


def test_a_resident_sees_the_own_household_only():
    household, (head, spouse) = family(size=2)
    other_household, (other,) = family(size=1)
    resident = Actor(account_id=new_id(), person_id=spouse, commune="03390")
    assert {card.id for card in queries.search_people(resident, typed="")} == {head, spouse}
    assert queries.person_card(resident, person_id=head).id == head
    assert queries.household_card(resident, household_id=household).size == 2
    with pytest.raises(NotAllowed):
        queries.person_card(resident, person_id=other)
    with pytest.raises(NotAllowed):
        queries.household_card(resident, household_id=other_household)
