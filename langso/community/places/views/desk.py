"""The desk: the register of units, the boundaries that were imported."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from langso.community.places import access, queries
from langso.community.places.lists import UnitList, unit_rows
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require


@require_safe
def units(request: ActorRequest) -> HttpResponse:
    """Every unit of today, or of another day: search, filters, CSV."""
    require(access.can_see_registers(request.actor), request.actor)
    return UnitList(request, unit_rows()).respond("places/units.html")


@require_safe
def boundaries(request: ActorRequest) -> HttpResponse:
    """Which outlines this node has, from which file and on what basis."""
    require(access.can_see_registers(request.actor), request.actor)
    shown = {"layers": queries.boundary_layers(), "outline": queries.commune_outline_svg(request.actor.commune)}
    return render(request, "places/boundaries.html", shown)
