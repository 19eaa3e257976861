"""Provinces, districts and communes of Viet Nam with their days, from the seed files."""

from django.db import migrations

from langso.community.places.seeding import load_units


def load(apps, schema_editor):
    load_units(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=False)]
