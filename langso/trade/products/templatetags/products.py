"""Words and addresses for the pages of products."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from langso.kernel.errors import Text
from langso.kernel.files.queries import picture_url
from langso.kernel.units import UNIT_NAMES
from langso.trade.products.models import RiskLevel
from langso.trade.products.queries import PackCard, ProductCard
from langso.trade.products.rules import Standing

register = template.Library()

LEVELS = {
    Standing.VALID: "ok",
    Standing.NOT_YET: "plain",
    Standing.EXPIRED: "warning",
    Standing.REVOKED: "danger",
}


@register.simple_tag
def picture(sha256: str, size: str = "thumb") -> str:
    """The address of a public picture."""
    return picture_url(sha256, size)


@register.filter
def stars(count: int) -> str:
    return "★" * count


@register.filter
def standing_name(found: Standing) -> str:
    """How a certificate stands, in a word."""
    return {
        Standing.VALID: _("valid"),
        Standing.NOT_YET: _("not valid yet"),
        Standing.EXPIRED: _("expired"),
        Standing.REVOKED: _("taken back"),
    }[found]


@register.filter
def standing_level(found: Standing) -> str:
    return LEVELS[found]


@register.filter
def pack_text(pack: PackCard) -> str:
    """ "bag of 0,5 kg" """
    plain = pack.content.normalize()
    content = f"{number_format(f'{plain:f}', force_grouping=False)} {UNIT_NAMES[pack.content_unit]}"
    return _("%(unit)s of %(content)s") % {"unit": UNIT_NAMES[pack.unit], "content": content}


@register.filter
def product_facts(product: ProductCard) -> Iterable[tuple[Text, Any]]:
    """What a buyer asks about a product; what is empty is shown as not supplied."""
    yield _("Brand"), product.brand
    yield _("Standard applied"), product.standard
    yield _("Packs"), ", ".join(pack_text(pack) for pack in product.packs)
    yield _("Keeps for"), _days(product.shelf_life_days)
    yield _("How to store it"), str(product.storage)
    yield _("Risk level by law"), RiskLevel(product.risk_level).label


def _days(days: int | None) -> str:
    if days is None:
        return ""
    return ngettext("%(days)d day after packing", "%(days)d days after packing", days) % {"days": days}
