"""What every template knows without being told."""

from functools import cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.text import capfirst

from langso.kernel.access.actors import NOBODY, Actor
from langso.kernel.access.sources import SOURCES
from langso.kernel.ui.navigation import Way, ways, works_at_desk


def ui(request: HttpRequest) -> dict[str, Any]:
    """`actor` (on error pages perhaps nobody), `demo` (invented people are shown), `commune_name`, and for the menus
    `desk_nav` and `has_desk`. Names and menus are computed when a template asks for them, once."""
    actor: Actor = getattr(request, "actor", NOBODY)
    return {
        "actor": actor,
        "demo": settings.DEMO,
        "commune_name": cache(partial(_commune_name, actor)),
        "desk_nav": cache(partial(_desk_ways, actor, request.path)),
        "has_desk": cache(partial(works_at_desk, actor)),
    }


def _commune_name(actor: Actor) -> str:
    known = SOURCES.places.commune(actor.commune or settings.COMMUNE) if SOURCES.places else None
    return capfirst(known.name) if known else "Langso"


def _desk_ways(actor: Actor, path: str) -> list[Way]:
    return ways(actor, place="desk", path=path)
