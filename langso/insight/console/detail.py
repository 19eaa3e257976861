"""What one commune's page shows, gathered from the link, what the province published, and the console's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from langso.communication.announcements import queries as announcements
from langso.insight.console import texts
from langso.insight.console.charts import Chart, bars_of_days
from langso.insight.console.queries import AlarmCard, CommuneState
from langso.kernel import clock
from langso.kernel.errors import Text
from langso.kernel.link import boxes
from langso.kernel.link.facts import BoxFacts, Day, HomeFacts, InvitationFacts, KeyFacts
from langso.kernel.link.queries import IncidentCard, QuarantinedCard, incident_cards, quarantined_cards
from langso.kernel.link.texts import moment
from langso.trade.products import queries as products

MOST_DAYS = 7
Pairs = list[tuple[Text, object]]


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """An alarm in words, with what to do; `known` says why it may wait, who said so and when."""

    card: AlarmCard
    sentence: str
    to_do: Text

    @property
    def level(self) -> str:
        return "info" if self.card.known else self.card.alarm.level


@dataclass(frozen=True, slots=True)
class CommunePage:
    """All that the page of one commune shows. `latest`: the last days, of which `/days/` shows all."""

    state: CommuneState
    link: str
    alarms: Sequence[AlarmLine]
    facts: Pairs
    reported_at: datetime | None
    traffic: Chart | None
    disk: Chart | None
    latest: Sequence[Day]
    keys: Sequence[KeyFacts]
    invitations: Sequence[InvitationFacts]
    homes: Sequence[HomeFacts]
    incidents: Sequence[IncidentCard]
    quarantined: Sequence[QuarantinedCard]
    standards: Sequence[products.StandardReceipt]
    notices: Sequence[announcements.NoticeReceipt]


def page_of(state: CommuneState) -> CommunePage:
    """The page of a commune that the reader may see."""
    box = state.box
    days = boxes.days_of(box.node) if box else []
    return CommunePage(
        state=state,
        link=texts.link_sentence(state),
        alarms=[_line(card) for card in state.alarms],
        facts=_facts(state, box) if box else [],
        reported_at=box.reported_at if box else None,
        traffic=_traffic(days) if days else None,
        disk=_disk(days),
        latest=days[:MOST_DAYS],
        keys=boxes.keys_of(box.node) if box else (),
        invitations=boxes.invitations_for(state.code),
        homes=boxes.homes_of(state.code),
        incidents=[card for card in incident_cards() if box and card.node == box.node],
        quarantined=[card for card in quarantined_cards() if box and card.node == box.node],
        standards=products.standards_received(commune=state.code),
        notices=announcements.notices_received(commune=state.code),
    )


def _line(card: AlarmCard) -> AlarmLine:
    return AlarmLine(card, texts.alarm_sentence(card.alarm), texts.WHAT_TO_DO[card.kind])


def _facts(state: CommuneState, box: BoxFacts) -> Pairs:
    percent, hours, clock_off = state.disk_free_percent, state.backup_hours, state.clock_offset_s
    return [
        (_("Box"), box.name),
        (_("Identity"), box.node),
        (_("Communes at home on it"), ", ".join(box.communes)),
        (_("Joined"), texts.day(box.joined_at)),
        (_("Program"), box.version),
        (_("Entries held here"), box.held.entries),
        (_("Last entry arrived"), moment(box.held.received_at) if box.held.received_at else ""),
        (_("On the way"), texts.lag_sentence(state)),
        (_("Read of what goes down"), moment(box.down_at) if box.down_at else ""),
        (_("Disk free"), "" if percent is None else f"{percent} %"),
        (_("Size of the database, MB"), state.figure("database_mb")),
        (_("Clock"), "" if clock_off is None else texts.offset(clock_off)),
        (_("Last backup"), "" if hours is None else _("%(time)s old") % {"time": texts.duration(hours)}),
        (_("Parked entries"), state.parked),
        (_("Entries that wait for something else"), state.figure("backlog")),
        (_("In quarantine on the box"), state.figure("quarantined")),
    ]


def _traffic(days: Sequence[Day]) -> Chart:
    return bars_of_days({day.date: day.entries for day in days}, last=clock.today())


def _disk(days: Sequence[Day]) -> Chart | None:
    said = {day.date: day.report.get("disk_free_percent") for day in days}
    known = {date: int(value) for date, value in said.items() if isinstance(value, int | float)}
    return bars_of_days(known, last=clock.today(), most=100) if known else None
