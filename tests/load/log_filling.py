"""A log that takes in so many public entries, beside a bare table: inside the measured node's environment."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from langso.kernel.bulk import insert_values
from langso.kernel.ids import new_id
from langso.kernel.journal.chain import commitment
from langso.kernel.journal.events import Reach
from langso.kernel.journal.models import Entry
from langso.kernel.journal.services import identity
from langso.kernel.transparency.models import Leaf, Log
from langso.kernel.transparency.queries import proof_of, verifier_of
from langso.kernel.transparency.rules.proofs import check_proof
from langso.kernel.transparency.services import sign, take_in

FILLED_AT_ONCE = 20_000
PROOFS = 200


def measure_log(events: int) -> dict[str, Any]:
    """Everything, on an empty node: entries a second, milliseconds, bytes."""
    fill(events, settings.COMMUNE)
    begin = time.perf_counter()
    while take_in(settings.COMMUNE):
        pass
    seconds = time.perf_counter() - begin
    begin = time.perf_counter()
    sign(settings.COMMUNE, not_within=timedelta(0))
    signing = time.perf_counter() - begin
    return {"append_per_s": round(events / seconds), "sign_ms": round(1000 * signing, 1), **_bare(), **_proofs()}


def fill(events: int, commune: str) -> None:
    """So many public entries of the commune in the journal; their hashes stand for nothing."""
    head, salt, now = identity(), bytes(32), datetime.now(UTC)
    body = {"village_id": str(new_id()), "kind": "BAN", "name": "Bản Nà Đon", "order": 1}
    same = {
        "node": head.node, "epoch": head.epoch, "commune": commune, "kind": "community.places.village_entered.v1",
        "body": body, "reach": int(Reach.PUBLIC), "recorded_at": now, "salt": salt,
        "commitment": commitment(salt[:16], body), "chain": bytes(32),
    }  # fmt: skip
    for start in range(1, events + 1, FILLED_AT_ONCE):
        places = range(start, min(start + FILLED_AT_ONCE, events + 1))
        insert_values(Entry, [{**same, "id": new_id(), "position": place, "seq": place} for place in places])


def _bare() -> dict[str, Any]:
    """The same leaves into a table with a key alone, in transactions of 500."""

    kind = "BLOB" if connection.vendor == "sqlite" else "bytea"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare (place bigint PRIMARY KEY, data {kind})")
    rows: Iterator[tuple[int, Any]] = Leaf.objects.values_list("index", "data").order_by("index").iterator(10_000)
    seconds, count = 0.0, 0
    while portion := [(index, bytes(data)) for index, data in islice(rows, 500)]:
        begin = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany("INSERT INTO bare VALUES (%s, %s)", portion)
        seconds, count = seconds + time.perf_counter() - begin, count + len(portion)
    return {"bare_insert_per_s": round(count / seconds)}


def _proofs() -> dict[str, Any]:
    """Proofs of leaves from all over the log: made, weighed, checked."""
    log = Log.objects.get()
    verifier, made, checked, weights = verifier_of(log), [], [], []
    for number in range(PROOFS):
        entry = Leaf.objects.get(log=log, index=number * (log.size - 1) // PROOFS).entry_id
        assert entry
        begin = time.perf_counter()
        proof = proof_of(entry)
        middle = time.perf_counter()
        check_proof(proof, verifier)
        made.append(middle - begin)
        checked.append(time.perf_counter() - middle)
        weights.append(len(proof))
    return {
        "proof_bytes": max(weights),
        "proof_made_ms": round(1000 * median(made), 2),
        "proof_checked_ms": round(1000 * median(checked), 2),
    }
