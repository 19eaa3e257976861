"""The documents, and the database's own index over them.

SQLite: an FTS5 table over the same rows (`content=`), kept by triggers. `detail='none'` stores no positions, since words
are found in any order; the prefix lists are for one to six typed letters after the eight characters of the
partition. A later migration that makes SQLite copy the table (altering a column) must create the triggers again.

PostgreSQL: a GIN index over the words as an array, which no text parser can split otherwise than the question.
`fastupdate` is off so that a search after an import does not have to read a pending list.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import langso.kernel.access.scope
import langso.kernel.search.models

INSERT = "INSERT INTO search_index(rowid, words) VALUES (new.id, new.words);"
DELETE = "INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', old.id, old.words);"

SQLITE = [
    "CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_searchdocument', content_rowid='id', "
    "tokenize='ascii', prefix='9 10 11 12 13 14', detail='none', columnsize=0)",
    f"CREATE TRIGGER search_put AFTER INSERT ON search_searchdocument BEGIN {INSERT} END",
    f"CREATE TRIGGER search_removed AFTER DELETE ON search_searchdocument BEGIN {DELETE} END",
    "CREATE TRIGGER search_changed AFTER UPDATE OF words ON search_searchdocument "
    f"WHEN old.words IS NOT new.words BEGIN {DELETE} {INSERT} END",
]
SQLITE_BACK = [
    "DROP TRIGGER search_changed",
    "DROP TRIGGER search_removed",
    "DROP TRIGGER search_put",
    "DROP TABLE search_index",
]
POSTGRESQL = [
    "CREATE INDEX search_index ON search_searchdocument "
    "USING gin (array_to_tsvector(string_to_array(words, ' '))) WITH (fastupdate = off)",
]
POSTGRESQL_BACK = ["DROP INDEX search_index"]


def create_index(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_index(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("commune", langso.kernel.access.scope.CommuneField(db_index=False)),
                ("kind", models.CharField(max_length=60)),
                ("object_id", models.UUIDField()),
                ("words", langso.kernel.search.models.IndexedWords()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("object_id", "kind", "commune"), name="search_document_once"
                    )
                ],
            },
        ),
        migrations.RunPython(create_index, drop_index),
    ]
