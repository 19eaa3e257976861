"""Money: whole đồng, as an `int`, everywhere. No fractions exist, so no rounding is hidden here."""

import re
from typing import Final

from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import Invalid

LARGEST: Final = 10**15 - 1
"""One đồng less than a quadrillion, the largest amount that may be typed; fits a BIGINT and a JavaScript number."""

_UNIT = re.compile(r"\s*(?:đồng|đ|₫|vnđ|vnd)\.?$", re.IGNORECASE)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([. \u00a0\u202f])[0-9]{3}(?:\1[0-9]{3})*")
_PLAIN = re.compile(r"0|[1-9][0-9]*")


class NotAnAmount(Invalid):
    code = "not_an_amount"
    message = _("Write the amount in đồng with digits, such as 1.250.000.")


class AmountHasComma(NotAnAmount):
    code = "amount_has_comma"
    message = _("Write the amount in đồng without a comma, such as 1.250.000.")


class AmountTooLarge(NotAnAmount):
    code = "amount_too_large"
    message = _("This amount is too large. Check the number of zeros.")


def dong(amount: int) -> str:
    """The amount as people write it: `dong(1250000)` is "1.250.000 đ"."""
    return f"{amount:,} đ".replace(",", ".")


def parse_dong(typed: str) -> int:
    """The whole đồng that somebody typed, zero or more: "1.250.000", "1 250 000", "1250000", with or without "đ".

    Strict on purpose: "1,25", "1.25" and "1.2500" could mean two things, so they raise `NotAnAmount` (a comma:
    `AmountHasComma`) instead of becoming a guess. More than `LARGEST` raises `AmountTooLarge`.
    """
    if len(typed) > 60:
        raise AmountTooLarge()
    text = _UNIT.sub("", typed.strip())
    if "," in text:
        raise AmountHasComma()
    if not (_PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)):
        raise NotAnAmount()
    amount = int(re.sub(r"\D", "", text))
    if amount > LARGEST:
        raise AmountTooLarge()
    return amount
