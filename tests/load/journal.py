"""A long past in the journal: well-formed, chained entries of a believable mix, written in bulk.

Through `emit` a million entries would take many minutes and measure nothing that is asked here. The hashes are made by
the journal's own functions where a body is new in form, and in the same canonical form, only faster, for the rest:
`json.dumps` with sorted keys is RFC 8785 for objects of texts and whole numbers with ASCII keys. `verify_journal` finds
no fault in a journal that was filled so.
"""

import hashlib
import json
import secrets
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import rfc8785
from django.conf import settings
from django.db import connection, transaction

from langso.community.people.events import PersonCorrected, PersonState, RecordsOpened
from langso.farm.diary.contents import InputContent, WorkContent
from langso.farm.diary.events import EntryConfirmed, FieldWorkLogged, InputBought
from langso.kernel.accounts.events import PasswordVerified, PhoneVerified
from langso.kernel.ids import new_id
from langso.kernel.journal.events import Reach, card_of, to_body
from langso.kernel.journal.models import Entry, Head
from langso.kernel.journal.queries import last_position
from langso.kernel.journal.services import claim_head

AT_ONCE = 20_000
NOW = datetime.now(UTC)

Row = tuple[Any, ...]
COLUMNS = (
    "id", "position", "node", "epoch", "seq", "commune", "to", "kind", "body", "actor", "actor_name", "on_behalf_of",
    "reason", "reach", "recorded_at", "occurred_at", "salt", "commitment", "aside", "chain", "travel_chain",
    "foreign", "history",
)  # fmt: skip
ACTORS = [(new_id(), f"Người dùng {number}") for number in range(200)]


def _facts() -> list[tuple[object, int]]:
    """One fact of each sort and its weight: mostly the diary, then staff at the register, then signing in."""
    some, day = new_id(), date(2026, 10, 1)
    work = WorkContent(on_date=day, activity="WEEDING", amount=Decimal(4), unit="HOUR", remark="Làm cỏ quanh gốc")
    bought = InputContent(on_date=day, name="NPK 16-16-8", kind="FERTILISER", unit="KG", quantity=Decimal(50))
    person = PersonState(
        person_id=some, name="Lò Thị Bình", sex="FEMALE", birth_date=day, birth_year=1990, ethnicity="03",
        disability="", household_id=some, village_id=some, relation="HEAD",
    )  # fmt: skip
    logged = FieldWorkLogged(
        entry_id=some, season_id=some, plot_id=some, household_id=some, organisation_id=some, content=work,
        concern_codes=(),
    )  # fmt: skip
    confirmed = EntryConfirmed(entry_id=some, kind="WORK", season_id=some, household_id=some, version=1, remark="")
    return [
        (logged, 45),
        (confirmed, 20),
        (InputBought(entry_id=some, household_id=some, content=bought), 5),
        (RecordsOpened(act=some, person_ids=(some,), purpose="CERTIFICATE", way="PAGE"), 15),
        (PersonCorrected(person=person, changes=()), 3),
        (PhoneVerified(account_id=some, phone="+84500000000"), 10),
        (PasswordVerified(account_id=some), 2),
    ]


def fill_journal(up_to: int) -> dict[str, float]:
    """Add entries behind those that are there until there are so many. Nobody else may write meanwhile."""
    entries = max(0, up_to - last_position())
    begin, left = time.perf_counter(), entries
    while left > 0:
        count = min(left, AT_ONCE)
        with transaction.atomic():
            head = claim_head(positions=count, seqs=0)
            _store(_chained(head, count))
            Head.objects.filter(pk=head.pk).update(chain=head.chain)
        left -= count
    took = time.perf_counter() - begin
    return {"entries": entries, "seconds": round(took, 1), "entries_per_s": round(entries / took) if entries else 0}


def _chained(head: Head, count: int) -> Iterator[Row]:
    """Rows of `Entry`, each with the hash over the one before; moves `head.chain`."""
    chance = Random(head.position)
    facts, weights = zip(*_facts(), strict=True)
    models = [(card_of(type(fact)).kind, to_body(fact)) for fact in facts]
    for number, (kind, model) in enumerate(chance.choices(models, weights, k=count)):
        body = _renewed(model)
        (actor, name), salt, entry_id = chance.choice(ACTORS), secrets.token_bytes(32), new_id()
        position = head.position - count + 1 + number
        at = NOW + timedelta(milliseconds=position)
        said = {"reason": "", "actor_name": name}
        commitment = hashlib.sha256(salt[:16] + canonical(body)).digest()
        aside = hashlib.sha256(salt[16:] + canonical(said)).digest()
        envelope = {
            "id": str(entry_id), "node": head.node, "epoch": head.epoch, "seq": None, "commune": settings.COMMUNE,
            "to": "", "kind": kind, "commitment": commitment.hex(), "actor": str(actor), "on_behalf_of": "",
            "reach": int(Reach.HERE), "recorded_at": at.isoformat(timespec="microseconds"), "occurred_at": "",
            "position": position, "aside": aside.hex(),
        }  # fmt: skip
        if number == 0 and canonical(envelope) + canonical(body) != rfc8785.dumps(envelope) + rfc8785.dumps(body):
            raise ValueError("the quick form is not the canonical one")
        head.chain = hashlib.sha256(bytes(head.chain) + canonical(envelope)).digest()
        yield (
            entry_id, position, head.node, head.epoch, None, settings.COMMUNE, "", kind, body, actor, name, None,
            "", int(Reach.HERE), at, None, salt, commitment, aside, head.chain, None, False, False,
        )  # fmt: skip


def canonical(value: dict[str, Any]) -> bytes:
    """RFC 8785 for objects of texts, whole numbers and nothing, with ASCII keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _renewed(model: dict[str, Any]) -> dict[str, Any]:
    """The body with an id of its own in front, where the event has one."""
    first = next(iter(model))
    return model | {first: str(new_id())} if isinstance(model[first], str) else model


def _store(rows: Iterable[Row]) -> None:
    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {Entry._meta.db_table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row([json.dumps(value) if isinstance(value, dict) else value for value in row])
            return
        marks = ", ".join(["%s"] * len(COLUMNS))
        sql = f"INSERT INTO {Entry._meta.db_table} ({columns}) VALUES ({marks})"
        cursor.executemany(sql, ([_for_sqlite(value) for value in row] for row in rows))


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, dict):
        return json.dumps(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    return value
