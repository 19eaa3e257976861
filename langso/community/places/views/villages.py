"""Villages at the desk: the list, one village with its history, and what an officer does with them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from langso.community.places import access, queries, services
from langso.community.places.forms import MergerForm, PastedForm, RevisionForm, VillageForm
from langso.community.places.lists import VillageList, village_rows
from langso.community.places.texts import history_items
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.errors import AccessDenied, DomainError, NotHere
from langso.kernel.ui.forms import RefusableForm


@require_safe
def villages(request: ActorRequest) -> HttpResponse:
    """All villages of the commune; officers enter new ones from here."""
    require(access.can_see_registers(request.actor), request.actor)
    shown = {"can_change": access.can_change_villages(request.actor)}
    return VillageList(request, village_rows()).respond("places/villages.html", shown)


@require_safe
def village(request: ActorRequest, village_id: UUID) -> HttpResponse:
    """One village with its former names."""
    history = queries.village_history(request.actor, village_id=village_id)
    shown = {
        "village": queries.village_card(village_id),
        "history": history_items(history),
        "can_change": access.can_change_villages(request.actor),
    }
    return render(request, "places/village.html", shown)


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Enter one village."""
    require(access.can_change_villages(request.actor), request.actor)
    form = VillageForm(request.POST if request.method == "POST" else None)

    def enter() -> HttpResponse:
        services.enter_village(request.actor, **form.cleaned_data)
        messages.success(request, _("The village was entered."))
        return redirect("places:villages")

    return _carried_out(request, form, enter, "places/village_form.html", {"title": _("Enter a village")})


@require_http_methods(["GET", "POST"])
def pasted(request: ActorRequest) -> HttpResponse:
    """Enter the villages of a list."""
    require(access.can_change_villages(request.actor), request.actor)
    form = PastedForm(request.POST if request.method == "POST" else None)

    def enter() -> HttpResponse:
        outcome = services.enter_villages(request.actor, **form.cleaned_data)
        entered = len(outcome.entered)
        messages.success(
            request, ngettext("%(n)d village was entered.", "%(n)d villages were entered.", entered) % {"n": entered}
        )
        if outcome.known:
            messages.info(request, _("Known already: %(names)s") % {"names": ", ".join(outcome.known)})
        return redirect("places:villages")

    return _carried_out(request, form, enter, "places/village_form.html", {"title": _("Enter a list of villages")})


@require_http_methods(["GET", "POST"])
def revision(request: ActorRequest, village_id: UUID) -> HttpResponse:
    """Rename a village or change its place in the list."""
    require(access.can_change_villages(request.actor), request.actor)
    card = queries.village_card(village_id)
    initial = {"name": card.name, "kind": card.kind, "order": card.order, "population_note": card.population_note}
    form = RevisionForm(request.POST if request.method == "POST" else None, initial=initial)

    def revise() -> HttpResponse:
        services.revise_village(request.actor, village_id=village_id, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("places:village", village_id)

    return _carried_out(
        request, form, revise, "places/village_form.html", {"title": _("Change the village"), "village": card}
    )


@require_http_methods(["GET", "POST"])
def merger(request: ActorRequest, village_id: UUID) -> HttpResponse:
    """Make the village part of another one."""
    require(access.can_change_villages(request.actor), request.actor)
    card = queries.village_card(village_id)
    others = [(pk, name) for pk, name in queries.village_choices() if pk != str(village_id)]
    form = MergerForm(request.POST if request.method == "POST" else None, villages=others)

    def merge() -> HttpResponse:
        services.merge_village(
            request.actor,
            village_id=village_id,
            into_id=UUID(form.cleaned_data["into"]),
            legal_basis=form.cleaned_data["legal_basis"],
        )
        messages.success(request, _("The village was merged."))
        return redirect("places:village", village_id)

    return _carried_out(request, form, merge, "places/merger.html", {"village": card})


def _carried_out(
    request: ActorRequest,
    form: RefusableForm,
    act: Callable[[], HttpResponse],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """The act, or the form again with what is wrong (422)."""
    if form.is_bound and form.is_valid():
        try:
            return act()
        except (AccessDenied, NotHere):
            raise
        except DomainError as refusal:
            form.refuse(refusal)
    return render(request, template, {**context, "form": form}, status=422 if form.errors else 200)
