"""Builders of places for tests, the demo commune and other domains' tests."""

import itertools
from uuid import UUID

from django.db import connection

from langso.community.places import services
from langso.community.places.rules.villages import kind_in_front
from langso.community.places.seeding import load_units
from langso.kernel.access.actors import system
from langso.kernel.access.scope import open_commune

_numbers = itertools.count(1)


def make_village(*, name: str | None = None, kind: str = "") -> UUID:
    """A village of the open commune; "Bản 7" when no name is given. The kind is read from the name's first word."""
    called = name or f"Bản {next(_numbers)}"
    front = kind_in_front(called)
    return services.enter_village(system(open_commune()), name=called, kind=kind or (front[0] if front else "THON"))


def seed_units() -> int:
    """Put the units of Viet Nam back after a test that empties all tables; returns how many were missing."""
    return load_units(connection)
