"""Decisions about signing in: how often one may try, how long a session lasts, what a message says. No Django."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from langso.kernel.access.actors import Role
from langso.kernel.phones import phone_on_screen
from langso.kernel.text import fold, nfc, sort_key

CODE_DIGITS: Final = 6
CODE_LIFETIME: Final = timedelta(minutes=10)
ASSIST_LENGTH: Final = timedelta(minutes=15)
TOKEN_DAYS: Final = 30
TOKEN_MOST_DAYS: Final = 366

DEMO_PASSWORD: Final = "ruong-bac-thang-9"  # noqa: S105
"""Of invented people only; the log-in page of a demonstration shows it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries in a window; the one that uses up the last try starts the window anew, as a lock-out."""

    name: str
    most: int
    window: timedelta


WRONG_CODES: Final = Limit("wrong-codes", 5, timedelta(minutes=15))
"""Of one phone, in whatever browser: 480 guesses a day at most, so a code of six digits falls once in six years."""

CODES_TO_PHONE: Final = Limit("codes-to-phone", 4, timedelta(minutes=15))
CODES_TO_PHONE_A_DAY: Final = Limit("codes-to-phone-a-day", 15, timedelta(days=1))
"""Nobody's phone can be made to ring all day."""

CODES_FROM_ADDRESS: Final = Limit("codes-from-address", 40, timedelta(hours=1))
"""Generous: a clubhouse and whole streets on one mobile mast share an address."""

CODES_OF_NODE: Final = Limit("codes-of-node", 1000, timedelta(hours=1))
"""What a node pays for at most when somebody makes it send messages around the country."""

WRONG_PASSWORDS: Final = Limit("wrong-passwords", 5, timedelta(minutes=15))
PASSWORDS_FROM_ADDRESS: Final = Limit("passwords-from-address", 60, timedelta(hours=1))

SHORT_SESSION: Final = timedelta(hours=12)
LONG_SESSION: Final = timedelta(days=90)
SEES_OTHERS: Final = frozenset({Role.HELPER, Role.OFFICER, Role.PROVINCE_OFFICER, Role.OPERATOR})


def name_columns(*, name: str = "", username: str = "", phone: str = "") -> dict[str, str]:
    """The name as it is stored, what sorts it as a Vietnamese list does, and what the operator's list searches."""
    folded = fold(f"{name} {username} {phone} {phone_on_screen(phone).replace(' ', '')}")
    return {"name": nfc(name), "sort_name": sort_key(name), "folded": folded[:240]}


def session_length(roles: Iterable[Role]) -> timedelta:
    """How long a session lasts after its last use.

    90 days on a farmer's own phone, where signing in again is the hardest step of all. 12 hours, one working day, for
    whoever may open other people's records: a desk computer is shared and left open, so tomorrow needs a new sign-in.
    """
    return SHORT_SESSION if SEES_OTHERS.intersection(roles) else LONG_SESSION


def refresh_after(length: timedelta) -> timedelta:
    """How long a session may be in use before its end is moved on: seldom enough that reading a page writes nothing."""
    return length / 24 if length <= SHORT_SESSION else timedelta(days=1)


def for_sms(text: str) -> str:
    """The text without diacritics: 160 letters to a part instead of 70, and readable on the oldest phone."""
    marked = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return plain.encode("ascii", "ignore").decode()
