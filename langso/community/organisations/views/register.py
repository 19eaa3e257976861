"""Organisations: the desk's list, one organisation, founding, revising, closing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from langso.community.organisations import access, queries, services
from langso.community.organisations.forms import ClosureForm, FoundingForm, RevisionForm
from langso.community.organisations.lists import MemberList, OrganisationList, member_rows, organisation_rows
from langso.community.organisations.models import OrganisationKind
from langso.community.organisations.queries.organisations import organisation_here
from langso.community.organisations.rules.roles import BUSINESS_KINDS
from langso.community.organisations.views.sending import sent
from langso.community.places.queries import village_choices
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.phones import phone_on_screen


@require_safe
def organisations(request: ActorRequest) -> HttpResponse:
    """All organisations of the commune."""
    require(access.can_see_register(request.actor), request.actor)
    shown = {"can_found": bool(_kinds(request))}
    return OrganisationList(request, organisation_rows()).respond("organisations/list.html", shown)


@require_safe
def organisation(request: ActorRequest, organisation_id: UUID) -> HttpResponse:
    """One organisation; its members for staff of the commune and its own managers."""
    row = organisation_here(organisation_id)
    shown: dict[str, Any] = {
        "organisation": queries.organisation_card(organisation_id=organisation_id),
        "phone": phone_on_screen(row.phone),
    }
    if not access.can_see_members(request.actor, row):
        return render(request, "organisations/card.html", shown)
    shown |= {
        "can_revise": row.closed_date is None and access.can_revise(request.actor, row),
        "can_close": row.closed_date is None and access.can_close(request.actor, row),
        "can_add": row.closed_date is None and access.can_change_members(request.actor, row),
        "can_open_account": row.kind in BUSINESS_KINDS and row.closed_date is None,
    }
    return MemberList(request, member_rows(organisation_id)).respond("organisations/organisation.html", shown)


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Enter an organisation of a kind that the actor may found."""
    kinds = _kinds(request)
    require(bool(kinds), request.actor)
    form = FoundingForm(request.POST if request.method == "POST" else None, kinds=kinds, villages=village_choices())

    def found() -> HttpResponse:
        organisation_id = services.found_organisation(request.actor, **form.details())
        messages.success(request, _("The organisation was entered."))
        return redirect("organisations:organisation", organisation_id)

    return sent(request, form, found, "organisations/form.html", {"title": _("Enter an organisation")})


@require_http_methods(["GET", "POST"])
def revision(request: ActorRequest, organisation_id: UUID) -> HttpResponse:
    """Change what is known of an organisation."""
    require(access.can_revise(request.actor, organisation_here(organisation_id)), request.actor)
    card = queries.organisation_card(organisation_id=organisation_id)
    initial = {
        "name": card.name,
        "tax_code": card.tax_code,
        "village_id": card.village_id or "",
        "address": card.address,
        "phone": phone_on_screen(card.phone),
        "founded_date": card.founded_date,
    }
    form = RevisionForm(request.POST if request.method == "POST" else None, villages=village_choices(), initial=initial)

    def revise() -> HttpResponse:
        services.revise_organisation(request.actor, organisation_id=organisation_id, **form.details())
        messages.success(request, _("Saved."))
        return redirect("organisations:organisation", organisation_id)

    shown = {"title": _("Change the organisation"), "organisation": card}
    return sent(request, form, revise, "organisations/form.html", shown)


@require_http_methods(["GET", "POST"])
def closure(request: ActorRequest, organisation_id: UUID) -> HttpResponse:
    """Close an organisation; whatever is held in it ends."""
    require(access.can_close(request.actor, organisation_here(organisation_id)), request.actor)
    form = ClosureForm(request.POST if request.method == "POST" else None)

    def close() -> HttpResponse:
        services.close_organisation(request.actor, organisation_id=organisation_id, **form.cleaned_data)
        messages.success(request, _("The organisation was closed."))
        return redirect("organisations:organisation", organisation_id)

    shown = {"organisation": queries.organisation_card(organisation_id=organisation_id)}
    return sent(request, form, close, "organisations/closure.html", shown)


def _kinds(request: ActorRequest) -> list[OrganisationKind]:
    return [kind for kind in OrganisationKind if access.can_found(request.actor, kind)]
