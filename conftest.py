"""What every test has: commune 03390 open, and the cast when it asks for it."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from langso.kernel.access.scope import commune_scope


@pytest.fixture(autouse=True)
def commune(settings: Settings) -> Iterator[str]:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with commune_scope("03390"):
        yield "03390"


@pytest.fixture
def cast(db: None):
    from tests.cast import make_cast

    return make_cast()
