"""Members: somebody joins, gets a role, leaves; business accounts; what one belongs to oneself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from langso.community.organisations import access, queries, services
from langso.community.organisations.forms import BusinessAccountForm, EndingForm, MemberForm
from langso.community.organisations.queries.organisations import organisation_here
from langso.community.organisations.rules.roles import PLAIN, ROLES_OF_KIND
from langso.community.organisations.views.sending import sent
from langso.kernel.access.actors import Role
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require


@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    """What the actor belongs to, and as which organisation a business account acts."""
    require(request.actor.signed_in, request.actor)
    shown = {
        "memberships": queries.memberships_of(request.actor),
        "acting_as": queries.acting_as(request.actor),
    }
    return render(request, "organisations/mine.html", shown)


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, organisation_id: UUID) -> HttpResponse:
    """Find somebody, then say in which role and from when."""
    row = organisation_here(organisation_id)
    require(access.can_change_members(request.actor, row), request.actor)
    sent_as = request.POST if request.method == "POST" else request.GET
    chosen = queries.candidate(
        request.actor,
        organisation_id=organisation_id,
        person_id=_id(sent_as.get("person_id")),
        account_id=_id(sent_as.get("account_id")),
    )
    card = queries.organisation_card(organisation_id=organisation_id)
    if chosen is None:
        return _search_page(request, card)
    initial = {"person_id": chosen.person_id, "account_id": chosen.account_id}
    roles = [role for role in (PLAIN, *Role) if role in ROLES_OF_KIND[row.kind]]
    open_roles = [role for role in roles if access.can_give(request.actor, row, role)]
    form = MemberForm(request.POST if request.method == "POST" else None, roles=open_roles, initial=initial)

    def add() -> HttpResponse:
        services.add_member(request.actor, organisation_id=organisation_id, **form.details())
        messages.success(request, _("%(name)s was added.") % {"name": chosen.name})
        return redirect("organisations:organisation", organisation_id)

    return sent(request, form, add, "organisations/member_form.html", {"organisation": card, "chosen": chosen})


def _search_page(request: ActorRequest, card: queries.OrganisationCard) -> HttpResponse:
    typed = request.GET.get("q", "")[:120]
    shown: dict[str, Any] = {
        "organisation": card,
        "typed": typed,
        "found": queries.candidates(request.actor, organisation_id=card.id, typed=typed),
        "by_name": access.can_see_register(request.actor),
    }
    return render(request, "organisations/member_search.html", shown)


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
def member(request: ActorRequest, member_id: UUID) -> HttpResponse:
    """One membership, and its end."""
    card, organisation = queries.member_card(request.actor, member_id=member_id)
    form = EndingForm(request.POST if request.method == "POST" else None)

    def end() -> HttpResponse:
        services.end_membership(request.actor, member_id=member_id, **form.cleaned_data)
        messages.success(request, _("The membership of %(name)s was ended.") % {"name": card.name})
        may_see = access.can_see_members(request.actor, organisation_here(organisation.id))
        return redirect("organisations:organisation", organisation.id) if may_see else redirect("organisations:mine")

    return sent(request, form, end, "organisations/member.html", {"member": card, "organisation": organisation})


@require_http_methods(["GET", "POST"])
def business_account(request: ActorRequest, organisation_id: UUID) -> HttpResponse:
    """Let an account act as the organisation."""
    row = organisation_here(organisation_id)
    require(access.can_give(request.actor, row, Role.COOPERATIVE_MANAGER), request.actor)
    form = BusinessAccountForm(request.POST if request.method == "POST" else None)

    def open_account() -> HttpResponse:
        typed = form.cleaned_data["account"]
        found = queries.candidates(request.actor, organisation_id=organisation_id, typed=typed)
        accounts = [candidate.account_id for candidate in found if candidate.account_id]
        if len(accounts) != 1:
            raise services.PersonalAccount() if found else services.NoSuchAccount()
        services.open_business_account(request.actor, organisation_id=organisation_id, account_id=accounts[0])
        messages.success(request, _("The account now acts as the organisation."))
        return redirect("organisations:organisation", organisation_id)

    shown = {"organisation": queries.organisation_card(organisation_id=organisation_id)}
    return sent(request, form, open_account, "organisations/business_account.html", shown)
