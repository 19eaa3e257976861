"""Builders of accounts for tests, the demo commune and other domains' tests."""

import itertools
from functools import cache
from uuid import UUID

from django.contrib.auth.hashers import make_password

from langso.kernel import clock
from langso.kernel.access.scope import open_commune
from langso.kernel.accounts.models import Account
from langso.kernel.accounts.rules import DEMO_PASSWORD, name_columns

_numbers = itertools.count(1)

PASSWORD = DEMO_PASSWORD
"""The password of every account made here."""


def make_account(
    *,
    phone: str | None = None,
    username: str | None = None,
    name: str = "",
    person_id: UUID | None = None,
    commune: str = "",
    is_demo: bool = False,
) -> UUID:
    """An account that can sign in: with a verified phone (+84…), or with a user name and `PASSWORD`; a made-up phone
    when neither is given. `commune` is its home, by default the open one."""
    if phone is None and username is None:
        phone = f"+8450{next(_numbers):07d}"
    account = Account(
        phone=phone,
        phone_verified_at=clock.now() if phone else None,
        username=username,
        **name_columns(name=name, username=username or "", phone=phone or ""),
        person_id=person_id,
        home_commune=commune or open_commune(),
        is_demo=is_demo,
        opened_at=clock.now(),
        password=_hash_of_password() if username else make_password(None),
    )
    account.save(force_insert=True)
    return account.pk


@cache
def _hash_of_password() -> str:
    """One hash for all: it takes half a second, and this password is no secret."""
    return make_password(PASSWORD)
