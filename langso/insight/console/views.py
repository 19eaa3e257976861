"""The province's console: its communes as a list and as a map, one of them in full, its alarms."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from langso.community.places import queries as places
from langso.insight.console import detail, services, texts
from langso.insight.console.lists import CommuneList, DayList
from langso.insight.console.queries import WORST_FIRST, CommuneState, commune_state, commune_states, hub_province
from langso.insight.console.rules.alarms import AlarmKind
from langso.kernel.access.requests import ActorRequest
from langso.kernel.errors import NotHere, Text
from langso.kernel.link import boxes

WIDE_ENOUGH: Final = 600
MOST_NAMES: Final = 60
"""More names than that cover each other; they stand in the list, and where one points."""


@dataclass(frozen=True, slots=True)
class Legend:
    """What one colour and sign means, and how many communes have it."""

    level: str
    label: Text
    count: int


@dataclass(frozen=True, slots=True)
class Sign:
    """A commune on the map: its shape, where its sign stands, and all of it in one sentence."""

    state: CommuneState
    sentence: str
    shape: places.DrawnUnit | None = None

    @property
    def label(self) -> Text:
        return texts.LEVELS[self.state.level]


@require_safe
def communes(request: ActorRequest) -> HttpResponse:
    """The communes of the province and how their boxes are: link, last entry, what is on its way, disk, alarms; CSV."""
    states = commune_states(request.actor)
    return CommuneList(request, states).respond("console/communes.html", {"legend": legend(states)})


@require_safe
def chart(request: ActorRequest) -> HttpResponse:
    """The same on a map of the province, or as tiles by letter where no boundaries were imported."""
    states = commune_states(request.actor)
    drawing = places.province_drawing(hub_province())
    shown = {
        "drawing": drawing,
        "signs": signs(states, drawing),
        "sign_size": sign_size(drawing),
        "name_below": sign_size(drawing) + 16,
        "names_fit": drawing is not None and drawing.width >= WIDE_ENOUGH and len(drawing.units) <= MOST_NAMES,
        "legend": legend(states),
        "letters": letters(states) if drawing is None else (),
        "needy": [Sign(state, texts.state_sentence(state)) for state in by_need(states) if state.open_alarms],
    }
    return render(request, "console/map.html", shown)


@require_safe
def commune(request: ActorRequest, code: str) -> HttpResponse:
    """One commune's box: alarms and what to do, figures, traffic, keys, codes, homes, and what it has received."""
    state = commune_state(request.actor, code=code)
    return render(
        request, "console/commune.html", {"page": detail.page_of(state), "level_words": texts.LEVELS[state.level]}
    )


@require_safe
def days(request: ActorRequest, code: str) -> HttpResponse:
    """What travelled from and to one commune's box, day by day, and what it said of itself; CSV."""
    state = commune_state(request.actor, code=code)
    rows = boxes.days_of(state.box.node) if state.box else []
    return DayList(request, rows).respond("console/days.html", {"state": state})


@require_POST
def acknowledgement(request: ActorRequest, code: str, kind: str) -> HttpResponse:
    """Say that one knows of an alarm and why it may wait; it comes back when it gets worse, or after a week."""
    if kind not in AlarmKind.__members__:
        raise NotHere(_("There is no such alarm."))
    grade = request.POST.get("grade", "")[:9]
    services.acknowledge_alarm(
        request.actor,
        commune=code,
        kind=AlarmKind(kind),
        grade=int(grade) if grade.isdecimal() else 0,
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, _("Written down. The alarm is quiet until it gets worse, for a week at most."))
    return redirect("console:commune", code)


def legend(states: Sequence[CommuneState]) -> list[Legend]:
    """The levels that there are, the worst first."""
    found = [state.level for state in states]
    return [Legend(level, texts.LEVELS[level], found.count(level)) for level in WORST_FIRST if level in found]


def by_need(states: Sequence[CommuneState]) -> list[CommuneState]:
    return sorted(states, key=lambda state: (state.rank, -state.alarm_count, state.place))


def signs(states: Sequence[CommuneState], drawing: places.ProvinceDrawing | None) -> list[Sign]:
    """What the map shows, the quiet ones first: the worst are drawn over their neighbours' borders."""
    shapes = {unit.code: unit for unit in drawing.units} if drawing else {}
    found = [Sign(state, texts.state_sentence(state), shapes.get(state.code)) for state in reversed(by_need(states))]
    return [sign for sign in found if sign.shape]


def sign_size(drawing: places.ProvinceDrawing | None) -> int:
    """The radius of a sign, so that the signs of all communes have room beside each other."""
    if drawing is None:
        return 0
    room = sqrt(drawing.width * drawing.height / len(drawing.units))
    return max(4, min(round(room / 6), drawing.width // 40))


def letters(states: Sequence[CommuneState]) -> list[tuple[str, list[Sign]]]:
    """The communes by their first letter, in the Vietnamese alphabet's order."""
    return [
        (letter, [Sign(state, texts.state_sentence(state)) for state in found])
        for letter, found in groupby(states, key=lambda state: state.name[:1].upper())
    ]
