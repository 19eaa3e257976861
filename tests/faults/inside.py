"""A process of a node that writes entries and tells what the journal holds, as another process asks it.

    python -m tests.faults.inside        one JSON line in, one JSON line out: {"act": "write", "given": {"count": 10}}

It opens the node's database as the web server does. An answer to `write` names entries whose transaction is committed:
whatever happens afterwards, none of them may be missing.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from itertools import islice
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Max  # noqa: E402

from langso.kernel.access.actors import system  # noqa: E402
from langso.kernel.access.scope import commune_scope  # noqa: E402
from langso.kernel.journal.models import Entry  # noqa: E402
from langso.kernel.journal.services import emit, identity, writing  # noqa: E402
from tests.load.diary import Diary  # noqa: E402
from tests.load.diary_facts import fact_of  # noqa: E402


def write(count: int, *, at_once: int = 1, pause: float = 0.0, commune: str = "", seed: int = 0) -> list[str]:
    """Write so many diary records through `emit`, `at_once` in one act; the ids of the entries, in order."""
    records = Diary(seed or time.time_ns()).records(count)
    ids: list[str] = []
    with commune_scope(commune or settings.COMMUNE):
        while some := list(islice(records, at_once)):
            with writing():
                new = [emit(system(commune or settings.COMMUNE), fact_of(record)) for record in some]
            ids += map(str, new)
            time.sleep(pause)
    return ids


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


ACTS: dict[str, Callable[..., Any]] = {"write": write, "head": head, "held": held, "last": last}


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"answer": ACTS[asked["act"]](**asked["given"])}
        except Exception as problem:
            answer = {"problem": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
