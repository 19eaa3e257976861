"""The console's lists: the communes with their boxes, and a box's days."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.filters import CharFilter, ChoiceFilter

from langso.insight.console import texts
from langso.insight.console.queries import CommuneState
from langso.insight.console.rules.alarms import AlarmKind
from langso.kernel.link.facts import Day
from langso.kernel.listing import Column, Gathered, GatheredFilter, address_of

OPEN, KNOWN = "OPEN", "KNOWN"
ORDERS = (
    ("", gettext_lazy("Worst first")),
    ("name", gettext_lazy("By name")),
    ("received", gettext_lazy("Longest without an entry")),
    ("-lag", gettext_lazy("Most on the way")),
    ("disk", gettext_lazy("Least disk free")),
    ("-backup", gettext_lazy("Oldest backup")),
    ("-clock", gettext_lazy("Clock furthest off")),
    ("-parked", gettext_lazy("Most parked")),
    ("version", gettext_lazy("Oldest program")),
)


class CommuneFilter(GatheredFilter):
    """`alarm`: any that nobody has answered for, any that is known, or one kind."""

    link = ChoiceFilter(
        label=gettext_lazy("State of the link"),
        empty_label=gettext_lazy("All"),
        choices=list(texts.LINKS.items()),
        method="by_link",
    )
    alarm = ChoiceFilter(
        label=gettext_lazy("Alarm"),
        empty_label=gettext_lazy("All"),
        choices=[
            (OPEN, gettext_lazy("any open alarm")),
            (KNOWN, gettext_lazy("any acknowledged alarm")),
            *texts.ALARMS.items(),
        ],
        method="by_alarm",
    )
    sort = CharFilter(label=gettext_lazy("Order"), widget=forms.Select(choices=ORDERS), method="by_sort")

    def by_sort(self, rows: Sequence[CommuneState], name: str, value: str) -> Sequence[CommuneState]:
        """The list itself sorts, by this name in the address."""
        return rows

    def by_link(self, rows: Sequence[CommuneState], name: str, value: str) -> list[CommuneState]:
        return [state for state in rows if state.link == value]

    def by_alarm(self, rows: Sequence[CommuneState], name: str, value: str) -> list[CommuneState]:
        if value == OPEN:
            return [state for state in rows if state.open_alarms]
        if value == KNOWN:
            return [state for state in rows if any(card.known for card in state.alarms)]
        return [state for state in rows if any(card.kind is AlarmKind(value) for card in state.alarms)]


def _alarms(state: CommuneState) -> str:
    said = [texts.alarm_sentence(card.alarm) for card in state.open_alarms]
    known = [texts.alarm_sentence(card.alarm) for card in state.alarms if card.known]
    return "; ".join([*said, *(_("%(alarm)s (known)") % {"alarm": alarm} for alarm in known)])


def _percent(value: int | None) -> str:
    return "" if value is None else f"{value} %"


def _box(state: CommuneState) -> str:
    """What the box said of itself, in a few words."""
    said = [
        (_("program %(value)s"), state.version),
        (_("disk %(value)s free"), _percent(state.disk_free_percent)),
        (_("backup %(value)s"), _hours(state.backup_hours)),
        (_("clock %(value)s"), texts.offset(state.clock_offset_s) if state.clock_offset_s else ""),
        (_("%(value)s parked"), state.parked),
    ]
    return ", ".join(words % {"value": value} for words, value in said if value)


def _hours(value: int | None) -> str:
    return "" if value is None else texts.duration(value)


class CommuneList(Gathered):
    title = gettext_lazy("Communes and their boxes")
    columns = (
        Column(
            "name",
            gettext_lazy("Commune"),
            value=lambda state: state.full_name,
            sort="place",
            url=lambda state: address_of("console:commune", state.code),
        ),
        Column("code", gettext_lazy("Code"), value=lambda state: state.code, in_table=False),
        Column(
            "state",
            gettext_lazy("State"),
            value=lambda state: texts.LEVELS[state.level],
            sort="rank",
            level=lambda state: state.level,
        ),
        Column("alarms", gettext_lazy("Alarms"), value=_alarms),
        Column("link", gettext_lazy("State of the link"), value=texts.link_sentence),
        Column("received", gettext_lazy("Last entry"), value=lambda state: state.received_at, sort="received_at"),
        Column("lag", gettext_lazy("On the way"), value=texts.lag_sentence, sort="behind"),
        Column("box", gettext_lazy("Box"), value=_box, in_csv=False),
        Column("version", gettext_lazy("Program"), value=lambda state: state.version, sort="version", in_table=False),
        Column(
            "disk",
            gettext_lazy("Disk free, percent"),
            value=lambda state: state.disk_free_percent,
            sort="disk_free_percent",
            in_table=False,
        ),
        Column(
            "clock",
            gettext_lazy("Clock off, seconds"),
            value=lambda state: state.clock_offset_s,
            sort="clock_off",
            in_table=False,
        ),
        Column("parked", gettext_lazy("Parked"), value=lambda state: state.parked, sort="parked", in_table=False),
        Column(
            "backup",
            gettext_lazy("Backup, hours"),
            value=lambda state: state.backup_hours,
            sort="backup_hours",
            in_table=False,
        ),
    )
    filterset = CommuneFilter
    search_fields = ("folded",)
    default_sort = "state"
    page_size = 50
    empty = gettext_lazy("This province has no commune.")

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The order is chosen beside the filters, so that a phone has it too."""
        return []


class DayList(Gathered):
    """What travelled from and to one box, day by day, and what it last said of itself on each."""

    title = gettext_lazy("Day by day")
    columns = (
        Column("date", gettext_lazy("Day"), value=lambda day: day.date, sort="date"),
        Column("entries", gettext_lazy("Entries"), value=lambda day: day.entries, sort="entries"),
        Column("up", gettext_lazy("KB up"), value=lambda day: round(day.bytes_up / 1024), sort="bytes_up"),
        Column("down", gettext_lazy("KB down"), value=lambda day: round(day.bytes_down / 1024), sort="bytes_down"),
        Column("disk", gettext_lazy("Disk free"), value=lambda day: _percent(_figure(day, "disk_free_percent"))),
        Column("database", gettext_lazy("Database, MB"), value=lambda day: _figure(day, "database_mb")),
        Column("parked", gettext_lazy("Parked"), value=lambda day: _figure(day, "parked")),
        Column("backlog", gettext_lazy("Backlog"), value=lambda day: _figure(day, "backlog")),
        Column("backup", gettext_lazy("Backup, hours"), value=lambda day: _figure(day, "backup_hours")),
    )
    default_sort = "-date"
    page_size = 31
    empty = gettext_lazy("Nothing has travelled yet.")


def _figure(day: Day, name: str) -> int | None:
    value = day.report.get(name)
    return int(value) if isinstance(value, int | float) and abs(value) < 1e15 else None
