"""A process of a node that writes entries and tells what the journal holds, as another process asks it.

    python -m tests.faults.inside        one JSON line in, one JSON line out: {"act": "write", "given": {"count": 10}}

It opens the node's database as the web server does. An answer to `write` names entries whose transaction is committed:
whatever happens afterwards, none of them may be missing.
"""

import io
import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count, Max  # noqa: E402

from langso.community.organisations.testing import make_member, make_organisation  # noqa: E402
from langso.kernel import clock  # noqa: E402
from langso.kernel.access.actors import Actor, Role  # noqa: E402
from langso.kernel.access.scope import commune_scope, every_commune  # noqa: E402
from langso.kernel.accounts.testing import PASSWORD, make_account  # noqa: E402
from langso.kernel.journal.models import Entry  # noqa: E402
from langso.kernel.journal.services import emit, identity, writing  # noqa: E402
from langso.kernel.link.models import CommuneHome, Confirmed, Node, NodeKey  # noqa: E402
from langso.kernel.link.signing import key_id  # noqa: E402
from langso.trade.trace.models import LotCopy  # noqa: E402
from tests.load.diary import Diary  # noqa: E402
from tests.load.diary_facts import fact_of  # noqa: E402

LOOK_EVERY = 0.005


def write(
    count: int, *, at_once: int = 1, pause: float = 0.0, commune: str = "", seed: int = 0, told: str = ""
) -> list[str]:
    """Write so many diary records through `emit`, `at_once` in one act; the ids of the entries, in order.

    With a `seed` they are written at their own times, else now. `told` is a file to which ids are added as soon as they
    are committed, for the case that this process dies.
    """
    records = Diary(seed or time.time_ns()).records(count)
    ids: list[str] = []
    here = commune or settings.COMMUNE
    with commune_scope(here), open(told or os.devnull, "a") as file:
        while some := list(islice(records, at_once)):
            with writing():
                new = [_write(record, here, dated=bool(seed)) for record in some]
            file.write("".join(f"{entry}\n" for entry in new))
            file.flush()
            ids += new
            time.sleep(pause)
    return ids


def _write(record: dict[str, Any], commune: str, *, dated: bool) -> str:
    grower = Actor(account_id=UUID(record["actor"]), name="Người ghi nhật ký", commune=commune)
    with clock.set_to(datetime.fromisoformat(record["at"])) if dated else nullcontext():
        return str(emit(grower, fact_of(record)))


def head() -> dict[str, Any]:
    """This node's name, its epoch and how far what travels has come."""
    here = identity()
    return {"node": here.node, "epoch": here.epoch, "seq": here.seq}


def held(node: str, after: int = 0) -> list[tuple[str, int, str, str]]:
    """What this node holds of another's entries, or of its own: epoch, sequence, id and travel hash, as they came."""
    sql = (
        "SELECT epoch, seq, id, travel_chain FROM journal_entry"
        " WHERE node = %s AND seq IS NOT NULL AND position > %s ORDER BY position"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [node, after])
        return [(epoch, seq, str(UUID(str(key))), bytes(link).hex()) for epoch, seq, key, link in cursor.fetchall()]


def last(node: str) -> int:
    """The highest sequence of a node's entries that is held here."""
    return Entry.objects.filter(node=node).aggregate(last=Max("seq"))["last"] or 0


def write_one() -> tuple[int, float]:
    """Write one record; its sequence, and the moment when it was committed (seconds since 1970)."""
    write(1)
    return identity().seq, time.time()


def await_held(node: str, seq: int, within: float) -> float | None:
    """The moment when this node came to hold a node's entries up to a sequence; None when it took too long."""
    return _moment_of(lambda: last(node) >= seq, within)


def await_confirmed(seq: int, within: float) -> float | None:
    """The moment when this node knew that its hub holds its entries up to a sequence."""
    here = identity()
    return _moment_of(lambda: Confirmed.objects.filter(epoch=here.epoch, upto__gte=seq).exists(), within)


def langso(*arguments: str) -> tuple[int, str]:
    """A command of `langso` in this process, which saves the start of another: its exit code and what it printed."""
    said = io.StringIO()
    try:
        call_command(*arguments, stdout=said)
    except SystemExit as end:
        return int(end.code or 0), said.getvalue()
    except CommandError as refused:
        return 1, str(refused)
    return 0, said.getvalue()


def enrol(boxes: list[tuple[str, str, str]]) -> int:
    """Let this hub know boxes, (node, commune, public key as hex) each, as if they had joined with a code."""
    now = clock.now()
    for node, commune, public in boxes:
        key = bytes.fromhex(public)
        Node.objects.create(pk=node, name=commune, role="commune", joined_at=now)
        NodeKey.objects.create(pk=key_id(key), node_id=node, public=key, given_at=now)
        CommuneHome.objects.create(commune=commune, node=node, from_at=now)
    return len(boxes)


def staff(username: str, role: str, organisation: str, kind: str) -> str:
    """Open an account with a role in a new organisation here; its password, which is for tests alone."""
    with commune_scope(settings.COMMUNE):
        account = make_account(username=username)
        make_member(
            organisation_id=make_organisation(name=organisation, kind=kind), role=Role(role), account_id=account
        )
    return PASSWORD


def kinds(node: str) -> dict[str, int]:
    """How many entries of each kind this node holds of another's, or of its own that travel."""
    found = Entry.objects.filter(node=node, seq__isnull=False).values_list("kind").annotate(count=Count("pk"))
    return dict(found.order_by("kind"))


def lot_copies() -> int:
    """Lots of other nodes of which this one keeps a copy."""
    with every_commune("a hub keeps copies of all its boxes"):
        return LotCopy.objects.count()


def _moment_of(true: Callable[[], bool], within: float) -> float | None:
    end = time.monotonic() + within
    while not true():
        if time.monotonic() > end:
            return None
        time.sleep(LOOK_EVERY)
    return time.time()


ACTS: dict[str, Callable[..., Any]] = {
    act.__name__: act
    for act in (
        write,
        write_one,
        head,
        held,
        last,
        await_held,
        await_confirmed,
        langso,
        enrol,
        staff,
        kinds,
        lot_copies,
    )
}


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"answer": ACTS[asked["act"]](*asked.get("words", ()), **asked["given"])}
        except Exception as problem:
            answer = {"problem": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
