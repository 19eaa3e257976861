"""Public files between nodes: wanted where there is a copy of the record, given by the node that is the home.

A file is named by the hash of its content, so whoever has it can prove it. It comes in pieces, and a piece that arrived
is not sent again: what is there so far lies in `incoming/` of the data folder until it is whole. Only what was made
public is ever given, and only what was wanted is taken.
"""

import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from langso.kernel import clock
from langso.kernel.access.scope import commune_scope, every_commune, open_commune
from langso.kernel.files import contents
from langso.kernel.files.models import StoredFile, WantedFile
from langso.kernel.files.pictures import reduce
from langso.kernel.files.services import MOST_BYTES, WEBP

ASKED_AGAIN: Final = timedelta(minutes=10)
WHY: Final = "a file is named by its hash alone, and only public ones are given"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`have`: so many bytes from its beginning are here already."""

    sha256: str
    have: int


def want_picture(sha256: str) -> None:
    """Fetch a public picture of the open commune from its home, unless it is here. Runs in the caller's transaction."""
    if not StoredFile.objects.filter(sha256=sha256).exists():
        WantedFile.objects.get_or_create(sha256=sha256, defaults={"is_picture": True, "wanted_at": clock.now()})


def to_ask_for(communes: Collection[str], *, most: int) -> list[Wanted]:
    """What is wanted of these communes and was not asked for lately, pictures first; marks it as asked for."""
    now = clock.now()
    with every_commune("several communes may be at home on one node"):
        due = WantedFile.objects.filter(commune__in=communes, missing_at=None)
        due = due.filter(Q(asked_at=None) | Q(asked_at__lt=now - ASKED_AGAIN))
        rows = list(due.order_by("-is_picture", "wanted_at")[:most])
        WantedFile.objects.filter(pk__in=[row.pk for row in rows]).update(asked_at=now)
    return [Wanted(sha256, _have(sha256)) for sha256 in dict.fromkeys(row.sha256 for row in rows)]


def is_wanted(sha256: str, communes: Collection[str]) -> bool:
    with every_commune("several communes may be at home on one node"):
        return WantedFile.objects.filter(sha256=sha256, commune__in=communes).exists()


def give(sha256: str, start: int, length: int) -> tuple[bytes, int] | None:
    """A piece of a public file and the whole file's size; None when this node has no such public file."""
    with every_commune(WHY):
        named = StoredFile.objects.filter(sha256=sha256).exclude(public_at=None).exists()
    if not named:
        return None
    content = contents.read(sha256)
    return content[start : start + length], len(content)


def take(sha256: str, start: int, size: int, piece: bytes) -> int:
    """Add a piece of a wanted file; returns how many bytes from the beginning are here. The last one makes it a file.

    A piece that does not follow what is here changes nothing. When the whole is not what its hash says, it is thrown
    away and 0 is returned.
    """
    have = _have(sha256)
    if not 0 < size <= MOST_BYTES or start != have or have + len(piece) > size:
        return have
    place = _place(sha256)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("ab") as stream:
        stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())
    have += len(piece)
    if have < size:
        return have
    content = place.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        place.unlink()
        return 0
    _keep(sha256, content)
    place.unlink(missing_ok=True)
    return have


def note_missing(sha256: str, communes: Collection[str]) -> None:
    """Its home says that it has no such public file: it is not asked for again."""
    with every_commune("several communes may be at home on one node"):
        WantedFile.objects.filter(sha256=sha256, commune__in=communes).update(missing_at=clock.now())


def _keep(sha256: str, content: bytes) -> None:
    with every_commune("two communes may want the same content"):
        wanted = list(WantedFile.objects.filter(sha256=sha256).values_list("commune", "is_picture"))
    contents.keep(content)
    for commune, is_picture in wanted:
        with transaction.atomic(), commune_scope(commune):
            _record(sha256, content, is_picture)


def _record(sha256: str, content: bytes, is_picture: bool) -> None:
    now = clock.now()
    StoredFile.objects.get_or_create(
        commune=open_commune(),
        sha256=sha256,
        defaults={
            "thumb": contents.keep(reduce(content).thumb) if is_picture else "",
            "size": len(content),
            "content_type": WEBP if is_picture else "application/octet-stream",
            "name": "",
            "kept_at": now,
            "public_at": now,
        },
    )
    WantedFile.objects.filter(sha256=sha256).delete()


def _have(sha256: str) -> int:
    try:
        return _place(sha256).stat().st_size
    except OSError:
        return 0


def _place(sha256: str) -> Path:
    return Path(settings.DATA) / "incoming" / sha256
