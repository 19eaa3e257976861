"""What every test has: commune 03390 open, and the cast when it asks for it."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from langso.kernel.access.scope import commune_scope
from tests.cast import HOME, Cast, make_cast


@pytest.fixture(autouse=True)
def commune(settings: Settings) -> Iterator[str]:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with commune_scope(HOME):
        yield HOME


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()
