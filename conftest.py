"""What every test has: commune 03390 open, and the cast when it asks for it."""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import settings as settings_of_hypothesis
from pytest_django.fixtures import Settings

from langso.kernel.access.scope import commune_scope
from tests.cast import HOME, Cast, make_cast
from tests.kept_rows import KeptRows
from tests.node import Node, running_node

# How long an example takes says more about the neighbours on the machine than about the code.
settings_of_hypothesis.register_profile("langso", deadline=None)
settings_of_hypothesis.load_profile("langso")


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def commune(settings: Settings) -> Iterator[str]:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Every test client makes its own middleware: it need not look through the folder of static files each time.
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with commune_scope(HOME):
        yield HOME


THE_CAST = KeptRows(make_cast)


@pytest.fixture
def cast(db: None) -> Cast:
    return THE_CAST.kept()


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """One demo node for all tests that need a whole running one; they share an xdist group."""
    with running_node(tmp_path_factory.mktemp("node"), "--demo") as running:
        yield running
