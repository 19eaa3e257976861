"""Rows for this domain's own services and pages."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from langso.kernel.access.actors import Actor
from langso.kernel.errors import NotHere
from langso.trade.products import access
from langso.trade.products.models import Certificate, Product, ProductQuerySet


def product_in_scope(product_id: UUID) -> Product:
    """The row in the open commune. Raises `NotHere`."""
    product = Product.objects.filter(pk=product_id).first()
    if product is None:
        raise NotHere(_("This product is not known here."))
    return product


def seen_product(actor: Actor, product_id: UUID) -> Product:
    """The row, when the actor may see it. A draft of others is `NotHere`: that it exists is nobody's business."""
    product = product_in_scope(product_id)
    if not access.can_see(actor, product):
        raise NotHere(_("This product is not known here."))
    return product


def desk_products(actor: Actor) -> ProductQuerySet:
    """The products that the actor works with, for the desk's list."""
    return Product.objects.visible_to(actor, household_id=access.own_household(actor))


def desk_certificates(actor: Actor) -> QuerySet[Certificate]:
    """The certificates of those products, soonest end first."""
    rows = Certificate.objects.filter(product__in=desk_products(actor)).select_related("product")
    return rows.order_by("valid_until", "id")
