"""The register's question "who else uses this household?", answered from products. Loaded when the app is ready."""

from collections.abc import Collection
from uuid import UUID

from langso.community.people.services import ask_before_withdrawing
from langso.trade.products.models import NameConsent, Product


@ask_before_withdrawing
def households_that_make_something(ids: Collection[UUID]) -> Collection[UUID]:
    """Households that make a product, or that agreed to be named as its maker."""
    return {
        household_id
        for rows in (Product.objects, NameConsent.objects)
        for household_id in rows.filter(household_id__in=ids).values_list("household_id", flat=True)
        if household_id
    }
