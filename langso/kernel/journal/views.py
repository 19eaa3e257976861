"""The operator's page of the journal: how far each listener is, and what was set aside for them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.journal import access, parking, queries


@require_GET
def parked(request: ActorRequest) -> HttpResponse:
    """Entries that a part of the program could not read, and how far each part is."""
    require(access.can_settle_parked(request.actor), request.actor)
    shown = {
        "parked": queries.parked_cards(),
        "waiting": queries.waiting_cards(),
        "waiting_count": queries.waiting_count(),
        "listeners": queries.listener_cards(),
        "last": queries.last_position(),
    }
    return render(request, "journal/parked.html", shown)


@require_POST
def retry(request: ActorRequest, parked_id: UUID) -> HttpResponse:
    """Let the part read the entry again."""
    parking.retry_parked(request.actor, parked_id=parked_id)
    messages.success(request, _("The entry has now been read."))
    return redirect("journal:parked")


@require_POST
def dismissal(request: ActorRequest, parked_id: UUID) -> HttpResponse:
    """Set the entry aside for good, with a reason."""
    parking.dismiss_parked(request.actor, parked_id=parked_id, reason=request.POST.get("reason", ""))
    messages.success(request, _("The entry is set aside. Your reason stands in the journal."))
    return redirect("journal:parked")
