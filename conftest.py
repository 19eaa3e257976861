"""What every test has: commune 03390 open, a data folder of its own, and the cast when it asks for it."""

import os
import tempfile
from collections.abc import Iterator

import pytest

os.environ.setdefault("LANGSO_DATA", tempfile.mkdtemp(prefix="langso-test-"))
os.environ.setdefault("LANGSO_SECRET_KEY", "only-for-tests")


@pytest.fixture(autouse=True)
def commune() -> Iterator[str]:
    from langso.kernel.access.scope import commune_scope

    with commune_scope("03390"):
        yield "03390"


@pytest.fixture
def cast(db: None):
    from tests.cast import make_cast

    return make_cast()
