"""A translated text keeps its languages through the database, on both engines."""

from collections.abc import Iterator

import pytest
from django.db import connection, models
from django.utils import translation

from langso.kernel.fields import TranslatedField
from langso.kernel.text import Translated


class Sign(models.Model):
    title = TranslatedField(default=Translated)

    class Meta:
        app_label = "kernel_tests"


@pytest.fixture
def table(transactional_db: None) -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.create_model(Sign)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Sign)


@pytest.mark.usefixtures("table")
def test_translated_survives_the_database() -> None:
    for given, stored in [
        (Translated("Mie\u0302\u0301n dong", "Canna noodles"), Translated("Miến dong", "Canna noodles")),
        (Translated("Miến"), Translated("Miến")),
        ("Miến", Translated("Miến")),
        ({"vi": "Miến", "en": "Noodles"}, Translated("Miến", "Noodles")),
    ]:
        sign = Sign.objects.create(title=given)
        assert Sign.objects.get(pk=sign.pk).title == stored
    assert Sign.objects.create().title == Translated()
    assert Sign.objects.filter(title__en="Canna noodles").count() == 1


@pytest.mark.usefixtures("table")
def test_translated_is_written_in_the_readers_language() -> None:
    Sign.objects.create(title=Translated("Miến", "Noodles"))
    with translation.override("en"):
        assert f"{Sign.objects.get().title}" == "Noodles"
    with translation.override("vi"):
        assert f"{Sign.objects.get().title}" == "Miến"


def test_translated_field_is_described_for_migrations() -> None:
    name, path, args, options = Sign._meta.get_field("title").deconstruct()
    assert (name, path, args) == ("title", "langso.kernel.fields.TranslatedField", [])
    assert options == {"default": Translated}
