"""A phone number, a code, and everything a stranger might try with them."""

import logging
import re

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from langso.kernel.accounts.models import Account, Tries
from langso.kernel.accounts.testing import make_account
from langso.kernel.journal.models import Entry
from tests.sign_in import (
    MORNING,
    account_of,
    ask_for_code,
    code_sent_to,
    messages_to,
    nothing_was_sent,
    other_than,
    parts_of,
    sign_in_by_phone,
    type_code,
)

pytestmark = pytest.mark.django_db

PHONE = "+84590000001"
TYPED = "0590 000 001"
OTHER = "+84590000002"


def wrong_codes(client, phone, times):
    """Type so many wrong codes, and return the last answer."""
    answer = None
    for _try in range(times):
        answer = type_code(client, other_than(code_sent_to(phone)))
    return answer


def test_the_first_code_opens_an_account_and_the_next_ones_find_it():
    answer = sign_in_by_phone(Client(), TYPED)
    assert (answer.status_code, answer["Location"]) == (302, "/home/")
    account = Account.objects.get()
    assert (account.phone, account.person_id, account.has_usable_password()) == (PHONE, None, False)
    assert account.phone_verified_at is not None

    again = Client()
    sign_in_by_phone(again, PHONE)
    assert account_of(again) == account.pk
    kinds = list(Entry.objects.order_by("position").values_list("kind", "actor"))
    assert kinds == [
        ("kernel.accounts.account_opened.v1", account.pk),
        ("kernel.accounts.phone_verified.v1", account.pk),
        ("kernel.accounts.phone_verified.v1", account.pk),
    ]


@pytest.mark.parametrize("typed", ["0590000001", "059.000.0001", "+84 59 000 0001", "84590000001", " 0590-000-001 "])
def test_a_number_may_be_typed_in_any_usual_form(typed):
    assert ask_for_code(Client(), typed).status_code == 302
    assert len(messages_to(PHONE)) == 1


def test_what_is_no_mobile_number_is_explained_and_stays():
    answer = ask_for_code(Client(), "0231 3876 54")
    assert answer.status_code == 422
    assert 'value="0231 3876 54"' in answer.content.decode()
    assert nothing_was_sent()


def test_known_and_unknown_numbers_get_the_same_answers():
    make_account(phone=PHONE, name="Lò Văn Thử")
    seen = []
    for phone in (PHONE, OTHER):
        client = Client()
        asked = ask_for_code(client, phone)
        seen.append((asked.status_code, asked["Location"], _without_numbers(client.get("/sign-in/code/"))))
        seen[-1] += (_without_numbers(type_code(client, other_than(code_sent_to(phone)))),)
        assert len(messages_to(phone)) == 1
    assert seen[0] == seen[1]


def test_known_and_unknown_numbers_cost_the_same_work():
    make_account(phone=PHONE, name="Lò Văn Thử")
    ask_for_code(Client(), "+84590000009")
    work = []
    for phone in (PHONE, OTHER):
        with CaptureQueriesContext(connection) as asked:
            ask_for_code(Client(), phone)
        work.append([re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in asked])
    assert len(work[0]) == len(work[1])


def _without_numbers(answer):
    return re.sub(r'value="\w{6,64}"|0590 000 00\d', "…", answer.content.decode())


def test_five_wrong_codes_lock_the_phone_in_every_browser_until_the_time_that_is_named():
    with time_machine.travel(MORNING, tick=False) as now:
        client = Client()
        ask_for_code(client, PHONE)
        right = code_sent_to(PHONE)
        assert wrong_codes(client, PHONE, 4).status_code == 422
        last = wrong_codes(client, PHONE, 1)
        assert last.status_code == 302
        assert "08:15" in client.get("/sign-in/").content.decode()

        assert type_code(client, right).status_code == 302, "the code is dead in this browser"
        assert account_of(client) is None
        elsewhere = ask_for_code(Client(), PHONE)
        assert elsewhere.status_code == 429
        assert "08:15" in elsewhere.content.decode()
        assert f'value="{PHONE}"' in elsewhere.content.decode(), "what was typed stays"
        assert ask_for_code(Client(), OTHER).status_code == 302, "others are not locked out"

        now.shift(15 * 60)
        again = Client()
        sign_in_by_phone(again, PHONE)
        assert account_of(again) is not None


def test_wrong_codes_of_several_browsers_count_together():
    browsers = [Client(), Client(), Client()]
    for client in browsers:
        ask_for_code(client, PHONE)
    for client in browsers:
        wrong_codes(client, PHONE, 1)
    wrong_codes(browsers[0], PHONE, 2)
    right = code_sent_to(PHONE)
    assert type_code(browsers[2], right).status_code == 302
    assert account_of(browsers[2]) is None


def test_a_right_code_forgives_the_wrong_ones_before():
    for _evening in range(3):
        client = Client()
        ask_for_code(client, PHONE)
        wrong_codes(client, PHONE, 4)
        type_code(client, code_sent_to(PHONE))
        assert account_of(client) is not None


def test_a_code_is_good_for_ten_minutes():
    with time_machine.travel(MORNING, tick=False) as now:
        in_time, late = Client(), Client()
        ask_for_code(in_time, PHONE)
        first = code_sent_to(PHONE)
        ask_for_code(late, OTHER)
        now.shift(10 * 60)
        type_code(in_time, first)
        assert account_of(in_time) is not None
        now.shift(1)
        answer = type_code(late, code_sent_to(OTHER))
        assert answer["Location"] == "/sign-in/"
        assert account_of(late) is None


def test_the_code_of_one_phone_does_not_open_another():
    mine, theirs = Client(), Client()
    ask_for_code(mine, PHONE)
    ask_for_code(theirs, OTHER)
    while code_sent_to(PHONE) == code_sent_to(OTHER):
        theirs.post("/sign-in/code/new/")
    assert type_code(theirs, code_sent_to(PHONE)).status_code == 422
    assert account_of(theirs) is None


def test_a_code_is_good_only_in_the_browser_that_asked_for_it():
    ask_for_code(Client(), PHONE)
    thief = Client()
    assert type_code(thief, code_sent_to(PHONE))["Location"] == "/sign-in/"
    assert account_of(thief) is None


def test_a_used_code_is_spent():
    client = Client()
    sign_in_by_phone(client, PHONE)
    code = code_sent_to(PHONE)
    client.post("/sign-out/")
    assert type_code(client, code)["Location"] == "/sign-in/"
    assert account_of(client) is None


def test_only_the_newest_code_of_a_browser_is_good():
    client = Client()
    ask_for_code(client, PHONE)
    before = code_sent_to(PHONE)
    assert client.post("/sign-in/code/new/")["Location"] == "/sign-in/code/"
    now = code_sent_to(PHONE)
    if before != now:
        assert type_code(client, before).status_code == 422
    type_code(client, now)
    assert account_of(client) is not None


def test_spaces_and_dashes_in_a_code_do_not_matter():
    client = Client()
    ask_for_code(client, PHONE)
    code = code_sent_to(PHONE)
    type_code(client, f" {code[:3]}-{code[3:]} ")
    assert account_of(client) is not None


@pytest.mark.parametrize("nothing", ["", "      ", "abcdef", "000000\x00", "１"])
def test_an_empty_or_odd_code_is_refused(nothing):
    client = Client()
    ask_for_code(client, PHONE)
    assert type_code(client, nothing).status_code == 422
    assert account_of(client) is None


def test_a_phone_gets_no_flood_of_messages():
    with time_machine.travel(MORNING, tick=False) as now:
        for _time in range(4):
            assert ask_for_code(Client(), PHONE).status_code == 302
        refused = ask_for_code(Client(), PHONE)
        assert refused.status_code == 429
        assert "08:15" in refused.content.decode()
        assert len(messages_to(PHONE)) == 4
        now.shift(15 * 60)
        assert ask_for_code(Client(), PHONE).status_code == 302
        for _quarter in range(3):
            now.shift(15 * 60)
            for _time in range(4):
                ask_for_code(Client(), PHONE)
        assert len(messages_to(PHONE)) == 15, "and not more than fifteen a day"


def test_one_address_cannot_send_messages_around_the_country():
    answers = [ask_for_code(Client(), f"+8459{number:07d}").status_code for number in range(100, 145)]
    assert answers.count(302) == 40
    assert answers[-1] == 429
    assert ask_for_code(Client(REMOTE_ADDR="203.0.113.7"), PHONE).status_code == 302


def test_a_forged_forwarding_header_does_not_make_a_new_address():
    for number in range(100, 140):
        ask_for_code(Client(headers={"X-Forwarded-For": f"198.51.100.{number}"}), f"+8459{number:07d}")
    assert ask_for_code(Client(headers={"X-Forwarded-For": "198.51.100.250"}), PHONE).status_code == 429


def test_signing_in_changes_the_session_key():
    client = Client()
    ask_for_code(client, PHONE)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    type_code(client, code_sent_to(PHONE))
    after = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert before != after
    fixed = Client()
    fixed.cookies[settings.SESSION_COOKIE_NAME] = before
    assert fixed.get("/account/").status_code == 302, "the key from before is nobody's"


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/diary/?day=1", "/diary/?day=1"),
        ("https://example.org/", "/home/"),
        ("//example.org/", "/home/"),
        ("https:///example.org", "/home/"),
        ("/\\example.org", "/home/"),
        ("javascript:alert(1)", "/home/"),
        ("http://testserver@example.org/", "/home/"),
    ],
)
def test_after_signing_in_one_stays_on_this_site(wanted, reached):
    assert sign_in_by_phone(Client(), PHONE, next=wanted)["Location"] == reached


def test_codes_are_kept_as_keyed_hashes_and_never_logged(caplog):
    with caplog.at_level(logging.DEBUG):
        client = Client()
        ask_for_code(client, PHONE)
        code = code_sent_to(PHONE)
        wrong_codes(client, PHONE, 1)
        kept = str(dict(client.session.items()))
        type_code(client, code)
    assert code not in kept
    assert code not in "".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")


def test_counted_tries_hold_no_numbers():
    ask_for_code(Client(), PHONE)
    assert Tries.objects.exists()
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in Tries.objects.values_list("key", flat=True))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_message_is_one_plain_part(language):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    ask_for_code(client, PHONE)
    (text,) = messages_to(PHONE)
    assert text.isascii()
    assert parts_of(text) == 1
    assert ("Ma vao" in text) == (language == "vi")


def test_a_locked_account_cannot_sign_in_by_phone():
    account = make_account(phone=PHONE)
    Account.objects.filter(pk=account).update(is_active=False)
    client = Client()
    answer = sign_in_by_phone(client, PHONE)
    assert answer["Location"] == "/sign-in/"
    assert account_of(client) is None


def test_the_sign_in_page_leads_on_whoever_is_signed_in():
    client = Client()
    sign_in_by_phone(client, PHONE)
    assert client.get("/sign-in/")["Location"] == "/home/"
    assert client.get("/sign-in/?next=/diary/")["Location"] == "/diary/"
    assert client.get("/sign-in/?next=https://example.org/")["Location"] == "/home/"
