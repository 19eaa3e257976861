"""A small importer for the engine's own tests: a register of things, kept as documents of the search index."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from langso.kernel.access.actors import Actor
from langso.kernel.errors import Text
from langso.kernel.imports.importer import IMPORTERS, Checked, Importer, ImportField, Kept, Row, register
from langso.kernel.imports.values import Reading, read_whole
from langso.kernel.search.models import SearchDocument

KIND = "tests.thing"


@dataclass(frozen=True, slots=True)
class Thing:
    object_id: UUID
    words: str


@register
class ThingImporter(Importer[Thing]):
    """Key: `code`. A thing of other words under a known code is refused; a `weight` of "?" is mended."""

    kind = KIND
    title: Text = "Things"
    fields = (
        ImportField("code", "Code", required=True, aliases=("mã số", "ma")),
        ImportField("name", "Name", required=True, aliases=("họ và tên",)),
        ImportField("weight", "Weight", aliases=("cân nặng",)),
    )
    batch_size = 50

    def check(self, actor: Actor, *, rows: Sequence[Row]) -> list[Checked[Thing]]:
        known = self.known([self.id_of(row["code"]) for row in rows])
        return [self._check(row, known) for row in rows]

    def known(self, ids: Sequence[UUID]) -> dict[UUID, str]:
        documents = SearchDocument.objects.filter(kind=KIND, object_id__in=ids)
        return dict(documents.values_list("object_id", "words"))

    def _check(self, row: Row, known: Mapping[UUID, str]) -> Checked[Thing]:
        reading = Reading(row)
        if row["weight"] == "?":
            reading.repair("weight", "left out")
            weight = None
        else:
            weight = reading.value("weight", read_whole)
        thing = Thing(self.id_of(row["code"]), f"{row['name']} {weight or ''}".strip())
        if thing.object_id in known:
            if known[thing.object_id] == thing.words:
                return Checked.already(row, thing.object_id, key=row["code"])
            reading.problem("code", "known with other words")
        if reading.problems:
            return Checked.refuse(row, *reading.problems, key=row["code"])
        return Checked.accept(row, thing, key=row["code"], repairs=reading.repairs)

    def save(self, actor: Actor, *, rows: Sequence[Checked[Thing]]) -> list[UUID]:
        things = [checked.value for checked in rows if checked.value]
        SearchDocument.objects.bulk_create(
            SearchDocument(kind=KIND, object_id=thing.object_id, words=thing.words) for thing in things
        )
        return [thing.object_id for thing in things]

    def undo(self, actor: Actor, *, object_ids: Sequence[UUID]) -> list[Kept]:
        documents = SearchDocument.objects.filter(kind=KIND, object_id__in=object_ids)
        used = set(documents.filter(words__endswith="used").values_list("object_id", flat=True))
        documents.exclude(object_id__in=used).delete()
        return [Kept(object_id, "it is used") for object_id in used]

    def export(self, actor: Actor) -> Iterable[Mapping[str, str]]:
        for words in SearchDocument.objects.filter(kind=KIND).order_by("id").values_list("words", flat=True):
            yield {"code": f"={words}", "name": words}

    @staticmethod
    def id_of(code: str) -> UUID:
        return uuid5(NAMESPACE_URL, code)


@register
class BlindImporter(ThingImporter):
    """Never looks what is there already, so that the database itself has to refuse."""

    kind = "tests.blind"

    def known(self, ids: Sequence[UUID]) -> dict[UUID, str]:
        return {}


@register
class FaultyImporter(ThingImporter):
    """Breaks down at the code `bomb`."""

    kind = "tests.faulty"

    def save(self, actor: Actor, *, rows: Sequence[Checked[Thing]]) -> list[UUID]:
        if any(checked.key == "bomb" for checked in rows):
            raise RuntimeError("boom")
        return super().save(actor, rows=rows)


for test_importer in (ThingImporter, BlindImporter, FaultyImporter):
    assert test_importer.kind in IMPORTERS


def words() -> set[str]:
    """What is in the register."""
    return set(SearchDocument.objects.filter(kind=KIND).values_list("words", flat=True))


def table(*rows: str, heading: str = "Code,Name,Weight") -> bytes:
    """A CSV file of these lines."""
    return "\n".join((heading, *rows, "")).encode()


def many(count: int) -> bytes:
    """A file of so many good rows."""
    return table(*(f"c{number},thing {number}," for number in range(count)))
