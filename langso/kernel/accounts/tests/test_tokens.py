"""Keys of programs: what they open, and what they never open."""

import uuid

import pytest
import time_machine
from django.test import Client

from langso.kernel.access.actors import Role, system
from langso.kernel.access.require import NotAllowed
from langso.kernel.accounts import services
from langso.kernel.accounts.models import Account, ApiToken
from langso.kernel.accounts.services.tokens import AlreadyRevoked
from langso.kernel.accounts.testing import make_account
from langso.kernel.errors import Invalid, NotHere
from langso.kernel.journal.models import Entry
from tests.sign_in import MORNING

pytestmark = pytest.mark.django_db

WHERE = "/account/"


def issue(account_id, **options):
    return services.issue_token(system("03390"), account_id=account_id, label="sensor", **options)


def ask(token, path=WHERE, **options):
    return Client(headers={"Authorization": f"Bearer {token}"}, **options).get(path)


def assert_refused(answer):
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "bad_token"
    assert answer.json()["error"]["message"]


def test_a_key_acts_as_its_account(cast):
    answer = ask(issue(cast.account("an")))
    assert answer.status_code == 200
    assert "Lò Văn An" in answer.content.decode()
    assert (
        "Lò Văn An"
        in Client(headers={"Authorization": f"bearer  {issue(cast.account('an'))} "}).get(WHERE).content.decode()
    )


def test_a_key_may_be_narrowed_to_one_role(cast):
    assert ask(issue(cast.account("dung")), "/assist/").status_code == 200
    assert ask(issue(cast.account("dung"), role=Role.OFFICER), "/assist/").status_code == 200
    assert ask(issue(cast.account("dung"), role=Role.RESIDENT), "/assist/").status_code == 403


@pytest.mark.parametrize("made_up", ["", "x", "langso_" + "A" * 43, "Bearer", "é", "a b"])
def test_a_made_up_key_is_refused(made_up):
    issue(make_account())
    assert_refused(ask(made_up))


def test_a_revoked_key_is_refused_at_once():
    token = issue(make_account())
    assert ask(token).status_code == 200
    services.revoke_token(system("03390"), token_id=ApiToken.objects.get().pk)
    assert_refused(ask(token))
    with pytest.raises(AlreadyRevoked):
        services.revoke_token(system("03390"), token_id=ApiToken.objects.get().pk)


def test_a_key_ends_by_itself():
    with time_machine.travel(MORNING, tick=False) as now:
        token = issue(make_account(), days=2)
        now.shift(2 * 24 * 3600 - 1)
        assert ask(token).status_code == 200
        now.shift(1)
        assert_refused(ask(token))


def test_the_key_of_a_locked_account_is_refused():
    account = make_account()
    token = issue(account)
    Account.objects.filter(pk=account).update(is_active=False)
    assert_refused(ask(token))


def test_a_bad_key_is_refused_even_beside_a_good_session(cast):
    client = cast.client("an")
    assert client.get(WHERE).status_code == 200
    assert_refused(client.get(WHERE, headers={"Authorization": "Bearer langso_nothing"}))


def test_a_key_wins_over_the_session_that_comes_along(cast):
    answer = cast.client("dung").get(WHERE, headers={"Authorization": f"Bearer {issue(cast.account('an'))}"})
    assert "Lò Văn An" in answer.content.decode()
    assert "Trần Văn Dũng" not in answer.content.decode()


def test_only_a_hash_is_kept_and_nothing_of_the_key_reaches_the_journal():
    token = issue(make_account())
    row = ApiToken.objects.get()
    assert token not in str(vars(row))
    assert row.digest not in str(list(Entry.objects.values_list("body", flat=True)))
    assert token not in str(list(Entry.objects.values_list("body", flat=True)))


def test_issuing_and_revoking_are_written_down():
    account = make_account()
    issue(account, role=Role.OFFICER)
    services.revoke_token(system("03390"), token_id=ApiToken.objects.get().pk)
    issued, revoked = Entry.objects.filter(kind__startswith="kernel.accounts.token").order_by("position")
    assert (issued.kind, issued.body["account_id"], issued.body["role"]) == (
        "kernel.accounts.token_issued.v1",
        str(account),
        "OFFICER",
    )
    assert revoked.body["token_id"] == issued.body["token_id"]


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_key_lasts_from_a_day_to_a_year(days):
    with pytest.raises(Invalid) as refusal:
        issue(make_account(), days=days)
    assert set(refusal.value.fields) == {"days"}


def test_a_key_says_what_it_is_for():
    with pytest.raises(Invalid):
        services.issue_token(system("03390"), account_id=make_account(), label="  ")


def test_no_key_for_nobody():
    with pytest.raises(NotHere):
        issue(uuid.uuid4())


@pytest.mark.parametrize("who", ["an", "dung", "giang", "ha", "khanh", "lan", "minh"])
def test_only_operators_issue_and_revoke(cast, who):
    issue(cast.account("an"))
    with pytest.raises(NotAllowed):
        services.issue_token(cast.actor(who), account_id=cast.account("an"), label="mine")
    with pytest.raises(NotAllowed):
        services.revoke_token(cast.actor(who), token_id=ApiToken.objects.get().pk)


def test_the_last_use_is_noted_but_not_at_every_request():
    with time_machine.travel(MORNING, tick=False) as now:
        token = issue(make_account())
        ask(token)
        assert ApiToken.objects.get().used_at == MORNING
        now.shift(60)
        ask(token)
        assert ApiToken.objects.get().used_at == MORNING
        now.shift(600)
        ask(token)
        assert ApiToken.objects.get().used_at > MORNING


def test_the_operators_page_shows_the_key_once(cast):
    account, browser = cast.account("dung"), cast.client("oanh")
    answer = browser.post(f"/desk/accounts/{account}/keys/", {"label": "weather", "role": "OFFICER", "days": "7"})
    shown = answer.content.decode()
    token = shown.split("<code>")[1].split("</code>")[0]
    assert ask(token).status_code == 200
    assert "no-store" in answer["Cache-Control"]
    page = browser.get(f"/desk/accounts/{account}/").content.decode()
    assert "weather" in page
    assert token not in page
    row = ApiToken.objects.get()
    assert browser.post(f"/desk/keys/{row.pk}/revocation/").status_code == 302
    assert_refused(ask(token))


def test_a_role_that_the_account_does_not_hold_cannot_be_asked_for(cast):
    account, browser = cast.account("an"), cast.client("oanh")
    answer = browser.post(f"/desk/accounts/{account}/keys/", {"label": "x", "role": "OPERATOR", "days": "7"})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()
