"""Certificates and claims: decisions without a database. The day is always an argument."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum


class CertificateKind(StrEnum):
    OCOP = "OCOP"
    VIETGAP = "VIETGAP"
    GLOBALGAP = "GLOBALGAP"
    ORGANIC = "ORGANIC"
    FOOD_SAFETY = "FOOD_SAFETY"
    HACCP = "HACCP"
    LAB_TEST = "LAB_TEST"
    GEOGRAPHICAL_INDICATION = "GEOGRAPHICAL_INDICATION"
    TRADEMARK = "TRADEMARK"
    OTHER = "OTHER"


class Standing(StrEnum):
    """How a certificate stands on one day."""

    VALID = "VALID"
    NOT_YET = "NOT_YET"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"


def standing(day: date, *, valid_from: date, valid_until: date | None, revoked_date: date | None) -> Standing:
    """How a certificate stands on a day. Both ends of its time count as valid; the day of its revocation does not."""
    if revoked_date is not None and day >= revoked_date:
        return Standing.REVOKED
    if day < valid_from:
        return Standing.NOT_YET
    if valid_until is not None and day > valid_until:
        return Standing.EXPIRED
    return Standing.VALID


OCOP_MONTHS = 36
"""An OCOP recognition lasts 36 months (Decision 148/QD-TTg of 24 February 2023)."""


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th day")


_CLAIMS: tuple[tuple[str, CertificateKind], ...] = (
    ("hữu cơ", CertificateKind.ORGANIC),
    ("huu co", CertificateKind.ORGANIC),
    ("organic", CertificateKind.ORGANIC),
    ("vietgap", CertificateKind.VIETGAP),
    ("viet gap", CertificateKind.VIETGAP),
    ("globalgap", CertificateKind.GLOBALGAP),
    ("global gap", CertificateKind.GLOBALGAP),
    ("ocop", CertificateKind.OCOP),
    ("haccp", CertificateKind.HACCP),
)
_NOT_A_CLAIM = re.compile(r"\b(phân (bón )?hữu cơ|phan (bon )?huu co|organic (fertili[sz]er|manure|matter))\b")


def unproven_claims(texts: Iterable[str], proven: Collection[CertificateKind]) -> list[CertificateKind]:
    """The kinds of certificate that texts (NFC) speak of and that are not proven, in the order of the list of claims.

    The word "hữu cơ" (organic) needs a certificate (Decree 109/2018/ND-CP); the marks VietGAP, GlobalGAP, OCOP and
    HACCP belong to those who hold them. "Phân hữu cơ" (organic manure) says how one farms and claims nothing.
    """
    text = _NOT_A_CLAIM.sub(" ", " | ".join(texts).casefold())
    claimed = [kind for words, kind in _CLAIMS if re.search(rf"\b{words}\b", text)]
    return [kind for kind in dict.fromkeys(claimed) if kind not in proven]
