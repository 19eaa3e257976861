"""What others may know of products. Cards are frozen; dates are Vietnamese calendar dates."""

from langso.trade.products.queries.certificates import (
    CertificateCard,
    certificates_of,
    proven_kinds,
)
from langso.trade.products.queries.copies import copied_certificates, copied_maker, copied_product
from langso.trade.products.queries.makers import MakerCard, maker_card, name_agreed
from langso.trade.products.queries.products import (
    PackCard,
    ProductCard,
    commune_of_product,
    offered_products,
    product_card,
    product_choices,
    product_named,
)
from langso.trade.products.queries.public import PublicProduct, public_product, public_products
from langso.trade.products.queries.receipts import StandardReceipt, receipts, standards_received
from langso.trade.products.queries.standards import StandardCard, standard_card
from langso.trade.products.rules import CertificateKind, Standing

__all__ = [
    "CertificateCard",
    "CertificateKind",
    "MakerCard",
    "PackCard",
    "ProductCard",
    "PublicProduct",
    "StandardCard",
    "StandardReceipt",
    "Standing",
    "certificates_of",
    "commune_of_product",
    "copied_certificates",
    "copied_maker",
    "copied_product",
    "maker_card",
    "name_agreed",
    "offered_products",
    "product_card",
    "product_choices",
    "product_named",
    "proven_kinds",
    "public_product",
    "public_products",
    "receipts",
    "standard_card",
    "standards_received",
]
