"""Product standards: the province publishes them at its hub, every commune has them in its list."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.access.scope import every_commune
from langso.kernel.errors import DomainError, Invalid, NotHere, Text
from langso.kernel.ids import new_id
from langso.kernel.journal.services import service
from langso.kernel.link.publishing import (
    fault_of_communes,
    office_of,
    require_hub,
    tell_communes,
)
from langso.kernel.text import Translated, nfc
from langso.trade.products import access
from langso.trade.products.events import StandardFacts, StandardPublished, StandardWithdrawn
from langso.trade.products.models import Standard

WHY = "a standard of the province belongs to no commune"


class StandardInForce(DomainError):
    code = "standard_in_force"
    message = _("A standard with this number is in force. Withdraw it first.")


@dataclass(frozen=True, slots=True)
class StandardDescription:
    """What a standard says. `goods`: for what it is meant; `communes`: to which it is addressed, none means all."""

    number: str
    title: Translated
    goods: str
    text: Translated
    valid_from: date
    communes: tuple[str, ...] = ()


@service
def publish_standard(actor: Actor, *, standard: StandardDescription) -> UUID:
    """Publish a standard to all or some communes; returns its id.

    Raises `OnlyAtTheHub`, `StandardInForce`, `Invalid`.
    """
    require(access.can_publish_standard(actor), actor)
    require_hub()
    _check(standard)
    facts = StandardFacts(
        standard_id=new_id(),
        number=nfc(standard.number).strip(),
        title=standard.title.to_json(),
        goods=nfc(standard.goods).strip(),
        text=standard.text.to_json(),
        valid_from=standard.valid_from,
        issuer=office_of(actor),
        communes=tuple(sorted(set(standard.communes))),
    )
    try:
        with transaction.atomic():
            _write(facts, clock.now())
    except IntegrityError:
        raise StandardInForce(fields={"number": StandardInForce.message}) from None
    tell_communes(actor, StandardPublished(standard=facts), communes=facts.communes)
    return facts.standard_id


@service
def withdraw_standard(actor: Actor, *, standard_id: UUID, reason: str) -> None:
    """Take a standard out of force, everywhere. Raises `OnlyAtTheHub`, `NotHere` when it is not in force, `Invalid`."""
    require(access.can_publish_standard(actor), actor)
    require_hub()
    said = nfc(reason).strip()[:300]
    if not said:
        raise Invalid(_("Say why, in one sentence."), fields={"reason": _("Say why, in one sentence.")})
    with every_commune(WHY):
        row = Standard.objects.filter(pk=standard_id).first()
        if row is None or not _withdraw(standard_id, said, clock.now()):
            raise NotHere(_("This standard is not in force."))
    fact = StandardWithdrawn(standard_id=standard_id, number=row.number, reason=said)
    tell_communes(actor, fact, communes=row.communes.split())


@service
def take_standard(actor: Actor, *, told: StandardPublished, told_at: datetime) -> None:
    """Write down a standard that the hub published."""
    require(actor.is_system, actor)
    _write(told.standard, told_at)


@service
def end_standard(actor: Actor, *, told: StandardWithdrawn, told_at: datetime) -> None:
    """Write down that the hub withdrew a standard."""
    require(actor.is_system, actor)
    _withdraw(told.standard_id, told.reason, told_at)


def _write(facts: StandardFacts, at: datetime) -> None:
    with every_commune(WHY):
        Standard.objects.update_or_create(
            pk=facts.standard_id,
            defaults={
                "commune": "",
                "number": facts.number,
                "title": Translated.from_json(facts.title),
                "goods": facts.goods,
                "text": Translated.from_json(facts.text),
                "valid_from": facts.valid_from,
                "issuer": facts.issuer,
                "communes": " ".join(facts.communes),
                "published_at": at,
            },
        )


def _withdraw(standard_id: UUID, reason: str, at: datetime) -> bool:
    with every_commune(WHY):
        in_force = Standard.objects.filter(pk=standard_id, withdrawn_at=None)
        return bool(in_force.update(withdrawn_at=at, withdrawn_reason=reason))


def _check(standard: StandardDescription) -> None:
    fields: dict[str, Text] = {}
    if not standard.number.strip():
        fields["number"] = _("Write the standard's number.")
    if not standard.title.vi.strip():
        fields["title_vi"] = _("Write what it is called.")
    if not standard.text.vi.strip():
        fields["text_vi"] = _("Write what it asks for.")
    if fault := fault_of_communes(standard.communes):
        fields["communes"] = fault
    if fields:
        raise Invalid(fields=fields)
