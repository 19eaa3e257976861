"""Which commune is open: chosen, or the first membership's, or the person's, or this node's."""

import pytest

from langso.kernel.access.actors import Role
from langso.kernel.access.scope import commune_scope
from langso.kernel.accounts.queries import actor_of, seats_of
from langso.kernel.accounts.testing import make_account
from tests.cast import make_household, make_member, make_person

pytestmark = pytest.mark.django_db

HOME, ELSEWHERE = "03390", "03405"


@pytest.fixture
def commuter(cast):
    """Lives in Bình Lư, works as an officer there and as a helper in the next commune."""
    person = make_person(name="Lù Văn Đi", household_id=make_household(), phone="+84590000077")
    account = make_account(phone="+84590000077", name="Lù Văn Đi", person_id=person)
    make_member(organisation_id=cast.office, person_id=person, role=Role.OFFICER)
    with commune_scope(ELSEWHERE):
        make_member(organisation_id=cast.other_office, account_id=account, role=Role.HELPER)
    return account


def client_of(cast, account):
    cast.accounts["commuter"] = account
    return cast.client("commuter")


def test_one_starts_where_one_has_the_first_role(commuter):
    assert actor_of(commuter).commune == HOME


def test_seats_name_the_communes_and_the_roles_there(commuter):
    seats = {seat.commune: seat.roles for seat in seats_of(actor_of(commuter))}
    assert seats == {HOME: (Role.RESIDENT, Role.OFFICER), ELSEWHERE: (Role.HELPER,)}


def test_choosing_a_commune_opens_it_with_the_roles_held_there(cast, commuter):
    browser = client_of(cast, commuter)
    assert browser.get("/account/commune/").status_code == 200
    assert browser.post("/account/commune/", {"commune": ELSEWHERE}).status_code == 302
    actor = browser.get("/account/").wsgi_request.actor
    assert actor.commune == ELSEWHERE
    assert actor.has_role(Role.HELPER)
    assert not actor.has_role(Role.OFFICER)
    assert not actor.has_role(Role.RESIDENT)
    assert actor.person_id is None


@pytest.mark.parametrize("commune", ["", "00001", "x", "03405 "])
def test_a_commune_where_one_is_nothing_cannot_be_chosen(cast, commune):
    browser = cast.client("dung")
    assert browser.post("/account/commune/", {"commune": commune}).status_code == 404
    assert browser.get("/account/").wsgi_request.actor.commune == HOME


def test_a_chosen_commune_is_left_when_the_role_there_ends(cast, commuter):
    browser = client_of(cast, commuter)
    session = browser.session
    session["commune"] = "00001"
    session.save()
    assert browser.get("/account/").wsgi_request.actor.commune == HOME


def test_a_provinces_officer_opens_its_communes_and_no_others(cast):
    actor = actor_of(cast.account("minh"))
    assert actor.commune == HOME
    assert actor.has_role(Role.PROVINCE_OFFICER)
    codes = {seat.commune for seat in seats_of(actor)}
    assert HOME in codes
    for code in codes:
        assert actor_of(cast.account("minh"), commune=code).has_role(Role.PROVINCE_OFFICER)
    assert actor_of(cast.account("minh"), commune="00004").commune == HOME, "a commune of another province"
