"""Whose accounts move along with a commune: residents' and those of its organisations, with their keys."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from langso.kernel.accounts.models import Account, ApiToken, AssistSession
from langso.kernel.accounts.standing import standing_of
from langso.kernel.moving.refusals import AccountClash
from langso.kernel.moving.tables import AT_ONCE, Row, rows_of, store

TABLES: Final = (Account, ApiToken, AssistSession)


def accounts_of(commune: str, *, persons: set[UUID], accounts: set[UUID]) -> set[UUID]:
    """The accounts that belong to persons of the commune, that its memberships name, or that begin there."""
    found = set(Account.objects.filter(home_commune=commune).values_list("pk", flat=True))
    for batch in _batches(accounts):
        found |= set(Account.objects.filter(pk__in=batch).values_list("pk", flat=True))
    for batch in _batches(persons):
        found |= set(Account.objects.filter(person_id__in=batch).values_list("pk", flat=True))
    found |= set(AssistSession.objects.filter(commune=commune).values_list("account_id", flat=True))
    return found


def account_rows(model: Any, commune: str, accounts: set[UUID]) -> Iterator[Row]:
    """The rows of one of `TABLES` that move along."""
    if model is AssistSession:
        yield from rows_of(model, AssistSession.objects.filter(commune=commune))
        return
    owner = "pk" if model is Account else "account_id"
    for batch in _batches(accounts):
        yield from rows_of(model, model._base_manager.filter(**{f"{owner}__in": batch}))


def store_accounts(model: Any, rows: list[Row]) -> int:
    """Store those that are not here yet. Raises `AccountClash` when somebody else has the name or phone here."""
    held = {str(pk) for batch in _batches({row["id"] for row in rows}) for pk in _known(model, batch)}
    new = [row for row in rows if row["id"] not in held]
    if model is Account:
        for batch in _batches(new):
            names = [row["username"] for row in batch if row["username"]]
            phones = [row["phone"] for row in batch if row["phone"]]
            clash = Account.objects.filter(Q(username__in=names) | Q(phone__in=phones)).first()
            if clash is not None:
                raise AccountClash(f"{AccountClash.message} ({clash})")
    return store(model, new)


def forget_accounts(commune: str, accounts: set[UUID]) -> int:
    """Delete accounts that are nobody here any more, once the commune's rows are gone; returns how many."""
    AssistSession.objects.filter(commune=commune).delete()
    gone = 0
    for account in Account.objects.filter(pk__in=accounts):
        standing = standing_of(account)
        if standing.person is None and not standing.memberships:
            account.delete()
            gone += 1
    return gone


def _known(model: Any, ids: list[Any]) -> list[UUID]:
    return list(model._base_manager.filter(pk__in=ids).values_list("pk", flat=True))


def _batches(items: Any) -> Iterator[list[Any]]:
    listed = list(items)
    for start in range(0, len(listed), AT_ONCE):
        yield listed[start : start + AT_ONCE]
