"""What a person does on the sign-in pages, in as many words."""

from datetime import UTC, datetime
from uuid import UUID

from django.test import Client

from langso.gateways.sms.client import parts_of
from langso.gateways.sms.models import FakeMessage
from langso.gateways.sms.testing import code_sent_to, messages_to
from langso.kernel.accounts.testing import PASSWORD
from langso.kernel.phones import read_phone

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Eight o'clock in Viet Nam."""


__all__ = ["code_sent_to", "messages_to", "parts_of"]


def nothing_was_sent() -> bool:
    return not FakeMessage.objects.exists()


def ask_for_code(client: Client, phone: str, **extra: str):
    return client.post("/sign-in/", {"phone": phone, **extra})


def type_code(client: Client, code: str):
    return client.post("/sign-in/code/", {"code": code})


def sign_in_by_phone(client: Client, phone: str, **extra: str):
    asked = ask_for_code(client, phone, **extra)
    assert asked.status_code == 302, asked.content.decode()
    return type_code(client, code_sent_to(read_phone(phone) or ""))


def sign_in_by_password(client: Client, username: str, password: str = PASSWORD, **extra: str):
    return client.post("/sign-in/staff/", {"username": username, "password": password, **extra})


def account_of(client: Client) -> UUID | None:
    """As whom the browser is signed in."""
    found = client.session.get("_auth_user_id")
    return UUID(found) if found else None


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"
