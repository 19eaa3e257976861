"""Writes of products: describing, publishing, pictures, certificates, and a household's word about its name."""

from langso.trade.products.rules import CertificateKind
from langso.trade.products.services.certificates import (
    AlreadyThere,
    CertificateDescription,
    record_certificate,
    revoke_certificate,
)
from langso.trade.products.services.copies import keep_certificate_copy, keep_product_copy
from langso.trade.products.services.describing import (
    ClaimNotProven,
    Description,
    NotInThatState,
    PackDescription,
    change_product,
    describe_product,
    publish_product,
    withdraw_product,
)
from langso.trade.products.services.names import agree_to_name
from langso.trade.products.services.pictures import TooManyPictures, Upload, add_picture, remove_picture
from langso.trade.products.services.standards import (
    StandardDescription,
    StandardInForce,
    end_standard,
    publish_standard,
    take_standard,
    withdraw_standard,
)

__all__ = [
    "AlreadyThere",
    "CertificateDescription",
    "CertificateKind",
    "ClaimNotProven",
    "Description",
    "NotInThatState",
    "PackDescription",
    "StandardDescription",
    "StandardInForce",
    "TooManyPictures",
    "Upload",
    "add_picture",
    "agree_to_name",
    "change_product",
    "describe_product",
    "end_standard",
    "keep_certificate_copy",
    "keep_product_copy",
    "publish_product",
    "publish_standard",
    "record_certificate",
    "remove_picture",
    "revoke_certificate",
    "take_standard",
    "withdraw_product",
    "withdraw_standard",
]
