"""Builders of places for tests, the demo commune and other domains' tests."""

import itertools
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from langso.community.places import services
from langso.community.places.events import EndedUnit, PlaceTaken, UnitsChanged
from langso.community.places.rules.villages import kind_in_front
from langso.community.places.seeding import load_units
from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.access.scope import open_commune
from langso.kernel.ids import new_id

_numbers = itertools.count(1)


def make_village(*, name: str | None = None, kind: str = "") -> UUID:
    """A village of the open commune; "Bản 7" when no name is given. The kind is read from the name's first word."""
    called = name or f"Bản {next(_numbers)}"
    front = kind_in_front(called)
    return services.enter_village(system(open_commune()), name=called, kind=kind or (front[0] if front else "THON"))


def make_change(*, former: str = "03549", code: str = "03529", legal_basis: str = "Nghị quyết 1/UBTVQH") -> UUID:
    """A change that came down from the hub: in a month one commune of today joins another; returns its id."""
    first = date(2025, 7, 1)
    told = UnitsChanged(
        change_id=new_id(),
        province_code="12",
        legal_basis=legal_basis,
        from_date=clock.today() + timedelta(days=30),
        ended=(EndedUnit(code=former, valid_from=first),),
        begun=(),
        places=(
            PlaceTaken(former_code=former, former_from=first, code=code, valid_from=first, whole=True, likeliest=True),
        ),
    )
    services.take_unit_change(system(), told=told, told_at=clock.now())
    return told.change_id


def seed_units() -> int:
    """Put the units of Viet Nam back after a test that empties all tables; returns how many were missing."""
    return load_units(connection)
