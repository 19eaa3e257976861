"""From the cells of a row to a person: reading, mending, and the checks that every form makes."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from langso.community.people.rules.codes import HouseholdClass, Relation, Sex
from langso.community.people.rules.dates import Birth, read_birth
from langso.community.people.rules.details import PersonDetails, faults_of, tidied, tidy_code
from langso.community.people.rules.personal_number import digits_of, facts_of, fault_of, with_lost_zeros
from langso.community.people.rules.words import (
    CLASS_WORDS,
    DISABILITY_WORDS,
    ETHNICITY_WORDS,
    RELATION_WORDS,
    SEX_WORDS,
)
from langso.community.people.texts import FAULTS
from langso.kernel.imports.importer import Row
from langso.kernel.imports.values import Reading, Unreadable, choice, read_date
from langso.kernel.phones import read_phone
from langso.kernel.text import fold

SEX = choice(SEX_WORDS)
DISABILITY = choice(DISABILITY_WORDS)
CLASS = choice(CLASS_WORDS)
LISTED_ETHNICITY = choice(ETHNICITY_WORDS)
LISTED_RELATION = choice(RELATION_WORDS)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row's cells as values; what could not be read or was mended stands in `reading`."""

    row: Row
    reading: Reading
    code: str
    relation: Relation | None
    kind: HouseholdClass | None
    details: PersonDetails
    since: date | None

    @property
    def key(self) -> str:
        """What makes two rows the same person."""
        if self.details.personal_number:
            return self.details.personal_number
        birth = self.details.birth_date or self.details.birth_year or ""
        return f"{self.code}|{fold(self.details.name)}|{birth}"


def read_row(row: Row, *, today: date) -> ReadRow:
    """Read the cells of a row, mend what can only mean one thing, and check the person as every form does."""
    reading = Reading(row)
    birth = reading.value("birth", _birth) or Birth()
    typed = PersonDetails(
        name=row["name"],
        sex=reading.value("sex", SEX) or Sex.UNKNOWN,
        birth_date=birth.day,
        birth_year=birth.year,
        ethnicity=reading.value("ethnicity", _ethnicity) or "",
        personal_number=_number(reading),
        phone=row["phone"],
        disability=reading.value("disability", DISABILITY) or "",
    )
    details = tidied(_told_by_number(reading, typed, today))
    if details.name != typed.name:
        reading.repair("name", _("Written as “%(name)s”.") % {"name": details.name})
    if details.phone != typed.phone and read_phone(typed.phone) is None:
        reading.repair("phone", _("The old number became %(phone)s in 2018.") % {"phone": details.phone})
    for fault in faults_of(details, today=today):
        reading.problem("birth" if fault.field.startswith("birth") else fault.field, FAULTS[fault.code])
    return ReadRow(
        row=row,
        reading=reading,
        code=tidy_code(row["household_code"]),
        relation=reading.value("relation", _relation),
        kind=reading.value("household_class", CLASS),
        details=details,
        since=reading.value("since", partial(_past_day, today=today)),
    )


def _birth(text: str) -> Birth:
    birth = read_birth(text)
    if birth is None:
        raise Unreadable(_("Write day, month and year, such as 31/1/1990, or only the year."))
    return birth


def _past_day(text: str, *, today: date) -> date:
    day = read_date(text)
    if day > today:
        raise Unreadable(_("This date lies in the future."))
    return day


def _ethnicity(text: str) -> str:
    try:
        return LISTED_ETHNICITY(text)
    except Unreadable:
        raise Unreadable(
            _("No ethnicity of the official list has this name. Write it as in the list, or “other”.")
        ) from None


def _relation(text: str) -> Relation:
    if fold(text) == "chau":
        raise Unreadable(
            _("“cháu” can be a grandchild, a niece or a nephew. Write “cháu nội”, “cháu ngoại” or “người thân khác”.")
        )
    return LISTED_RELATION(text)


def _number(reading: Reading) -> str:
    typed = digits_of(reading.row["personal_number"])
    number = with_lost_zeros(typed)
    if number != typed:
        reading.repair("personal_number", _("The zeros in front, which the spreadsheet had dropped, are back."))
    return number


def _told_by_number(reading: Reading, details: PersonDetails, today: date) -> PersonDetails:
    """Fill in sex and birth year that only the personal number tells."""
    number = details.personal_number
    if not number or fault_of(number, this_year=today.year):
        return details
    facts = facts_of(number)
    if details.sex == Sex.UNKNOWN and not reading.row["sex"]:
        reading.repair("sex", _("Taken from the personal number."))
        details = replace(details, sex=facts.sex)
    if details.birth_year is None and not reading.row["birth"]:
        reading.repair("birth", _("The year is taken from the personal number."))
        details = replace(details, birth_year=facts.birth_year)
    return details
