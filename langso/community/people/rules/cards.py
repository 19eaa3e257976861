"""The text in the QR code of a citizen identity card.

Source: as read by public programs, not from an official paper: `number|old number|name|ddmmyyyy|sex|address|issue
date`.
"""

from datetime import date

from langso.community.people.rules.codes import Sex
from langso.community.people.rules.details import PersonDetails
from langso.community.people.rules.names import tidy_name


def read_card(scanned: str) -> PersonDetails | None:
    """What a card says of its owner, or None when the text is no card's."""
    parts = [part.strip() for part in scanned.strip().split("|")]
    if len(parts) < 7 or not (parts[0].isdigit() and len(parts[0]) == 12):
        return None
    sex = {"nam": Sex.MALE, "nữ": Sex.FEMALE}.get(parts[4].lower(), Sex.UNKNOWN)
    birth = _date(parts[3])
    return PersonDetails(
        name=tidy_name(parts[2]),
        sex=sex,
        birth_date=birth,
        birth_year=birth.year if birth else None,
        personal_number=parts[0],
    )


def _date(digits: str) -> date | None:
    if len(digits) != 8 or not digits.isdigit():
        return None
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None
