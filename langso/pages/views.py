"""Screens that mix rooms: the commune's public page, the resident's home, the desk, whom to call. No tables."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from langso.communication.announcements import queries as announcements
from langso.community.organisations import queries as organisations
from langso.community.places import queries as places
from langso.farm.diary import queries as diary
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.errors import Text
from langso.kernel.link.access import can_see_link
from langso.kernel.link.queries import link_line
from langso.kernel.phones import phone_on_screen
from langso.kernel.ui.navigation import ways, work_queues, works_at_desk
from langso.trade.products import queries as products

MOST_TILES: Final = 8
"""More pictures than that are no longer found at a glance."""


MOST_PRODUCTS: Final = 6
MOST_LINES: Final = 3
MOST_NOTICES: Final = 3


def commune(request: ActorRequest) -> HttpResponse:
    """`/`: what this commune is and has, for everybody."""
    cooperatives = organisations.organisation_cards(kinds=("COOPERATIVE",))
    shown = {
        "commune": places.latest_commune_card(request.actor.commune),
        "notices": announcements.latest_notices(request.actor, most=MOST_NOTICES),
        "village_count": len(places.village_choices()),
        "cooperatives": [(card, Number(card.name, card.phone)) for card in cooperatives],
        "products": products.offered_products(most=MOST_PRODUCTS),
    }
    return render(request, "pages/commune.html", shown)


def home(request: ActorRequest) -> HttpResponse:
    """`/home/`: the six to eight things that this person does here, as pictures."""
    require(request.actor.signed_in, request.actor)
    shown = {
        "tiles": ways(request.actor, place="home")[:MOST_TILES],
        "notices": announcements.latest_notices(request.actor, most=MOST_NOTICES),
        "latest": diary.latest_lines(request.actor, most=MOST_LINES),
    }
    return render(request, "pages/home.html", shown)


def desk(request: ActorRequest) -> HttpResponse:
    """`/desk/`: the work that waits, most urgent first; at a box, one line about its link to the province."""
    require(works_at_desk(request.actor), request.actor)
    found = sorted(work_queues(request.actor), key=lambda queue: (-queue.late, -queue.waiting))
    quiet = [queue for queue in found if not queue.waiting]
    shown = {
        "queues": found[: len(found) - len(quiet)],
        "quiet": quiet,
        "notices": announcements.latest_notices(request.actor, most=MOST_NOTICES),
        "ending": places.coming_end(request.actor.commune),
        "link": link_line(),
        "can_see_link": can_see_link(request.actor),
    }
    return render(request, "pages/desk.html", shown)


@dataclass(frozen=True, slots=True)
class Number:
    """Whom one can call; `phone` as it is dialled."""

    name: Text
    phone: str

    @property
    def shown(self) -> str:
        return phone_on_screen(self.phone)


EMERGENCY: Final = (
    Number(_("Ambulance"), "115"),
    Number(_("Fire, rescue"), "114"),
    Number(_("Police"), "113"),
    Number(_("Search and rescue, disasters"), "112"),
    Number(_("Children in danger"), "111"),
)
"""The national numbers: free of charge, day and night."""

OFFICES: Final = ("COMMUNE_OFFICE", "HEALTH_STATION", "COOPERATIVE")


def call_for_help(request: ActorRequest) -> HttpResponse:
    """`/help/`: the commune's own numbers first, then those for life and limb. Open to everybody."""
    cards = organisations.organisation_cards(kinds=OFFICES)
    numbers = [Number(card.name, card.phone) for kind in OFFICES for card in cards if card.kind == kind and card.phone]
    return render(request, "pages/help.html", {"numbers": numbers, "emergency": EMERGENCY})
