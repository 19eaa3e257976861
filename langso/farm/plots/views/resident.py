"""A household's own pages: its plots, and what grows on them."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from langso.community.places import queries as places
from langso.farm.plots import queries, services
from langso.farm.plots.forms import UNIT_STEPS, CloseForm, LandForm, PlotForm, SeasonForm, plot_initial, season_initial
from langso.farm.plots.picture import plot_picture
from langso.farm.plots.queries import screens
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.errors import Invalid

Result = TypeVar("Result")


@require_GET
def mine(request: ActorRequest) -> HttpResponse:
    """All plots of the household with what grows there now."""
    return render(request, "plots/mine.html", {"page": screens.my_land(request.actor), "sao": screens.sao_here()})


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Add a plot."""
    household_id, sao = screens.my_household(request.actor), screens.sao_here()
    initial = {"area_unit": "M2" if sao == 1000 else "SAO", "village_id": screens.home_village(household_id)}
    form = PlotForm(request.POST or None, villages=places.village_choices(), sao=sao, initial=initial)

    def save() -> UUID:
        details = form.details(screens.free_name(household_id, form.cleaned_data["kind"]))
        client_id = form.cleaned_data["client_id"]
        return services.register_plot(request.actor, household_id=household_id, details=details, client_id=client_id)

    plot_id = _sent(form, save)
    if plot_id is None:
        return _shown(request, "plots/plot_form.html", form)
    messages.success(request, _("Saved. What grows there?"))
    return redirect("plots:start", plot_id=plot_id)


@require_GET
def plot(request: ActorRequest, plot_id: UUID) -> HttpResponse:
    """One plot, its place and its seasons."""
    page = screens.plot_page(request.actor, plot_id=plot_id)
    shown = {"page": page, "picture": plot_picture(page.plot, page.outline, page.commune), "sao": screens.sao_here()}
    return render(request, "plots/plot.html", shown)


@require_http_methods(["GET", "POST"])
def details(request: ActorRequest, plot_id: UUID) -> HttpResponse:
    """Change what is known of a plot."""
    page, sao = screens.plot_page(request.actor, plot_id=plot_id), screens.sao_here()
    require(page.can_change, request.actor)
    initial = plot_initial(page.plot, page.outline, sao=sao)
    form = PlotForm(request.POST or None, villages=places.village_choices(), sao=sao, initial=initial)

    def save() -> bool:
        services.change_plot(request.actor, plot_id=plot_id, details=form.details(page.plot.name))
        return True

    if _sent(form, save) is None:
        return _shown(request, "plots/plot_form.html", form, plot=page.plot)
    messages.success(request, _("Saved."))
    return redirect("plots:plot", plot_id=plot_id)


@require_POST
def retirement(request: ActorRequest, plot_id: UUID) -> HttpResponse:
    """The household no longer works this plot."""
    services.retire_plot(request.actor, plot_id=plot_id)
    messages.success(request, _("The plot is off your list. Its past stays."))
    return redirect("plots:mine")


@require_http_methods(["GET", "POST"])
def start(request: ActorRequest, plot_id: UUID) -> HttpResponse:
    """Start a crop or a stocking."""
    page = screens.plot_page(request.actor, plot_id=plot_id)
    require(page.can_change, request.actor)
    form = _season_form(request, page.plot.household_id)

    def save() -> UUID:
        client_id = form.cleaned_data["client_id"]
        return services.start_season(request.actor, plot_id=plot_id, details=form.details(), client_id=client_id)

    season_id = _sent(form, save)
    if season_id is None:
        return _shown(request, "plots/season_form.html", form, plot=page.plot)
    messages.success(request, _("The season has begun. Write down what you do."))
    return redirect("plots:season", season_id=season_id)


@require_GET
def season(request: ActorRequest, season_id: UUID) -> HttpResponse:
    """One season and what can be done with it."""
    page = screens.season_page(request.actor, season_id=season_id)
    cooperatives = queries.household_cooperatives(page.season.household_id)
    name = cooperatives.get(page.season.organisation_id, "") if page.season.organisation_id else ""
    return render(request, "plots/season.html", {"page": page, "cooperative": name})


@require_http_methods(["GET", "POST"])
def season_details(request: ActorRequest, season_id: UUID) -> HttpResponse:
    """Change what is known of a running season."""
    page = screens.season_page(request.actor, season_id=season_id)
    require(page.can_change, request.actor)
    form = _season_form(request, page.season.household_id, initial=season_initial(page.season))

    def save() -> bool:
        known = form.details()
        if known.product_name == page.season.product_name:
            known = replace(known, product_id=page.season.product_id)
        services.change_season(request.actor, season_id=season_id, details=known)
        return True

    if _sent(form, save) is None:
        return _shown(request, "plots/season_form.html", form, plot=page.season.plot, season=page.season)
    messages.success(request, _("Saved."))
    return redirect("plots:season", season_id=season_id)


@require_http_methods(["GET", "POST"])
def closing(request: ActorRequest, season_id: UUID) -> HttpResponse:
    """Nothing more is grown in this season."""
    page = screens.season_page(request.actor, season_id=season_id)
    require(page.can_change, request.actor)
    form = CloseForm(request.POST or None)

    def save() -> bool:
        services.close_season(request.actor, season_id=season_id, closed_date=form.cleaned_data["closed_date"])
        return True

    if _sent(form, save) is None:
        return _shown(request, "plots/closing.html", form, season=page.season)
    messages.success(request, _("The season is closed."))
    return redirect("plots:season", season_id=season_id)


@require_POST
def reopening(request: ActorRequest, season_id: UUID) -> HttpResponse:
    """The close was a mistake."""
    services.reopen_season(request.actor, season_id=season_id)
    messages.success(request, _("The season runs again."))
    return redirect("plots:season", season_id=season_id)


def _season_form(request: ActorRequest, household_id: UUID, initial: dict[str, object] | None = None) -> SeasonForm:
    return SeasonForm(
        request.POST or None,
        initial=initial,
        cooperatives=queries.household_cooperatives(household_id),
        products=[] if initial else screens.usual_products(household_id),
    )


def _sent(form: LandForm | CloseForm, save: Callable[[], Result]) -> Result | None:
    """What saving gave, or None when the form was only asked for or has to be mended."""
    if not form.is_valid():
        return None
    try:
        return save()
    except Invalid as refusal:
        form.refuse(refusal)
        return None


def _shown(request: ActorRequest, template: str, form: LandForm | CloseForm, **more: object) -> HttpResponse:
    shown = {"form": form, "steps": UNIT_STEPS, **more}
    return render(request, template, shown, status=422 if form.errors else 200)
