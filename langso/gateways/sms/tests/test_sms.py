"""Messages that go nowhere, and who may see them."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from langso.gateways.sms.checks import codes_go_somewhere
from langso.gateways.sms.client import parts_of
from langso.gateways.sms.fake import FakeSms, NoSms
from langso.gateways.sms.models import FakeMessage
from langso.gateways.sms.testing import code_sent_to, messages_to
from langso.kernel.accounts.delivery import DELIVERY, NotSent

pytestmark = pytest.mark.django_db

PHONE = "+84590000001"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ạ" * 70, 1),
        ("ạ" * 71, 2),
        ("🌾" * 35, 1),
        ("🌾" * 36, 2),
    ],
)
def test_parts_are_counted_as_the_network_bills_them(text, parts):
    assert parts_of(text) == parts


def test_a_message_is_kept_and_gets_a_receipt():
    receipt = FakeSms().send(phone=PHONE, text="Ma vao Lang So: 123456.")
    assert receipt.parts == 1
    assert messages_to(PHONE) == ["Ma vao Lang So: 123456."]
    assert code_sent_to(PHONE) == "123456"


def test_messages_are_kept_for_a_day():
    with time_machine.travel("2026-11-23T01:00:00Z", tick=False) as now:
        FakeSms().send(phone=PHONE, text="one")
        now.shift(timedelta(days=1, seconds=1))
        FakeSms().send(phone=PHONE, text="two")
    assert messages_to(PHONE) == ["two"]


def test_outside_a_demonstration_the_page_does_not_exist(cast):
    FakeSms().send(phone=PHONE, text="Ma vao Lang So: 123456.")
    for who in ("nobody", "an", "dung", "oanh"):
        assert cast.client(who).get("/demo/sms/").status_code == 404


def test_in_a_demonstration_the_page_shows_messages_and_says_what_it_is(settings):
    settings.DEMO = True
    FakeSms().send(phone=PHONE, text="Ma vao Lang So: 123456.")
    answer = Client().get("/demo/sms/")
    page = answer.content.decode()
    assert "123456" in page
    assert 'class="notice warning"' in page
    assert "no-store" in answer["Cache-Control"]


def test_a_demonstration_with_a_real_gateway_shows_nothing(settings):
    settings.DEMO, settings.SMS_GATEWAY = True, "none"
    assert Client().get("/demo/sms/").status_code == 404


def test_texts_are_never_logged(caplog):
    with caplog.at_level(logging.DEBUG):
        FakeSms().send(phone=PHONE, text="Ma vao Lang So: 123456.")
    assert not any("123456" in record.getMessage() for record in caplog.records if record.name != "django.db.backends")


def test_without_a_gateway_nobody_is_told_to_wait(monkeypatch):
    monkeypatch.setattr(DELIVERY, "texts", NoSms())
    answer = Client().post("/sign-in/", {"phone": PHONE})
    assert answer.status_code == 503
    assert f'value="{PHONE}"' in answer.content.decode()
    assert not FakeMessage.objects.exists()
    with pytest.raises(NotSent):
        NoSms().send(phone=PHONE, text="x")


def test_an_operator_is_warned_that_codes_go_nowhere(settings):
    for gateway in ("fake", "none"):
        settings.SMS_GATEWAY = gateway
        assert [each.id for each in codes_go_somewhere(None)] == ["langso.sms.W001"]
    settings.DEMO = True
    assert codes_go_somewhere(None) == []
    call_command("check")
