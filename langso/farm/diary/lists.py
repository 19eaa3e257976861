"""The inspector's work queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from django_filters.filterset import FilterSet

from langso.community.people import queries as people
from langso.farm.diary.models import CheckState, Concern, Entry, EntryKind, InputKind, ListedInput
from langso.farm.diary.queries.lines import Line, home_name, lines_of, quantity
from langso.farm.plots import queries as plots
from langso.kernel import clock
from langso.kernel.listing import Column, Listing

TO_DO = (CheckState.WAITING, CheckState.ANSWERED)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A line of the queue: the entry, whose it is, on which plot; `ticked` before the inspector looked at it."""

    line: Line
    household: str
    place: str
    ticked: bool

    @property
    def tick(self) -> SafeString:
        """A box that belongs to the form below the list."""
        if self.line.state == CheckState.CONFIRMED:
            return SafeString("")
        label = gettext("Tick %(what)s of %(household)s") % {"what": self.line.title, "household": self.household}
        seen, checked = f"{self.line.id}:{self.line.version}", SafeString(" checked") if self.ticked else ""
        box = '<input type="checkbox" form="confirmation" name="seen" value="{}" aria-label="{}"{}>'
        return format_html(f'<span class="option">{box}</span>', seen, label, checked)

    @property
    def what(self) -> str:
        return f"{self.line.title}: {self.line.text}" if self.line.text else self.line.title

    @property
    def warnings(self) -> str:
        return str(self.line.concerns) if self.line.concerns else ""


class ProductFilter(FilterSet):
    kind = ChoiceFilter(label=_("Kind"), empty_label=_("All"), choices=InputKind.choices)
    organic = ChoiceFilter(label=_("Organic growing"), empty_label=_("All"), choices=[("True", _("Allowed"))])


class ProductList(Listing[ListedInput]):
    """The list of allowed inputs. Public."""

    title = _("Which products are allowed?")
    columns: ClassVar[Sequence[Column[Any]]] = (
        Column("name", _("Product"), value=lambda line: line.name, sort="name"),
        Column("ingredient", _("Active ingredient"), value=lambda line: line.active_ingredient),
        Column("kind", _("Kind"), value=lambda line: InputKind(line.kind).label, sort="kind"),
        Column("most", _("At most per hectare"), value=lambda line: most_per_ha(line), sort="max_per_ha"),
        Column("days", _("Days to wait before harvest"), value=lambda line: line.pre_harvest_days),
        Column("organic", _("Organic growing"), value=lambda line: line.organic),
        Column("from", _("Allowed from"), value=lambda line: line.valid_from, sort="valid_from"),
        Column("to", _("Allowed until"), value=lambda line: line.valid_to, sort="valid_to"),
    )
    filterset = ProductFilter
    search_fields = ("folded",)
    default_sort = "name"
    empty = _("No list was loaded. Without a list, the platform cannot check products.")


def most_per_ha(line: ListedInput) -> str:
    return quantity(line.max_per_ha, line.unit) if line.max_per_ha is not None else ""


class QueueFilter(FilterSet):
    """Without a chosen state, what the inspector has to look at."""

    state = ChoiceFilter(
        label=_("State"),
        empty_label=_("To be looked at"),
        choices=[
            ("QUESTIONED", _("Waiting for an answer")),
            ("CONFIRMED", _("Confirmed")),
            ("ALL", _("All")),
        ],
        method="by_state",
    )
    kind = ChoiceFilter(label=_("Diary table"), empty_label=_("All"), choices=EntryKind.choices)
    warnings = ChoiceFilter(
        label=_("Warnings"),
        empty_label=_("With and without"),
        choices=[("WITH", _("With warnings")), ("WITHOUT", _("Without warnings"))],
        method="by_warnings",
    )

    def by_state(self, rows: QuerySet[Entry], name: str, state: str) -> QuerySet[Entry]:
        return rows if state == "ALL" else rows.filter(check_state=state)

    def by_warnings(self, rows: QuerySet[Entry], name: str, wanted: str) -> QuerySet[Entry]:
        raised = Exists(Concern.objects.standing().filter(entry=OuterRef("pk")))
        return rows.filter(raised) if wanted == "WITH" else rows.exclude(raised)

    def filter_queryset(self, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        rows: QuerySet[Entry] = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.filter(check_state__in=TO_DO)


class QueueList(Listing[Entry]):
    """The oldest first. `?tick=1` ticks every entry without warnings, so that one touch confirms them."""

    title = _("Diaries to check")
    columns: ClassVar[Sequence[Column[Any]]] = (
        Column("tick", _("Tick"), value=lambda row: row.tick, in_csv=False),
        Column("day", _("Day"), value=lambda row: row.line.on_date, sort="on_date"),
        Column(
            "what",
            _("Entry"),
            value=lambda row: row.what,
            url=lambda row: reverse("diary:entry", args=[row.line.id]),
        ),
        Column("warnings", _("Warnings"), value=lambda row: row.warnings, level=lambda row: _level(row)),
        Column("household", _("Household"), value=lambda row: row.household),
        Column("place", _("Season"), value=lambda row: row.place),
        Column(
            "written", _("Written down"), value=lambda row: clock.local_date(row.line.recorded_at), sort="recorded_at"
        ),
        Column("state", _("State"), value=lambda row: row.line.state_name, level=lambda row: row.line.level),
    )
    filterset = QueueFilter
    search_fields = ("folded",)
    default_sort = "written"
    empty = _("Nothing is waiting. All diaries are looked at.")

    def __init__(self, request: HttpRequest, rows: QuerySet[Entry]) -> None:
        super().__init__(request, rows)
        self.ticks = request.GET.get("tick") == "1"

    def presented(self, rows: Sequence[Entry]) -> Sequence[QueueRow]:
        homes = people.households_brief({entry.household_id for entry in rows})
        seasons = plots.season_cards(season_ids={entry.season_id for entry in rows if entry.season_id})
        made = []
        for line in lines_of(rows):
            home = homes.get(line.household_id)
            season = seasons.get(line.season_id) if line.season_id else None
            made.append(
                QueueRow(
                    line=line,
                    household=home_name(home),
                    place=f"{season.product_name}, {season.plot.name}" if season else "",
                    ticked=self.ticks and not line.concerns,
                )
            )
        return made


def _level(row: QueueRow) -> str:
    return "danger" if row.line.concerns else ""
