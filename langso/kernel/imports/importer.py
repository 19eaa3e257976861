"""What a domain writes so that its records can be imported, undone and exported.

A domain declares its importers in `importers.py`, which `DomainConfig.ready` loads:

    @register
    class ResidentsImporter(Importer[NewPerson]):
        kind = "people.residents"
        title = _("Residents")
        fields = (
            ImportField("name", _("Full name"), required=True, aliases=("ho va ten", "ho ten")),
            ...
        )

        def check(self, actor, *, rows): ...
        def save(self, actor, *, rows): ...
        def undo(self, actor, *, object_ids): ...
        def export(self, actor): ...

The engine does the rest: reading the file, the columns, the dry run, batches, progress, cancelling, undo, downloads.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Generic, Self, TypeVar
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from langso.kernel.access.actors import Actor, Role
from langso.kernel.errors import Text

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class ImportField:
    """One thing a row may tell. `aliases` are column headings people use (any case, with or without diacritics).

    `name` and `label` (in both languages) are always understood as headings; `label` heads the exported column.
    """

    name: str
    label: Text
    required: bool = False
    aliases: tuple[str, ...] = ()
    help: Text = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file. `number` is the row as a spreadsheet counts it (the heading is usually row 1).

    `cells` holds every field of the importer by name: text in NFC, trimmed, "" when empty or when no column was chosen.
    A date cell of a spreadsheet is `2020-01-31`, a number `3` or `2.5`. `rest` holds the columns that no field takes,
    by their heading.
    """

    number: int
    cells: Mapping[str, str]
    rest: Mapping[str, str]

    def __getitem__(self, field: str) -> str:
        return self.cells[field]


@dataclass(frozen=True, slots=True)
class Note:
    """What is wrong with a row, or what was mended: the field's name ("" = the whole row), what stood there, and a
    sentence that says what to do (a problem) or what was done (a repair)."""

    field: str
    value: str
    text: Text


@dataclass(frozen=True, slots=True)
class Checked(Generic[Value]):
    """The answer about one row. Make it with `accept`, `refuse` or `already`.

    `key` is the natural key: two rows of a file with one key are never both saved.
    """

    row: Row
    value: Value | None = None
    key: str = ""
    problems: tuple[Note, ...] = ()
    repairs: tuple[Note, ...] = ()
    object_id: UUID | None = None

    @classmethod
    def accept(cls, row: Row, value: Value, *, key: str, repairs: Iterable[Note] = ()) -> Self:
        """The row can be saved; `repairs` say how it was mended, if it was."""
        return cls(row=row, value=value, key=key, repairs=tuple(repairs))

    @classmethod
    def refuse(cls, row: Row, *problems: Note, key: str = "", repairs: Iterable[Note] = ()) -> Self:
        """The row cannot be saved; each problem says why and what to do. At least one."""
        if not problems:
            raise ValueError("a refused row needs a reason")
        return cls(row=row, key=key, problems=problems, repairs=tuple(repairs))

    @classmethod
    def already(cls, row: Row, object_id: UUID, *, key: str) -> Self:
        """The same row is here already: nothing is added, and undo does not touch it."""
        return cls(row=row, key=key, object_id=object_id)

    def refused(self, *problems: Note) -> Self:
        return replace(self, value=None, object_id=None, problems=self.problems + problems)


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that an undo did not take back, because somebody changed or used it since: which, and why."""

    object_id: UUID
    reason: Text


class Importer(ABC, Generic[Value]):
    """How one kind of record comes in. One object serves all imports and keeps no state (but see `for_one_pass`).

    The commune's scope is open in every method. `check`, `save` and `undo` get at most `batch_size` rows at a time and
    run in the worker, on the order of the account in `actor.account_id`: permission was asked when the run
    was started.
    """

    kind: ClassVar[str]
    """`<label>.<what>`, stored: never rename it."""
    title: ClassVar[Text]
    about: ClassVar[Text] = ""
    """One or two sentences for the upload page: what a row is, what makes two rows the same."""
    fields: ClassVar[tuple[ImportField, ...]]
    batch_size: ClassVar[int] = 500

    def can_use(self, actor: Actor) -> bool:
        """Whether the actor may import, undo and export these records. By default, the open commune's officers."""
        return actor.has_role(Role.OFFICER)

    def for_one_pass(self) -> Self:
        """The importer that goes through one file once. Override it to return a new object when rows must be judged by
        rows of earlier batches (the head of a household), which a check has not written anywhere."""
        return self

    @abstractmethod
    def check(self, actor: Actor, *, rows: Sequence[Row]) -> list[Checked[Value]]:
        """Judge rows without writing: exactly one answer per row, in their order.

        Read what is in the database once per call, not once per row. A row whose natural key is here already with the
        same content is `already`; with other content it is refused, saying so. Never guess without a repair note.

        The engine has refused before: rows with an empty required cell, a spreadsheet's error value, or cells outside
        the heading. It refuses afterwards: a second row with the same key.
        """

    @abstractmethod
    def save(self, actor: Actor, *, rows: Sequence[Checked[Value]]) -> list[UUID]:
        """Store accepted rows in bulk and return the new records' ids in the same order.

        Runs in the engine's transaction, right after `check` of the same rows; emit the domain's own events here. May
        raise `IntegrityError`: the engine then takes the rows one by one, so that only the faulty one is refused.
        """

    @abstractmethod
    def undo(self, actor: Actor, *, object_ids: Sequence[UUID]) -> list[Kept]:
        """Take back records that `save` made, except those changed or used since, which are returned with the reason.

        Runs in the engine's transaction. An id that is gone already needs no answer.
        """

    @abstractmethod
    def export(self, actor: Actor) -> Iterable[Mapping[str, str]]:
        """The open commune's records that the actor may see, by field name, so that this importer takes them again.

        Other keys become further columns, which come back in `Row.rest`.
        """


IMPORTERS: dict[str, Importer[object]] = {}
"""Every importer of this program by its kind."""

AnyImporter = TypeVar("AnyImporter", bound=type[Importer])  # type: ignore[type-arg]


def register(importer: AnyImporter) -> AnyImporter:
    """Class decorator: make the importer known. `ImproperlyConfigured` for a kind or field that is there twice."""
    names = [field.name for field in importer.fields]
    if importer.kind in IMPORTERS:
        raise ImproperlyConfigured(f"two importers are called {importer.kind}")
    if len(set(names)) != len(names):
        raise ImproperlyConfigured(f"{importer.kind} has a field twice")
    IMPORTERS[importer.kind] = importer()
    return importer
