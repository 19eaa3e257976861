"""User names and passwords: who opens accounts, what guessing leads to, and how a password is changed."""

import re

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import hashers
from django.contrib.sessions.models import Session
from django.test import Client

from langso.kernel.access.actors import Actor, Membership, Role, system
from langso.kernel.access.require import NotAllowed, SignInNeeded
from langso.kernel.accounts import services
from langso.kernel.accounts.models import Account
from langso.kernel.accounts.queries import actor_of
from langso.kernel.accounts.testing import PASSWORD, make_account
from langso.kernel.errors import Invalid, NotHere
from langso.kernel.journal.models import Entry
from tests.sign_in import MORNING, account_of, sign_in_by_password

pytestmark = pytest.mark.django_db

BETTER = "suong-mu-tren-doi-che"


def operator(commune="03390"):
    """The operator of one commune."""
    return Actor(
        account_id=make_account(username=f"op{commune}", name="Đỗ Thị Vận"),
        name="Đỗ Thị Vận",
        commune=commune,
        memberships=(Membership(Role.OPERATOR, commune=commune),),
    )


def test_user_name_and_password_open_the_account():
    account = make_account(username="dung.tran", name="Trần Văn Dũng")
    client = Client()
    answer = sign_in_by_password(client, " Dung.TRAN ")
    assert answer.status_code == 302
    assert account_of(client) == account
    written = Entry.objects.get(kind="kernel.accounts.password_verified.v1")
    assert (written.actor, written.actor_name) == (account, "Trần Văn Dũng")


@pytest.mark.parametrize(
    ("username", "password"), [("dung.tran", "sai-mat-khau"), ("nobody.here", PASSWORD), ("dung.tran", PASSWORD + " ")]
)
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(username, password):
    make_account(username="dung.tran")
    client = Client()
    answer = sign_in_by_password(client, username, password)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'value="{username}"' in page, "the user name stays"
    assert password not in page, "the password does not"
    assert re.search(r"<li>(.*?)</li>", page).group(1) == str(services.WrongPassword.message)
    assert account_of(client) is None


def test_an_unknown_name_costs_as_much_hashing_as_a_wrong_password(monkeypatch):
    make_account(username="dung.tran")
    hashed = []
    encode = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given))
    sign_in_by_password(Client(), "dung.tran", "wrong")
    known = len(hashed)
    sign_in_by_password(Client(), "nobody.here", "wrong")
    assert len(hashed) == 2 * known > 0


def test_an_account_without_a_password_is_not_opened_by_any():
    make_account(phone="+84590000001")
    assert sign_in_by_password(Client(), "+84590000001", "!").status_code == 422
    assert sign_in_by_password(Client(), "", "").status_code == 422


@pytest.mark.parametrize("username", ["dung.tran", "nobody.here"])
def test_five_wrong_passwords_lock_the_name_until_the_time_that_is_named(username):
    account = make_account(username="dung.tran")
    with time_machine.travel(MORNING, tick=False) as now:
        for _try in range(4):
            assert sign_in_by_password(Client(), username, "wrong").status_code == 422
        last = sign_in_by_password(Client(), username, "wrong")
        assert last.status_code == 429
        refused = sign_in_by_password(Client(), username)
        assert refused.status_code == 429
        assert "08:15" in refused.content.decode()
        now.shift(15 * 60)
        client = Client()
        sign_in_by_password(client, username)
        assert account_of(client) == (account if username == "dung.tran" else None)


def test_a_locked_account_is_told_so_only_with_the_right_password():
    account = make_account(username="dung.tran")
    services.lock_account(system("03390"), account_id=account)
    wrong, right = sign_in_by_password(Client(), "dung.tran", "wrong"), sign_in_by_password(Client(), "dung.tran")
    assert wrong.status_code == 422
    assert right.status_code == 409
    services.unlock_account(system("03390"), account_id=account)
    client = Client()
    sign_in_by_password(client, "dung.tran")
    assert account_of(client) == account


def test_locking_ends_open_sessions_at_once():
    account = make_account(username="dung.tran")
    client = Client()
    sign_in_by_password(client, "dung.tran")
    assert client.get("/account/").status_code == 200
    services.lock_account(system("03390"), account_id=account)
    assert client.get("/account/").status_code == 302


def test_a_first_password_works_once_and_must_be_replaced():
    account, first = services.open_staff_account(operator(), username="Mai.Le", name="Lê Thị Mai")
    client = Client()
    sign_in_by_password(client, "mai.le", first)
    assert account_of(client) == account
    for address in ("/account/", "/assist/", "/desk/accounts/", "/sign-in/"):
        assert client.get(address)["Location"] == "/account/password/"
    assert client.post("/account/password/", {"present": first, "wanted": "12345678"}).status_code == 422
    assert client.post("/account/password/", {"present": "guess", "wanted": BETTER}).status_code == 422
    assert client.post("/account/password/", {"present": first, "wanted": first}).status_code == 422
    assert client.post("/account/password/", {"present": first, "wanted": BETTER})["Location"] == "/account/"
    assert client.get("/account/").status_code == 200, "this session goes on"
    assert sign_in_by_password(Client(), "mai.le", first).status_code == 422
    assert sign_in_by_password(Client(), "mai.le", BETTER).status_code == 302


def test_a_changed_password_ends_the_other_sessions():
    make_account(username="dung.tran")
    here, there = Client(), Client()
    sign_in_by_password(here, "dung.tran")
    sign_in_by_password(there, "dung.tran")
    here.post("/account/password/", {"present": PASSWORD, "wanted": BETTER})
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_signing_out_everywhere_ends_every_session():
    make_account(username="dung.tran")
    here, there = Client(), Client()
    sign_in_by_password(here, "dung.tran")
    sign_in_by_password(there, "dung.tran")
    assert "2 " in here.get("/account/").content.decode()
    assert here.post("/account/sessions/end/")["Location"] == "/sign-in/"
    assert here.get("/account/").status_code == there.get("/account/").status_code == 302


@pytest.mark.parametrize("username", ["", "ab", "Đũng", "9lives", "with space", "a" * 61, "+84590000001"])
def test_a_bad_user_name_is_refused(username):
    with pytest.raises(Invalid) as refusal:
        services.open_staff_account(operator(), username=username, name="Lê Thị Mai")
    assert set(refusal.value.fields) == {"username"}


def test_a_user_name_is_taken_once_whatever_its_case():
    who = operator()
    services.open_staff_account(who, username="mai.le", name="Lê Thị Mai")
    with pytest.raises(Invalid):
        services.open_staff_account(who, username="MAI.LE", name="Lê Văn Mai")


def test_nobody_else_opens_accounts():
    officer = Actor(
        account_id=make_account(), commune="03390", memberships=(Membership(Role.OFFICER, commune="03390"),)
    )
    with pytest.raises(NotAllowed):
        services.open_staff_account(officer, username="mai.le", name="Lê Thị Mai")
    with pytest.raises(SignInNeeded):
        services.open_staff_account(Actor(commune="03390"), username="mai.le", name="Lê Thị Mai")


def test_on_a_hub_an_operator_has_no_hold_on_other_communes_and_on_wider_powers(cast, settings):
    settings.ROLE = "hub"
    who = operator()
    for stranger in ("lan", "minh"):
        for act in (services.give_first_password, services.lock_account):
            with pytest.raises(NotHere):
                act(who, account_id=cast.account(stranger))
        with pytest.raises(NotHere):
            services.issue_token(who, account_id=cast.account(stranger), label="x")
    services.lock_account(who, account_id=cast.account("dung"))
    whole = Actor(account_id=who.account_id, commune="03390", memberships=(Membership(Role.OPERATOR),))
    services.lock_account(whole, account_id=cast.account("lan"))
    assert not Account.objects.get(pk=cast.account("lan")).is_active


def test_no_operator_locks_themselves_out():
    who = operator()
    with pytest.raises(services.CannotLockSelf):
        services.lock_account(who, account_id=who.account_id)


def test_first_passwords_differ_and_never_reach_the_journal():
    who = operator()
    passwords = {services.open_staff_account(who, username=f"mai.le{n}", name="Lê Thị Mai")[1] for n in range(5)}
    assert len(passwords) == 5
    written = str(list(Entry.objects.values_list("body", flat=True)))
    assert not any(password in written for password in passwords)


def test_a_password_must_not_be_the_user_name_or_a_common_one():
    account = make_account(username="dung.tran", name="Trần Văn Dũng")
    for easy in ("dung.tran", "password1", "short"):
        with pytest.raises(services.PasswordRefused) as refusal:
            services.change_password(actor_of(account), present=PASSWORD, wanted=easy)
        assert set(refusal.value.fields) == {"wanted"}


def test_signing_in_sweeps_out_sessions_that_have_ended():
    make_account(username="dung.tran")
    with time_machine.travel(MORNING, tick=False) as now:
        sign_in_by_password(Client(), "dung.tran")
        assert Session.objects.count() == 1
        now.shift(100 * 24 * 3600)
        sign_in_by_password(Client(), "dung.tran")
        assert Session.objects.count() == 1


def test_staff_sessions_last_a_working_day_and_residents_a_season(cast):
    with time_machine.travel(MORNING, tick=False) as now:
        for name, hours in (("dung", 12), ("giang", 12), ("oanh", 12), ("an", 90 * 24), ("ha", 90 * 24)):
            client = cast.client(name)
            answer = client.get("/account/")
            assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == hours * 3600, name
        officer, farmer = cast.client("dung"), cast.client("an")
        for _hour in range(4):
            assert officer.get("/account/").status_code == 200
            now.shift(6 * 3600)
        assert officer.get("/account/").status_code == 200, "in use, it goes on"
        assert farmer.get("/account/").status_code == 200
        now.shift(12 * 3600 + 1)
        assert officer.get("/account/").status_code == 302
        now.shift(80 * 24 * 3600)
        assert farmer.get("/account/").status_code == 200
        now.shift(80 * 24 * 3600)
        assert farmer.get("/account/").status_code == 200
        now.shift(90 * 24 * 3600 + 1)
        assert farmer.get("/account/").status_code == 302
