"""What everybody sees: the commune's products, and each one's page."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from langso.kernel import clock
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.scope import commune_scope
from langso.kernel.errors import NotHere
from langso.kernel.listing import Column, Listing
from langso.trade.products import access
from langso.trade.products.models import Product
from langso.trade.products.queries import certificates_of, commune_of_product, maker_card
from langso.trade.products.queries.copies import (
    commune_of_copy,
    copied_certificates,
    copied_maker,
    copied_product,
)
from langso.trade.products.queries.products import card_of, cards_of
from langso.trade.products.queries.rows import seen_product


class PublicProducts(Listing[Product]):
    """The cards of the page are its own; the list gives search, pages and the CSV."""

    title = _("Products of the commune")
    columns = (
        Column("name", _("Product"), value=lambda product: product.name, sort="sort_name"),
        Column("brand", _("Brand"), value=lambda product: product.brand),
        Column("standard", _("Standard"), value=lambda product: product.standard),
    )
    search_fields = ("folded_name",)
    default_sort = "name"
    empty = _("No product is published yet.")
    page_size = 24


@require_safe
def products(request: ActorRequest) -> HttpResponse:
    """A catalogue in cards; the same list as CSV."""
    listing = PublicProducts(request, Product.objects.offered())
    start = (listing.page - 1) * listing.page_size
    rows = listing.found.prefetch_related("packs", "pictures")[start : start + listing.page_size]
    return listing.respond("products/products.html", {"products": cards_of(rows)})


@require_safe
def product(request: ActorRequest, product_id: UUID) -> HttpResponse:
    """The product's page; its address leads to it in whatever commune of this node it is at home."""
    try:
        commune = commune_of_product(product_id)
    except NotHere:
        elsewhere = commune_of_copy(product_id)
        if elsewhere is not None:
            return _copy(request, product_id, elsewhere)
        commune = request.actor.commune
    actor = request.actor if commune == request.actor.commune else replace(request.actor, commune=commune)
    with commune_scope(commune):
        row = seen_product(actor, product_id)
        today = clock.today()
        shown = {
            "product": card_of(row),
            "maker": maker_card(organisation_id=row.organisation_id, household_id=row.household_id),
            "certificates": certificates_of(product_id=row.pk, day=today, today=today),
            "can_edit": access.can_edit(actor, row),
        }
        return render(request, "products/product.html", shown)


def _copy(request: ActorRequest, product_id: UUID, commune: str) -> HttpResponse:
    """The page of a product of a commune that is at home on another node, as that node told it."""
    with commune_scope(commune):
        today = clock.today()
        shown = {
            "product": copied_product(product_id=product_id),
            "maker": copied_maker(product_id=product_id),
            "certificates": copied_certificates(product_id=product_id, day=today, today=today),
            "can_edit": False,
        }
        return render(request, "products/product.html", shown)
