"""The desk's lists of plots and seasons, each also as CSV."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from langso.farm.plots.lists import PlotList, SeasonList, rows_of_plots
from langso.farm.plots.queries import screens
from langso.kernel.access.requests import ActorRequest


@require_GET
def plots(request: ActorRequest) -> HttpResponse:
    """Plots of the cooperative's members, or of the commune for an officer."""
    rows = rows_of_plots(screens.plots_at_desk(request.actor))
    return PlotList(request, rows).respond("plots/list.html")


@require_GET
def seasons(request: ActorRequest) -> HttpResponse:
    """Seasons that are grown for the cooperative, or all of the commune for an officer."""
    return SeasonList(request, screens.seasons_at_desk(request.actor)).respond("plots/list.html")
