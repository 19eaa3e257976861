from django.apps import AppConfig
from django.db.backends.signals import connection_created


class FieldDiaryConfig(AppConfig):
    name = "fielddiary"

    def ready(self):
        connection_created.connect(as_durable_as_ours)


def as_durable_as_ours(connection, **_):
    """Both peers promise the same: what is committed survives a power cut."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
