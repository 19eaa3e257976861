from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import OuterRef, Subquery


def sort_documents(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the search's documents of persons the order of the register's list."""
    documents = apps.get_model("search", "SearchDocument")._base_manager
    persons = apps.get_model("people", "Person")._base_manager
    name = persons.filter(pk=OuterRef("object_id")).values("sort_name")
    documents.filter(kind="people.person", object_id__in=persons.values("pk")).update(sort=Subquery(name))


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_found_by_phone_and_number"),
        ("search", "0002_documents_have_an_order"),
    ]

    operations = [migrations.RunPython(sort_documents, migrations.RunPython.noop)]
