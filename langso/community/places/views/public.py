"""Pages for everybody: what an old address is today, and the page of a unit."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from langso.community.places import queries
from langso.community.places.forms import OldAddressForm
from langso.kernel import clock
from langso.kernel.access.requests import ActorRequest


@require_safe
def old_address(request: ActorRequest) -> HttpResponse:
    """Turn an address of before July 2025 into today's: one answer, or a question."""
    form = OldAddressForm(request.GET) if "address" in request.GET else OldAddressForm()
    found = queries.units_of_old_address(form.cleaned_data["address"]) if form.is_bound and form.is_valid() else None
    return render(request, "places/old_address.html", {"form": form, "found": found})


@require_safe
def commune(request: ActorRequest, code: str) -> HttpResponse:
    """The commune that has this code today."""
    return _unit_page(request, queries.commune_card(code))


@require_safe
def unit(request: ActorRequest, code: str, valid_from: date) -> HttpResponse:
    """A unit by code and first day, standing or not."""
    return _unit_page(request, queries.unit_card(code, valid_from=valid_from))


def _unit_page(request: ActorRequest, card: queries.UnitCard) -> HttpResponse:
    stands = card.valid_to is None or card.valid_to > clock.today()
    shown = {
        "unit": card,
        "stands": stands,
        "outline": queries.commune_outline_svg(card.code) if stands else None,
        "made_from": queries.predecessors_of(card.code, valid_from=card.valid_from),
        "coming": queries.coming_end(card.code) if stands and card.valid_to else None,
        "successors": () if stands else queries.successors_of(card.code, on_date=card.valid_from),
        "communes": queries.communes_of(card.code) if stands and card.level == "PROVINCE" else (),
    }
    return render(request, "places/unit.html", shown)
