"""The operator's pages of the link: how it is, what is in quarantine, what must not happen between nodes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.link import access, homes, incidents, quarantine, queries


@require_GET
def state(request: ActorRequest) -> HttpResponse:
    """How the link is, in words; at a hub its boxes; open incidents and what waits in quarantine, with reasons."""
    require(access.can_see_link(request.actor), request.actor)
    shown = {
        "is_hub": homes.is_hub(),
        "link": queries.link_card(),
        "boxes": queries.box_cards() if homes.is_hub() else (),
        "incidents": queries.incident_cards(),
        "quarantined": queries.quarantined_cards(),
        "quarantined_count": queries.quarantined_count(),
        "can_tend": access.can_tend_link(request.actor),
    }
    return render(request, "link/state.html", shown)


@require_POST
def letting_in(request: ActorRequest, quarantined_id: UUID) -> HttpResponse:
    """Take an entry out of quarantine into the journal."""
    quarantine.let_in(request.actor, quarantined_id=quarantined_id)
    messages.success(request, _("The entry is in the journal now."))
    return redirect("link:state")


@require_POST
def dismissal(request: ActorRequest, quarantined_id: UUID) -> HttpResponse:
    """Set an entry in quarantine aside for good, with a reason."""
    quarantine.dismiss(request.actor, quarantined_id=quarantined_id, reason=request.POST.get("reason", ""))
    messages.success(request, _("The entry is set aside. Your reason stands in the journal."))
    return redirect("link:state")


@require_POST
def closing(request: ActorRequest, incident_id: UUID) -> HttpResponse:
    """Close an incident that was dealt with, with a reason."""
    incidents.close_incident(request.actor, incident_id=incident_id, reason=request.POST.get("reason", ""))
    messages.success(request, _("Closed. Your reason stands in the journal."))
    return redirect("link:state")
