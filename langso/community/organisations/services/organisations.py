"""An organisation is entered, revised, closed."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.community.organisations import access
from langso.community.organisations.events import OrganisationClosed, OrganisationFounded, OrganisationRevised
from langso.community.organisations.models import Organisation, OrganisationKind
from langso.community.organisations.queries.organisations import organisation_here
from langso.community.organisations.rules.tax_codes import looks_like_personal_number, read_tax_code
from langso.community.organisations.services.members import end_all
from langso.community.places.queries import commune_card, village_card
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.access.scope import every_commune, open_commune
from langso.kernel.errors import DomainError, Invalid, Text
from langso.kernel.journal.services import emit, service
from langso.kernel.phones import read_phone
from langso.kernel.text import alphabet_key, fold, nfc


class OrganisationExists(DomainError):
    code = "organisation_exists"
    message = _("There is already an organisation of this kind with this name.")


class TaxCodeTaken(DomainError):
    code = "tax_code_taken"
    message = _("Another organisation of the commune has this tax code.")


class BadOrganisation(Invalid):
    code = "bad_organisation"
    message = _("Some details of the organisation are not right.")


class AlreadyClosed(DomainError):
    code = "organisation_already_closed"
    message = _("This organisation was already closed.")


@dataclass(frozen=True, slots=True)
class Details:
    """What a form says of an organisation, checked and in stored form."""

    name: str
    tax_code: str
    village_id: UUID | None
    address: str
    phone: str
    founded_date: date | None


@service
def found_organisation(
    actor: Actor,
    *,
    kind: str,
    name: str,
    tax_code: str = "",
    village_id: UUID | None = None,
    address: str = "",
    phone: str = "",
    founded_date: date | None = None,
) -> UUID:
    """Enter an organisation of the open commune; an office of the province (`PROVINCE`) of the open commune's province.

    Raises `BadOrganisation` (with fields), `OrganisationExists`, `TaxCodeTaken`, `NotHere` for a village elsewhere.
    """
    require(access.can_found(actor, kind), actor)
    if kind not in OrganisationKind.values:
        raise BadOrganisation(fields={"kind": _("Choose what kind of organisation it is.")})
    details = _checked(name, tax_code, village_id, address, phone, founded_date)
    of_province = kind == OrganisationKind.PROVINCE
    row = Organisation(
        kind=kind,
        **_columns(details),
        commune="" if of_province else open_commune(),
        province_code=commune_card(open_commune()).province_code if of_province else "",
        registered_at=clock.now(),
    )
    _refuse_double(row)
    row.save(force_insert=True)
    emit(
        actor,
        OrganisationFounded(
            organisation_id=row.pk,
            kind=kind,
            name=row.name,
            tax_code=row.tax_code,
            village_id=row.village_id,
            address=row.address,
            phone=row.phone,
            founded_date=founded_date,
            province_code=row.province_code,
        ),
    )
    return row.pk


@service
def revise_organisation(
    actor: Actor,
    *,
    organisation_id: UUID,
    name: str,
    tax_code: str = "",
    village_id: UUID | None = None,
    address: str = "",
    phone: str = "",
    founded_date: date | None = None,
) -> None:
    """Change what is known of an organisation; its kind stays. Raises as `found_organisation`, and `AlreadyClosed`."""
    row = organisation_here(organisation_id)
    require(access.can_revise(actor, row), actor)
    if row.closed_date is not None:
        raise AlreadyClosed()
    details = _checked(name, tax_code, village_id, address, phone, founded_date)
    columns = _columns(details)
    if all(getattr(row, name) == value for name, value in columns.items()):
        return
    for name, value in columns.items():
        setattr(row, name, value)
    _refuse_double(row)
    with every_commune("an office of the province belongs to no commune"):
        Organisation.objects.filter(pk=row.pk).update(**columns)
    emit(
        actor,
        OrganisationRevised(
            organisation_id=row.pk,
            kind=row.kind,
            name=details.name,
            tax_code=details.tax_code,
            village_id=details.village_id,
            address=details.address,
            phone=details.phone,
            founded_date=details.founded_date,
        ),
    )


@service
def close_organisation(
    actor: Actor, *, organisation_id: UUID, closed_date: date | None = None, reason: str = ""
) -> None:
    """Close an organisation from a day on (today when none is given); all that is held in it ends with it.

    Raises `AlreadyClosed`, `BadOrganisation` for a day before it was founded or in the future.
    """
    row = organisation_here(organisation_id)
    require(access.can_close(actor, row), actor)
    today = clock.today()
    day = closed_date or today
    if day > today or (row.founded_date and day < row.founded_date):
        raise BadOrganisation(fields={"closed_date": _("Choose a day after it was founded, today at the latest.")})
    with every_commune("an office of the province belongs to no commune"):
        if not Organisation.objects.filter(pk=row.pk, closed_date__isnull=True).update(closed_date=day):
            raise AlreadyClosed()
        end_all(actor, organisation=row, day=day)
    emit(
        actor,
        OrganisationClosed(organisation_id=row.pk, kind=row.kind, name=row.name, closed_date=day),
        reason=nfc(reason).strip(),
    )


def _checked(
    name: str, tax_code: str, village_id: UUID | None, address: str, phone: str, founded_date: date | None
) -> Details:
    fields: dict[str, Text] = {}
    called = " ".join(nfc(name).split())
    if not called or len(called) > 160:
        fields["name"] = _("Write the organisation's name, at most 160 letters.")
    tax = read_tax_code(tax_code) if tax_code.strip() else ""
    if tax is None:
        fields["tax_code"] = _why_no_tax_code(tax_code)
    number = read_contact_phone(phone)
    if number is None:
        fields["phone"] = _("This is not a Vietnamese phone number.")
    if founded_date and founded_date > clock.today():
        fields["founded_date"] = _("The day lies in the future.")
    if fields:
        raise BadOrganisation(fields=fields)
    if village_id is not None:
        village_card(village_id)
    return Details(called, tax or "", village_id, nfc(address).strip(), number or "", founded_date)


def _columns(details: Details) -> dict[str, Any]:
    return {
        "name": details.name,
        "folded_name": fold(details.name),
        "sort_name": alphabet_key(details.name),
        "tax_code": details.tax_code,
        "village_id": details.village_id,
        "address": details.address,
        "phone": details.phone,
        "founded_date": details.founded_date,
    }


def _why_no_tax_code(typed: str) -> Text:
    if looks_like_personal_number(typed):
        return _(
            "Twelve digits are a personal number. A household business leaves this empty: "
            "personal numbers are kept in the register of persons only."
        )
    return _("This is not a tax code: it has ten digits (a branch has three more), and the tenth must fit the others.")


def read_contact_phone(typed: str) -> str | None:
    """The office's number as it is kept: a mobile as `+84…`, a fixed line as its digits, empty for empty, else None."""
    if not typed.strip():
        return ""
    mobile = read_phone(typed)
    if mobile:
        return mobile
    digits = "".join(character for character in typed if character.isdigit())
    return digits if digits.startswith(("02", "1800", "1900")) and 8 <= len(digits) <= 11 else None


def _refuse_double(row: Organisation) -> None:
    with every_commune("an office of the province belongs to no commune"):
        others = Organisation.objects.filter(commune=row.commune).exclude(pk=row.pk)
        same = others.filter(
            kind=row.kind, folded_name=row.folded_name, province_code=row.province_code, closed_date__isnull=True
        )
        if same.exists():
            raise OrganisationExists(fields={"name": OrganisationExists.message})
        if row.tax_code and others.filter(tax_code=row.tax_code).exists():
            raise TaxCodeTaken(fields={"tax_code": TaxCodeTaken.message})
