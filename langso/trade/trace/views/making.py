"""Splitting, merging and processing lots."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from langso.kernel.access.requests import ActorRequest
from langso.kernel.units import Unit
from langso.trade.trace import services
from langso.trade.trace.forms import ProcessForm, SplitForm, TakingForm
from langso.trade.trace.models import Kind, Lot, State
from langso.trade.trace.queries.lots import products_for
from langso.trade.trace.queries.quantities import quantity_text
from langso.trade.trace.views.acts import form_page, read_or_post
from langso.trade.trace.views.desk import managed_lot

MOST_LOTS = 60


@read_or_post
def split(request: ActorRequest, lot_id: UUID) -> HttpResponse:
    """Take parts out of the lot, each with a code of its own."""
    lot = managed_lot(request.actor, lot_id)
    form = SplitForm(request.POST or None)

    def act() -> str:
        services.split_lot(
            request.actor,
            lot_id=lot_id,
            quantities=form.quantities(),
            done_date=form.cleaned_data["done_date"],
            note=form.cleaned_data["note"],
        )
        return reverse("trace:keep", args=[lot_id])

    shown = {"lot": lot, "left": quantity_text(lot.available, Unit(lot.unit))}
    return form_page(request, form, "trace/split.html", shown, act)


@read_or_post
def merge(request: ActorRequest, lot_id: UUID) -> HttpResponse:
    """The lot with others of the same product."""
    lot = managed_lot(request.actor, lot_id)
    form = TakingForm(request.POST or None, lots=_beside(lot, same_product=True), initial=_all_of(lot))

    def act() -> str:
        merged = services.merge_lots(
            request.actor,
            taken=form.taken(),
            done_date=form.cleaned_data["done_date"],
            note=form.cleaned_data["note"],
        )
        return reverse("trace:keep", args=[merged])

    return form_page(request, form, "trace/merge.html", {"lot": lot}, act)


@read_or_post
def process(request: ActorRequest, lot_id: UUID) -> HttpResponse:
    """The lot, alone or with others of its keeper, into other goods."""
    lot = managed_lot(request.actor, lot_id)
    form = ProcessForm(
        request.POST or None,
        lots=_beside(lot, same_product=False),
        products=products_for(lot),
        initial=_all_of(lot),
    )

    def act() -> str:
        made = services.process_lots(
            request.actor,
            kind=Kind(form.cleaned_data["kind"]),
            taken=form.taken(),
            made=form.made(),
            lost=form.loss(),
            done_date=form.cleaned_data["done_date"],
            note=form.cleaned_data["note"],
        )
        return reverse("trace:keep", args=[made[0]])

    return form_page(request, form, "trace/process.html", {"lot": lot}, act)


def _beside(lot: Lot, *, same_product: bool) -> list[Lot]:
    """This lot first, then its keeper's other lots that hold something and may move."""
    rows = Lot.objects.all().free().filter(available__gt=0, state__in=(State.RECORDED, State.ISSUED))
    rows = rows.filter(organisation_id=lot.organisation_id)
    if lot.organisation_id is None:
        rows = rows.filter(household_id=lot.household_id)
    if same_product:
        rows = rows.filter(product_id=lot.product_id)
    others = rows.exclude(pk=lot.pk).order_by("-produced_date", "pk")
    return [lot, *others[: MOST_LOTS - 1]]


def _all_of(lot: Lot) -> dict[str, object]:
    return {f"take_{lot.pk}": lot.available}
