"""Whose account it is: the register decides, and an officer where the register cannot."""

import pytest
from django.test import Client

from langso.kernel.access.require import NotAllowed
from langso.kernel.access.scope import commune_scope
from langso.kernel.accounts import services
from langso.kernel.accounts.models import Account
from langso.kernel.accounts.queries import ResidentNotFound, actor_of
from langso.kernel.accounts.testing import make_account
from langso.kernel.errors import NotHere
from langso.kernel.journal.models import Entry
from tests.cast import make_household, make_person
from tests.sign_in import account_of, sign_in_by_phone

pytestmark = pytest.mark.django_db

PHONE = "+84590000001"


@pytest.fixture
def household():
    return make_household()


def signed_in():
    client = Client()
    sign_in_by_phone(client, PHONE)
    return client


def links():
    return [entry.body for entry in Entry.objects.filter(kind="kernel.accounts.person_linked.v1").order_by("position")]


def test_the_one_person_with_this_number_is_the_accounts_person(household):
    person = make_person(name="Lò Văn Thử", household_id=household, phone=PHONE)
    client = signed_in()
    account = Account.objects.get()
    assert (account.person_id, account.name, account.home_commune) == (person, "Lò Văn Thử", "03390")
    assert client.get("/account/").wsgi_request.actor.person_id == person
    assert links() == [{"account_id": str(account.pk), "person_id": str(person), "before": None}]
    signed_in()
    assert len(links()) == 1, "the second time there is nothing to say"


def test_a_number_that_two_people_share_links_to_neither(household):
    for name in ("Lò Văn Thử", "Lò Thị Thử"):
        make_person(name=name, household_id=household, phone=PHONE)
    client = signed_in()
    assert Account.objects.get().person_id is None
    page = client.get("/account/").content.decode()
    assert 'class="notice warning"' in page, "the page says what to do"


def test_an_unknown_number_gets_an_account_that_waits_for_the_register(household):
    client = signed_in()
    actor = client.get("/account/").wsgi_request.actor
    assert actor.signed_in
    assert (actor.person_id, actor.memberships, actor.name) == (None, (), "0590 000 001")
    person = make_person(name="Lò Văn Thử", household_id=household, phone=PHONE)
    assert signed_in().get("/account/").wsgi_request.actor.person_id == person


def test_a_number_that_moved_on_to_somebody_else_takes_the_account_along(household):
    before = make_person(name="Lò Văn Thử", household_id=household)
    make_account(phone=PHONE, name="Lò Văn Thử", person_id=before)
    now = make_person(name="Vàng Thị Mới", household_id=household, phone=PHONE)
    client = signed_in()
    account = Account.objects.get(pk=account_of(client))
    assert (account.person_id, account.name) == (now, "Vàng Thị Mới")
    assert links()[-1]["before"] == str(before)


def test_the_account_lives_in_its_persons_commune():
    with commune_scope("03405"):
        make_person(name="Lò Văn Thử", household_id=make_household(), phone=PHONE)
    actor = signed_in().get("/account/").wsgi_request.actor
    assert actor.commune == "03405"


def test_an_officer_links_a_shared_phone_by_hand(cast):
    people = [make_person(name=name, household_id=cast.household, phone=PHONE) for name in ("Lò A Chồng", "Lò Thị Vợ")]
    client, officer = signed_in(), cast.client("dung")
    address = f"/desk/accounts/link/{people[1]}/"
    assert "Lò Thị Vợ" in officer.get(address).content.decode()
    assert officer.post(address, {"phone": "0590 000 001"}).status_code == 302
    assert client.get("/account/").wsgi_request.actor.person_id == people[1]
    signed_in()
    assert Account.objects.get(phone=PHONE).person_id == people[1], "signing in again leaves it"


def test_linking_by_hand_needs_a_phone_that_has_signed_in(cast):
    with pytest.raises(NotHere):
        services.link_person(cast.actor("dung"), phone=PHONE, person_id=cast.person("an"))


def test_only_the_communes_own_officer_links(cast):
    signed_in()
    for who in ("an", "giang", "ha", "khanh", "minh"):
        with pytest.raises(NotAllowed):
            services.link_person(cast.actor(who), phone=PHONE, person_id=cast.person("an"))
    with pytest.raises(ResidentNotFound):
        services.link_person(cast.actor("lan"), phone=PHONE, person_id=cast.person("an"))


def test_an_officer_is_a_resident_only_at_home(cast):
    actor = actor_of(cast.account("dung"))
    assert actor.person_id == cast.person("dung")
    assert actor_of(cast.account("dung"), commune="03405").commune == "03390", "no work there, so no entry"
