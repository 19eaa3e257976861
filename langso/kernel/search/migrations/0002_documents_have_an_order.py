"""What lists are sorted by. SQLite copies the table for it, so its index is made again afterwards."""

from importlib import import_module

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = import_module("langso.kernel.search.migrations.0001_initial")


def let_go(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE.SQLITE_BACK:
            schema_editor.execute(statement)


def make_again(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for statement in [*SQLITE.SQLITE, "INSERT INTO search_index(search_index) VALUES ('rebuild')"]:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunPython(let_go, make_again),
        migrations.AddField("searchdocument", "sort", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.RunPython(make_again, let_go),
    ]
