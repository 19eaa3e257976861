"""What the household reads: the first page, a season's diary, its inputs, the list of allowed products."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from langso.farm.diary.exports import season_csv
from langso.farm.diary.lists import ProductList
from langso.farm.diary.queries import lists, screens
from langso.kernel.access.requests import ActorRequest


@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """Open questions, the buttons of each running season, the last entries."""
    return render(request, "diary/home.html", {"page": screens.diary_home(request.actor)})


@require_GET
def season(request: ActorRequest, season_id: UUID) -> HttpResponse:
    """One season's diary as a timeline, for its household and for those who check; `?format=csv` downloads it."""
    page = screens.season_diary(request.actor, season_id=season_id)
    if request.GET.get("format") == "csv":
        return season_csv(page)
    return render(request, "diary/season.html", {"page": page})


@require_GET
def inputs(request: ActorRequest) -> HttpResponse:
    """What the household has bought or made."""
    return render(request, "diary/inputs.html", {"lines": screens.my_inputs(request.actor)})


@require_GET
def input_list(request: ActorRequest) -> HttpResponse:
    """The products that the rules know, with dose, interval and days; says loudly when the list is not official."""
    products = ProductList(request, lists.listed_products())
    return products.respond("diary/input_list.html", {"edition": lists.current_edition()})
