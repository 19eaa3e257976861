"""The resident's own pages: my data, my household, who looked."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from langso.community.people import queries, services
from langso.kernel.access.requests import ActorRequest


@require_safe
def me(request: ActorRequest) -> HttpResponse:
    """My data and my household. `?number=1` shows my personal number."""
    shows_number = "number" in request.GET
    record = services.open_own_record(request.actor, with_number=shows_number)
    household_id = record.card.household_id
    shown = {
        "record": record,
        "shows_number": shows_number,
        "members": queries.household_members(household_id) if household_id else [],
    }
    return render(request, "people/me.html", shown)


@require_safe
def access_log(request: ActorRequest) -> HttpResponse:
    """Who looked at my data."""
    typed = request.GET.get("page", "1")
    log = queries.own_access_log(request.actor, page=int(typed[:6]) if typed.isascii() and typed.isdigit() else 1)
    return render(request, "people/access_log.html", {"log": log})
