"""What the register writes down of a person, and the checks that every way in shares: form, import, API."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from langso.community.people.rules.codes import ETHNICITY_CODES, Disability, Sex
from langso.community.people.rules.dates import OLDEST
from langso.community.people.rules.names import is_a_name, tidy_name
from langso.community.people.rules.personal_number import NumberFault, contradiction, digits_of, fault_of
from langso.community.people.rules.phones import read_phone
from langso.kernel.text import nfc


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """The facts of one person. Empty texts and None mean: not known. `birth_year` stands alone when no day is known."""

    name: str
    sex: Sex = Sex.UNKNOWN
    birth_date: date | None = None
    birth_year: int | None = None
    ethnicity: str = ""
    personal_number: str = ""
    phone: str = ""
    disability: str = ""


def tidy_code(typed: str) -> str:
    """A household's code as it is stored: NFC, in capitals, single spaces."""
    return " ".join(nfc(typed).upper().split())


class DetailFault(StrEnum):
    NAME = "NAME"
    BIRTH_FUTURE = "BIRTH_FUTURE"
    BIRTH_TOO_OLD = "BIRTH_TOO_OLD"
    ETHNICITY = "ETHNICITY"
    DISABILITY = "DISABILITY"
    PHONE = "PHONE"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and with which field of `PersonDetails`. Its sentence stands in `texts.FAULTS`."""

    field: str
    code: str


def tidied(details: PersonDetails) -> PersonDetails:
    """The same facts in the forms that are stored: NFC name, digits only, `+84…`. What cannot be read stays as
    typed."""
    return replace(
        details,
        name=tidy_name(details.name),
        birth_year=details.birth_date.year if details.birth_date else details.birth_year,
        personal_number=digits_of(details.personal_number),
        phone=read_phone(details.phone) or details.phone,
    )


def faults_of(details: PersonDetails, *, today: date) -> list[Fault]:
    """All faults of tidied details."""
    return [*_faults_of_facts(details), *_faults_of_birth(details, today), *_faults_of_number(details, today)]


def _faults_of_facts(details: PersonDetails) -> Iterator[Fault]:
    if not is_a_name(details.name):
        yield Fault("name", DetailFault.NAME)
    if details.ethnicity and details.ethnicity not in ETHNICITY_CODES:
        yield Fault("ethnicity", DetailFault.ETHNICITY)
    if details.disability and details.disability not in list(Disability):
        yield Fault("disability", DetailFault.DISABILITY)
    if details.phone and read_phone(details.phone) is None:
        yield Fault("phone", DetailFault.PHONE)


def _faults_of_birth(details: PersonDetails, today: date) -> Iterator[Fault]:
    field = "birth_date" if details.birth_date else "birth_year"
    year = details.birth_year
    if (details.birth_date and details.birth_date > today) or (year and year > today.year):
        yield Fault(field, DetailFault.BIRTH_FUTURE)
    if year is not None and year < today.year - OLDEST:
        yield Fault(field, DetailFault.BIRTH_TOO_OLD)


def _faults_of_number(details: PersonDetails, today: date) -> Iterator[Fault]:
    number = details.personal_number
    if not number:
        return
    fault: NumberFault | None = fault_of(number, this_year=today.year)
    fault = fault or contradiction(number, sex=details.sex, birth_year=details.birth_year)
    if fault:
        yield Fault("personal_number", fault)
