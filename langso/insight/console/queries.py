"""How the communes of the province are, gathered from the link, the register of units and what is known already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from langso.community.places import queries as places
from langso.insight.console import access
from langso.insight.console.models import KnownAlarm
from langso.insight.console.rules import links
from langso.insight.console.rules.alarms import Alarm, AlarmKind, Known, Limits, alarms_of, still_known
from langso.insight.console.rules.links import Link
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.access.sources import SOURCES
from langso.kernel.errors import NotHere
from langso.kernel.link import boxes
from langso.kernel.link.facts import BoxFacts
from langso.kernel.link.models import NodeState
from langso.kernel.text import fold

WORST_FIRST: Final = ("danger", "warning", "info", "ok", "plain")


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """That an alarm is known: why it may wait, who said so, and when."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AlarmCard:
    """An alarm of a box. `known`: somebody has acknowledged it and it is no worse since."""

    alarm: Alarm
    known: Acknowledgement | None

    @property
    def kind(self) -> AlarmKind:
        return self.alarm.kind


@dataclass(frozen=True, slots=True)
class CommuneState:
    """A commune of the province and its box, if it has one. `level`: the worst of its link and its open alarms.

    `place` is its place in the Vietnamese alphabet. What the box said of itself: `box.report`, as of `box.reported_at`.
    """

    code: str
    name: str
    full_name: str
    folded: str
    place: int
    link: Link
    since_at: datetime | None
    box: BoxFacts | None
    alarms: tuple[AlarmCard, ...]

    @property
    def open_alarms(self) -> tuple[AlarmCard, ...]:
        return tuple(card for card in self.alarms if not card.known)

    @property
    def level(self) -> str:
        levels = {card.alarm.level for card in self.open_alarms} | {links.LEVELS[self.link]}
        return next(level for level in WORST_FIRST if level in levels)

    @property
    def rank(self) -> int:
        """Worst first, for lists."""
        return WORST_FIRST.index(self.level)

    def figure(self, name: str) -> int | None:
        """A figure of the box's last report; None where there is none."""
        value = self.box.report.get(name) if self.box else None
        return int(value) if isinstance(value, int | float) and abs(value) < 1e15 else None

    @property
    def received_at(self) -> datetime | None:
        return self.box.held.received_at if self.box else None

    @property
    def behind(self) -> int | None:
        return self.box.behind if self.box else None

    @property
    def version(self) -> str:
        return self.box.version if self.box else ""

    @property
    def disk_free_percent(self) -> int | None:
        return self.figure("disk_free_percent")

    @property
    def clock_offset_s(self) -> int | None:
        return self.figure("clock_offset_s")

    @property
    def clock_off(self) -> int | None:
        """Seconds, whichever way."""
        return None if self.clock_offset_s is None else abs(self.clock_offset_s)

    @property
    def parked(self) -> int | None:
        return self.figure("parked")

    @property
    def backup_hours(self) -> int | None:
        return self.figure("backup_hours")

    @property
    def alarm_count(self) -> int:
        return len(self.open_alarms)


def hub_province() -> str:
    """The code of the province whose hub this is. Raises `NotHere` on a commune's box."""
    if settings.ROLE != "hub":
        raise NotHere(_("The communes' boxes are watched at the province's hub. This node is one commune's box."))
    known = SOURCES.places.commune(settings.COMMUNE) if SOURCES.places else None
    if known is None:
        raise NotHere(_("This hub does not know its province: set LANGSO_COMMUNE to a commune of it."))
    return known.province


def commune_states(actor: Actor) -> list[CommuneState]:
    """Every commune of the province, in the order of the Vietnamese alphabet. Raises `NotHere` on a box."""
    province = hub_province()
    require(access.can_watch(actor, province=province), actor)
    now, limits, box_of = clock.now(), limits_now(), _box_by_commune()
    invited, hosted, known = boxes.invited_communes(), _hosted(province), _known()
    found = []
    for place, unit in enumerate(places.communes_of(province)):
        box = box_of.get(unit.code)
        if box:
            state = links.link_of_box(box, now)
        else:
            state = links.link_without_box(hosted=unit.code in hosted, invited=unit.code in invited)
        found.append(
            CommuneState(
                code=unit.code,
                name=unit.name,
                full_name=unit.full_name,
                folded=fold(f"{unit.full_name} {unit.code}"),
                place=place,
                link=state.link,
                since_at=state.since_at,
                box=box,
                alarms=_cards(box, alarms_of(box, limits=limits, now=now), known, now) if box else (),
            )
        )
    return found


def commune_state(actor: Actor, *, code: str) -> CommuneState:
    """One commune of the province. Raises `NotHere` for another's."""
    found = next((state for state in commune_states(actor) if state.code == code), None)
    if found is None:
        raise NotHere(_("There is no such commune in this province."))
    return found


def limits_now() -> Limits:
    """The operator's limits."""
    return Limits(
        silent_hours=settings.ALARM_SILENT_HOURS,
        lag_entries=settings.ALARM_LAG_ENTRIES,
        lag_hours=settings.ALARM_LAG_HOURS,
        clock_seconds=settings.ALARM_CLOCK_SECONDS,
        disk_percent=settings.ALARM_DISK_PERCENT,
        backup_hours=settings.ALARM_BACKUP_HOURS,
    )


def _box_by_commune() -> dict[str, BoxFacts]:
    """The box of each commune: its home, or one that has joined and to which the commune is still to be moved."""
    facts = [box for box in boxes.box_facts() if box.state != NodeState.RETIRED]
    joined = boxes.joined_for([box.node for box in facts])
    found = {joined[box.node]: box for box in facts if not box.communes and box.node in joined}
    return found | {commune: box for box in facts for commune in box.communes}


def _hosted(province: str) -> set[str]:
    source = SOURCES.places
    return {commune.code for commune in source.communes_here(province)} if source else set()


def _known() -> Mapping[tuple[str, str], KnownAlarm]:
    return {(row.node, row.kind): row for row in KnownAlarm.objects.all()}


def _cards(
    box: BoxFacts, alarms: Sequence[Alarm], known: Mapping[tuple[str, str], KnownAlarm], now: datetime
) -> tuple[AlarmCard, ...]:
    return tuple(_card(alarm, known.get((box.node, alarm.kind)), now) for alarm in alarms)


def _card(alarm: Alarm, row: KnownAlarm | None, now: datetime) -> AlarmCard:
    if row is None or not still_known(alarm, known=Known(row.grade, row.began_at, row.noted_at), now=now):
        return AlarmCard(alarm, None)
    return AlarmCard(alarm, Acknowledgement(row.reason, row.noted_by_name, row.noted_at))
