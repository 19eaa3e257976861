"""The keeper's desk: the list of lots, a lot's page, and the acts on it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.errors import Text
from langso.kernel.ui.forms import ReasonForm
from langso.kernel.units import Unit, convert, same_measure
from langso.trade.products.queries import PackCard, ProductCard, product_card, product_choices
from langso.trade.trace import access, services
from langso.trade.trace.forms import LotForm, PackForm, ProductForm
from langso.trade.trace.models import Lot, State
from langso.trade.trace.queries.lots import is_held, lots_of, products_for, seen_lot
from langso.trade.trace.queries.page import holds_of
from langso.trade.trace.queries.quantities import pack_text, quantity_text
from langso.trade.trace.queries.way import way_of
from langso.trade.trace.queries.ways import child_ids, parent_ids
from langso.trade.trace.views.acts import form_page, read_or_post
from langso.trade.trace.views.lists import LotList


@require_safe
def lots(request: ActorRequest) -> HttpResponse:
    """The lots that one works with: search, filters, CSV."""
    require(access.can_use_desk(request.actor), request.actor)
    shown = {"can_add": bool(keepers_products(request.actor))}
    return LotList(request, lots_of(request.actor).with_held()).respond("trace/lots.html", shown)


@read_or_post
def new(request: ActorRequest) -> HttpResponse:
    """Write down a lot of goods that no diary tells of."""
    products = keepers_products(request.actor)
    require(bool(products) or access.can_use_desk(request.actor), request.actor)
    form = LotForm(request.POST or None, products=products)

    def record() -> str:
        data = form.cleaned_data
        product = product_card(product_id=data["product"])
        lot_id = services.record_lot(
            request.actor,
            product_id=product.id,
            quantity=data["quantity"],
            unit=Unit(data["unit"]),
            produced_date=data["produced_date"],
            organisation_id=product.organisation_id,
            household_id=product.household_id,
        )
        return _address(lot_id)

    return form_page(request, form, "trace/lot_form.html", {"products": products}, record)


@require_safe
def keep(request: ActorRequest, lot_id: UUID) -> HttpResponse:
    """A lot as its keeper sees it: what it is, where it stands, what may be done with it."""
    lot = seen_lot(request.actor, lot_id)
    shown = {
        "lot": lot,
        "held": is_held(lot),
        "facts": list(_facts(lot)),
        "way": way_of(lot).items,
        "holds": holds_of(lot),
        "prints": lot.prints.all(),
        "parents": _links(parent_ids([lot.pk])),
        "children": _links(child_ids([lot.pk])),
        "product_form": ProductForm(products=products_for(lot), initial={"product": lot.product_id}),
        "can_manage": access.can_manage_lot(request.actor, lot),
        "can_hold": access.can_hold_lot(request.actor, lot),
        "can_release": access.can_release_lot(request.actor, lot),
        "may_move": not is_held(lot) and lot.state in (State.RECORDED, State.ISSUED),
    }
    return render(request, "trace/keep.html", shown)


@require_POST
def product(request: ActorRequest, lot_id: UUID) -> HttpResponse:
    """Say which product a recorded lot is."""
    lot = managed_lot(request.actor, lot_id)
    form = ProductForm(request.POST, products=products_for(lot))
    if form.is_valid():
        services.name_product(request.actor, lot_id=lot_id, product_id=form.cleaned_data["product"])
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose a product of the one who keeps this lot."))
    return redirect(_address(lot_id))


@require_POST
def issue(request: ActorRequest, lot_id: UUID) -> HttpResponse:
    """Make the lot public, so that labels may be printed."""
    services.issue_lot(request.actor, lot_id=lot_id)
    messages.success(request, _("Issued: the lot's page is public, and labels may be printed."))
    return redirect(_address(lot_id))


@require_POST
def sale_end(request: ActorRequest, lot_id: UUID) -> HttpResponse:
    """Nothing of the lot is left to sell."""
    services.sell_out(request.actor, lot_id=lot_id)
    messages.success(request, _("Saved."))
    return redirect(_address(lot_id))


@read_or_post
def packing(request: ActorRequest, lot_id: UUID) -> HttpResponse:
    """Write down that the lot was packed."""
    lot = managed_lot(request.actor, lot_id)
    form = PackForm(request.POST or None, initial=_packs_of(lot))

    def pack() -> str:
        data = form.cleaned_data
        services.pack_lot(
            request.actor,
            lot_id=lot_id,
            packed_date=data["packed_date"],
            pack_unit=Unit(data["pack_unit"]),
            content=data["content"],
            content_unit=Unit(data["content_unit"]),
            count=data["count"],
        )
        return _address(lot_id)

    return form_page(request, form, "trace/packing.html", _of(lot), pack)


@read_or_post
def withdrawal(request: ActorRequest, lot_id: UUID) -> HttpResponse:
    """Take the lot off the market, with the reason."""
    lot = managed_lot(request.actor, lot_id)
    form = ReasonForm(request.POST or None)

    def withdraw() -> str:
        services.withdraw_lot(request.actor, lot_id=lot_id, reason=form.cleaned_data["reason"])
        return _address(lot_id)

    shown = {
        **_of(lot),
        "title": _("Withdraw the lot"),
        "text": _("It leaves the market for good. Everybody who scans its code is told to bring it back, and why."),
        "submit": _("Withdraw the lot"),
    }
    return form_page(request, form, "trace/reason.html", shown, withdraw)


@read_or_post
def hold(request: ActorRequest, lot_id: UUID) -> HttpResponse:
    """Hold the lot, and what was made from it, with the reason."""
    lot = seen_lot(request.actor, lot_id)
    require(access.can_hold_lot(request.actor, lot), request.actor)
    form = ReasonForm(request.POST or None)

    def put() -> str:
        services.hold_lot(request.actor, lot_id=lot_id, reason=form.cleaned_data["reason"])
        return _address(lot_id)

    shown = {
        **_of(lot),
        "title": _("Hold the lot"),
        "text": _("Until somebody responsible releases it, nothing is done with it or with what was made from it.")
        + " "
        + _("Buyers see the reason."),
        "submit": _("Hold the lot"),
    }
    return form_page(request, form, "trace/reason.html", shown, put)


@read_or_post
def release(request: ActorRequest, lot_id: UUID, hold_id: UUID) -> HttpResponse:
    """Let the lot go from one hold, by name and with the reason."""
    lot = seen_lot(request.actor, lot_id)
    require(access.can_release_lot(request.actor, lot), request.actor)
    form = ReasonForm(request.POST or None)

    def let_go() -> str:
        services.release_lot(request.actor, lot_id=lot_id, hold_id=hold_id, reason=form.cleaned_data["reason"])
        return _address(lot_id)

    shown = {
        **_of(lot),
        "title": _("Release the lot"),
        "text": _("Your name and your reason stand on the lot's public page."),
        "submit": _("Release the lot"),
    }
    return form_page(request, form, "trace/reason.html", shown, let_go)


def managed_lot(actor: Actor, lot_id: UUID) -> Lot:
    """The lot, for one who keeps it."""
    lot = seen_lot(actor, lot_id)
    require(access.can_manage_lot(actor, lot), actor)
    return lot


def keepers_products(actor: Actor) -> list[ProductCard]:
    """The products of all for whom the actor may record lots."""
    found = [
        product
        for each in actor.organisation_ids(Role.COOPERATIVE_MANAGER)
        for product in product_choices(organisation_id=each, household_id=None)
    ]
    household_id = access.own_household(actor)
    return found + (product_choices(organisation_id=None, household_id=household_id) if household_id else [])


def _facts(lot: Lot) -> Iterator[tuple[Text, str]]:
    yield _("Product"), str(lot.product_name) if lot.product_id else ""
    yield _("Quantity"), quantity_text(lot.quantity, Unit(lot.unit))
    yield _("Still there"), quantity_text(lot.available, Unit(lot.unit))
    yield _("Made or harvested"), f"{lot.produced_date:%d/%m/%Y}"
    yield _("Packed"), f"{lot.packed_date:%d/%m/%Y}, {pack_text(lot)}" if lot.packed_date else ""
    yield _("Best before"), f"{lot.expiry_date:%d/%m/%Y}" if lot.expiry_date else ""
    yield _("Place"), lot.place.name if lot.place else ""
    yield _("Comes from"), lot.get_origin_display()


def _links(lot_ids: set[UUID]) -> list[Lot]:
    return list(Lot.objects.filter(pk__in=lot_ids).order_by("recorded_at", "pk"))


def _packs_of(lot: Lot) -> dict[str, Any]:
    """The product's first pack and how many of it the lot fills, offered as a start."""
    card = product_card(product_id=lot.product_id) if lot.product_id else None
    if card is None or not card.packs:
        return {}
    pack = card.packs[0]
    return {"pack_unit": pack.unit, "content": pack.content, "content_unit": pack.content_unit, **_count(lot, pack)}


def _count(lot: Lot, pack: PackCard) -> dict[str, int]:
    if not same_measure(Unit(lot.unit), pack.content_unit):
        return {}
    whole = convert(lot.available, Unit(lot.unit), pack.content_unit)
    return {"count": int(whole / pack.content)}


def _of(lot: Lot) -> dict[str, Any]:
    return {"lot": lot, "left": quantity_text(lot.available, Unit(lot.unit))}


def _address(lot_id: UUID) -> str:
    return reverse("trace:keep", args=[lot_id])
