"""Vietnamese mobile numbers, read in any usual form and kept in one: `+84` and nine digits. No database.

Source: the numbering plan of Circular 22/2014/TT-BTTTT as it stands since the change of 2018: mobile numbers are the
nine digits after the trunk 0, beginning with 3, 5, 7, 8 or 9. Fixed lines begin with 2 and get no messages.
"""

import re
import unicodedata

_BETWEEN = re.compile(r"[\s.\-()/\u2010-\u2015]+")
_MOBILE = re.compile(r"(?:\+84|0084|84)?0?(?P<number>[35789]\d{8})", re.ASCII)


def read_phone(typed: str) -> str | None:
    """The number a person meant (0912 345 678, 84912345678, +84 (0)912.345.678, 912345678), or None when it is none."""
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed))
    found = _MOBILE.fullmatch(plain)
    return f"+84{found['number']}" if found else None


def phone_on_screen(phone: str) -> str:
    """A kept number as people read it aloud: `0912 345 678`. Anything else is given back as it is."""
    if not re.fullmatch(r"\+84\d{9}", phone):
        return phone
    return f"0{phone[3:6]} {phone[6:9]} {phone[9:]}"


def masked_phone(phone: str) -> str:
    """A kept number of which a stranger who looks over the shoulder learns little: `0912 *** 678`."""
    return f"{phone_on_screen(phone)[:4]} *** {phone[-3:]}"
