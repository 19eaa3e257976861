"""What the register hears, what it says to the kernel, and what waits on the desk."""

import pytest

from langso.community.people import queries
from langso.community.people.desk import work_queues
from langso.community.people.models import Household
from langso.community.people.testing import make_household, make_person
from langso.community.places import services as places
from langso.community.places.testing import make_village
from langso.kernel.access.actors import Actor, Membership, Role, system
from langso.kernel.access.scope import commune_scope
from langso.kernel.access.sources import SOURCES
from langso.kernel.ids import new_id
from langso.kernel.journal.models import Entry
from langso.kernel.journal.reading import read_all

pytestmark = pytest.mark.django_db
SYSTEM = system("03390")


def test_households_follow_a_village_that_was_merged():
    old, new = make_village(name="Bản Cũ"), make_village(name="Bản Mới")
    household, elsewhere = make_household(village_id=old), make_household(village_id=new)
    places.merge_village(SYSTEM, village_id=old, into_id=new, legal_basis="NQ 12")
    while read_all():
        pass
    assert set(Household.objects.values_list("village_id", flat=True)) == {new}
    corrected = Entry.objects.get(kind="community.people.household_corrected.v1")
    assert corrected.body["household_id"] == str(household) != str(elsewhere)


def test_the_kernel_learns_who_somebody_is_in_any_commune():
    assert SOURCES.people is not None
    with commune_scope("03405"):
        person = make_person(name="Lò Thị Xa", phone="0912345678")
    known = SOURCES.people.person(person)
    assert known is not None
    assert (known.name, known.commune, known.phone) == ("Lò Thị Xa", "03405", "+84912345678")
    assert SOURCES.people.person_by_phone("+84912345678") == known
    assert SOURCES.people.person(new_id()) is None
    assert SOURCES.people.person_by_phone("") is None
    make_person(phone="0912345678")
    assert SOURCES.people.person_by_phone("+84912345678") is None, "two have it"


def test_possible_duplicates_wait_on_the_officers_desk():
    for _ in range(2):
        make_person(name="Sùng A Páo")
    held = (Membership(Role.OFFICER, new_id(), "03390"),)
    officer = Actor(account_id=new_id(), commune="03390", memberships=held)
    [queue] = work_queues(officer)
    assert (queue.waiting, queue.url) == (1, "/people/duplicates/")
    assert work_queues(Actor(account_id=new_id(), commune="03390")) == []


def test_brief_cards_cost_two_queries_for_any_number(django_assert_num_queries):
    people = [make_person() for _ in range(5)]
    with django_assert_num_queries(1):
        cards = queries.people_brief(people)
    assert set(cards) == set(people)
    households = [card.household_id for card in queries.search_people(SYSTEM, typed="")]
    with django_assert_num_queries(2):
        assert len(queries.households_brief([pk for pk in households if pk])) == 5
