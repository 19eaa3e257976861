"""From content to row and back: which table and which content belong to each kind of entry."""

import dataclasses
import hashlib
from typing import Any, Final, TypeVar
from uuid import UUID

from pydantic import TypeAdapter

from langso.farm.diary.contents import Content, HarvestContent, HazardContent, InputContent, WorkContent
from langso.farm.diary.models import EntryKind, HarvestVersion, HazardVersion, InputVersion, WorkVersion
from langso.kernel.text import nfc

UNDONE: Final = "UNDONE"
"""The reason of a version that took the one before it back."""

AnyVersion = HazardVersion | InputVersion | WorkVersion | HarvestVersion
Some = TypeVar("Some", bound=Content)

CONTENT_OF: Final[dict[str, type[Content]]] = {
    EntryKind.HAZARD: HazardContent,
    EntryKind.INPUT: InputContent,
    EntryKind.WORK: WorkContent,
    EntryKind.HARVEST: HarvestContent,
}
TABLE_OF: Final[dict[str, type[AnyVersion]]] = {
    EntryKind.HAZARD: HazardVersion,
    EntryKind.INPUT: InputVersion,
    EntryKind.WORK: WorkVersion,
    EntryKind.HARVEST: HarvestVersion,
}


def kind_of(content: Content) -> EntryKind:
    return next(EntryKind(kind) for kind, made in CONTENT_OF.items() if isinstance(content, made))


def content_of(kind: str, row: AnyVersion) -> Content:
    """What a version says."""
    made = CONTENT_OF[kind]
    return made(**{part.name: getattr(row, part.name) for part in dataclasses.fields(made)})


def row_of(content: Content, *, entry_id: UUID, **about: Any) -> AnyVersion:
    """An unsaved version row of this content; `about` says who, when and why."""
    return TABLE_OF[kind_of(content)](entry_id=entry_id, **_parts(content), **about)


def tidy(content: Some) -> Some:
    """The same content with its texts as they are stored."""
    texts: dict[str, Any] = {}
    for name, value in _parts(content).items():
        if isinstance(value, str):
            texts[name] = words(value)
    return dataclasses.replace(content, **texts)


def words(text: str, most: int | None = None) -> str:
    """What a person wrote, in NFC, without spaces around and without NUL, which PostgreSQL does not store."""
    return nfc(text).replace("\0", "").strip()[:most]


def digest(content: Content) -> str:
    """SHA-256 of what a form held: the same form sent twice has the same digest."""
    return hashlib.sha256(TypeAdapter(type(content)).dump_json(content)).hexdigest()


def _parts(content: Content) -> dict[str, Any]:
    return {part.name: getattr(content, part.name) for part in dataclasses.fields(content)}
