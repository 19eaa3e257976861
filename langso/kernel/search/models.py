"""The documents of the search index. The index itself is the database's: FTS5 on SQLite, GIN on PostgreSQL.

Both keep it up to date by themselves from this table (the migration says how), so all other code is the same.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler

from langso.kernel.access.scope import CommuneField, CommuneManager, CommuneModel, CommuneQuerySet, open_commune
from langso.kernel.search import rules

Sql = tuple[str, list[Any]]


class IndexedWords(models.TextField):  # type: ignore[type-arg]
    """Words as `rules.indexed` writes them: `words__begin=[…]` asks the index, `words__scan=[…]` the row itself."""


@IndexedWords.register_lookup
class Begin(Lookup):
    """Documents that have, for each given beginning, a word that begins so; found through the database's index."""

    lookup_name = "begin"
    prepare_rhs = False

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Sql:
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        found = "SELECT rowid FROM search_index WHERE search_index MATCH %s"
        return f"{table}.id IN ({found})", [rules.fts5_question(self.rhs)]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Sql:
        column, _ = compiler.compile(self.lhs)
        return f"array_to_tsvector(string_to_array({column}, ' ')) @@ %s::tsquery", [rules.tsquery(self.rhs)]


@IndexedWords.register_lookup
class Scan(Lookup):
    """The same documents as `Begin`, decided from the row alone: right where rows are given and many match."""

    lookup_name = "scan"
    prepare_rhs = False

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Sql:
        return self._each(compiler, "instr")

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Sql:
        return self._each(compiler, "strpos")

    def _each(self, compiler: SQLCompiler, position: str) -> Sql:
        column, _ = compiler.compile(self.lhs)
        one = f"{position}(' ' || {column}, %s) > 0"
        return " AND ".join([one] * len(self.rhs)), [f" {beginning}" for beginning in self.rhs]


class DocumentQuerySet(CommuneQuerySet["SearchDocument"]):
    def found_by(self, kind: str, beginnings: list[str], how: str = "begin") -> "DocumentQuerySet":
        """Documents of a kind that have a word for each beginning; all of the kind when there are no beginnings.

        `how` is the lookup: `begin` or `scan`.
        """
        documents = self.filter(kind=kind)
        if not beginnings:
            return documents
        return documents.filter(**{f"words__{how}": placed(kind, beginnings)})


DocumentManager = CommuneManager.from_queryset(DocumentQuerySet)


class SearchDocument(CommuneModel):
    """What one thing can be found by. `kind` says what `object_id` is the id of, such as `people.person`."""

    id = models.BigAutoField(primary_key=True)
    commune = CommuneField(db_index=False)
    kind = models.CharField(max_length=60)
    object_id = models.UUIDField()
    words = IndexedWords()
    sort = models.TextField(blank=True)
    """What a list of this kind is sorted by, so that the first page of many matches needs none of their records."""

    objects: ClassVar[DocumentManager["SearchDocument"]] = DocumentManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object_id", "kind", "commune"], name="search_document_once"),
        ]


def placed(kind: str, beginnings: list[str]) -> list[str]:
    """The beginnings as they stand in the index: behind the open commune and the kind."""
    before = rules.partition(open_commune(), kind)
    return [before + beginning for beginning in beginnings]
