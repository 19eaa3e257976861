"""The lists of the desk: lots and suspicions."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.filters import ChoiceFilter, DateFilter
from django_filters.filterset import FilterSet

from langso.kernel.listing import Column, Listing, address_of
from langso.kernel.units import Unit
from langso.trade.trace.models import Lot, LotQuerySet, State, Suspicion
from langso.trade.trace.queries.quantities import quantity_text
from langso.trade.trace.rules.printing import grouped
from langso.trade.trace.templatetags.trace import STATE_LEVELS

HELD = "HELD"


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class LotFilter(FilterSet):
    state = ChoiceFilter(
        label=_("State"), empty_label=_("All"), choices=[*State.choices, (HELD, _("Held"))], method="by_state"
    )
    product_id = ChoiceFilter(label=_("Product"), empty_label=_("All"), choices=())
    since = DateFilter(label=_("Made since"), field_name="produced_date", lookup_expr="gte", widget=_day())
    until = DateFilter(label=_("Made until"), field_name="produced_date", lookup_expr="lte", widget=_day())

    class Meta:
        model = Lot
        fields = ("state", "product_id", "since", "until")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["product_id"].extra["choices"] = _product_options(self.queryset)

    def by_state(self, rows: LotQuerySet, name: str, state: str) -> LotQuerySet:
        return rows.held() if state == HELD else rows.filter(state=state)


def _product_options(rows: QuerySet[Lot]) -> list[tuple[str, str]]:
    """The products among these lots, by name."""
    pairs = rows.filter(product_id__isnull=False).order_by().values_list("product_id", "product_name").distinct()
    return sorted({str(key): str(name) for key, name in pairs[:1000]}.items(), key=lambda pair: pair[1])


def _state(lot: Any) -> Any:
    return _("Held") if lot.held else State(lot.state).label


class LotList(Listing[Lot]):
    title = _("Lots")
    columns = (
        Column(
            "code",
            _("Code"),
            value=lambda lot: grouped(lot.code),
            sort="code",
            url=lambda lot: address_of("trace:keep", lot.pk),
        ),
        Column("product", _("Product"), value=lambda lot: lot.product_name, sort="search_text"),
        Column("made", _("Made or harvested"), value=lambda lot: lot.produced_date, sort="produced_date"),
        Column("quantity", _("Quantity"), value=lambda lot: quantity_text(lot.quantity, Unit(lot.unit))),
        Column("left", _("Still there"), value=lambda lot: quantity_text(lot.available, Unit(lot.unit))),
        Column("until", _("Best before"), value=lambda lot: lot.expiry_date, sort="expiry_date"),
        Column(
            "state",
            _("State"),
            value=_state,
            sort="state",
            level=lambda lot: "danger" if lot.held else STATE_LEVELS[State(lot.state)],
        ),
    )
    filterset = LotFilter
    search_fields = ("search_text",)
    default_sort = "-made"
    empty = _("A harvest in the diary makes a lot by itself. Other goods are written down by hand.")


class SuspicionFilter(FilterSet):
    open = ChoiceFilter(
        label=_("State"),
        empty_label=_("All"),
        choices=[("open", _("To look into")), ("settled", _("Settled"))],
        method="by_state",
    )

    def by_state(self, rows: QuerySet[Suspicion], name: str, state: str) -> QuerySet[Suspicion]:
        return rows.filter(settled_at__isnull=state == "open")


class SuspicionList(Listing[Suspicion]):
    title = _("Reports of false labels")
    columns = (
        Column(
            "code",
            _("Code"),
            value=lambda report: grouped(report.code) if report.code else "–",
            url=lambda report: address_of("trace:suspicion", report.pk),
        ),
        Column("account", _("What was seen"), value=lambda report: report.account[:120]),
        Column("reported", _("Reported"), value=lambda report: report.reported_at, sort="reported_at"),
        Column(
            "state",
            _("State"),
            value=lambda report: report.get_outcome_display() or _("To look into"),
            level=lambda report: "plain" if report.settled_at else "warning",
        ),
    )
    filterset = SuspicionFilter
    default_sort = "-reported"
    empty = _("Nobody has reported a false label.")
