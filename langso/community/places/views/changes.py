"""Changes of communes by law: a list and a page for staff; recorded and taken back at the province's hub."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from langso.community.places import access, queries, services
from langso.community.places.forms import ChangeForm
from langso.community.places.lists import ChangeList
from langso.community.places.models import UnitChange
from langso.community.places.texts import line_sentence
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.errors import AccessDenied, DomainError, NotHere
from langso.kernel.journal.events import to_body
from langso.kernel.link.receipt_lists import receipts_page
from langso.kernel.ui.forms import ReasonForm

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _records_here(request: ActorRequest) -> bool:
    return settings.ROLE == "hub" and access.can_record_changes(request.actor)


@require_safe
def changes(request: ActorRequest) -> HttpResponse:
    """The changes of communes that the province recorded, with those that were taken back."""
    require(access.can_see_registers(request.actor), request.actor)
    shown = {"can_record": _records_here(request)}
    return ChangeList(request, UnitChange.objects.all()).respond("places/changes.html", shown)


@require_safe
def change(request: ActorRequest, change_id: UUID) -> HttpResponse:
    """One change: what ends, what takes its place, by which law."""
    shown = {
        "change": queries.change_card(request.actor, change_id=change_id),
        "can_withdraw": _records_here(request),
        "can_see_receipts": settings.ROLE == "hub" and access.can_see_change_receipts(request.actor),
    }
    return render(request, "places/change.html", shown)


@require_safe
def change_receipts(request: ActorRequest, change_id: UUID) -> HttpResponse:
    """At the hub: which communes have received a change, which not; CSV."""
    found = queries.change_receipts(request.actor, change_id=change_id)
    card = queries.change_card(request.actor, change_id=change_id)
    back = reverse("places:change", args=[change_id])
    return receipts_page(request, found, about=_("Change of communes"), title=card.legal_basis, back=back)


@read_or_post
def recording(request: ActorRequest) -> HttpResponse:
    """Record a change: first the table, then a look at what will happen, then it is told to every commune."""
    require(access.can_record_changes(request.actor), request.actor)
    form = ChangeForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, 422 if form.errors else 200)
    description = form.description()
    try:
        if "confirmed" in request.POST:
            change_id = services.record_unit_change(request.actor, change=description)
            messages.success(request, _("Recorded. Every commune is told as soon as its link is up."))
            return redirect("places:change", change_id)
        planned = services.plan_unit_change(request.actor, change=description)
    except AccessDenied:
        raise
    except services.ChangeRefused as refusal:
        for line in refusal.lines:
            form.add_error("table", line_sentence(line))
        return _form(request, form, refusal.status)
    except DomainError as refusal:
        form.refuse(refusal)
        return _form(request, form, refusal.status)
    shown = {"change": queries.planned_card(planned, body=to_body(planned)), "table": form.cleaned_data["table"]}
    return render(request, "places/change_plan.html", shown)


def _form(request: ActorRequest, form: ChangeForm, status: int) -> HttpResponse:
    return render(request, "places/change_form.html", {"form": form}, status=status)


@read_or_post
def withdrawal(request: ActorRequest, change_id: UUID) -> HttpResponse:
    """Take a wrongly recorded change back on every node."""
    require(access.can_record_changes(request.actor), request.actor)
    form = ReasonForm(request.POST or None)
    shown = {"change": queries.change_card(request.actor, change_id=change_id), "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "places/change_withdrawal.html", shown, status=422 if form.errors else 200)
    try:
        services.withdraw_unit_change(request.actor, change_id=change_id, reason=form.cleaned_data["reason"])
    except (AccessDenied, NotHere):
        raise
    except DomainError as refusal:
        form.refuse(refusal)
        return render(request, "places/change_withdrawal.html", shown, status=refusal.status)
    messages.success(request, _("Taken back. Every commune is told."))
    return redirect("places:changes")
