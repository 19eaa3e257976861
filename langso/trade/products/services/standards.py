"""Product standards: the province publishes them at its hub, every commune has them in its list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.require import require
from langso.kernel.access.scope import every_commune, no_commune
from langso.kernel.errors import DomainError, Invalid, NotHere, Text
from langso.kernel.ids import new_id
from langso.kernel.journal.services import emit, service
from langso.kernel.text import Translated, nfc
from langso.trade.products import access
from langso.trade.products.events import StandardFacts, StandardPublished, StandardWithdrawn
from langso.trade.products.models import Standard
from langso.trade.products.queries.receipts import communes_of_province

WHY = "a standard of the province belongs to no commune"


class OnlyAtTheHub(DomainError):
    code = "only_at_the_hub"
    message = _("Standards are published at the province's hub. From there they come to the communes.")


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
    if settings.ROLE != "hub":
        raise OnlyAtTheHub()
    _check(standard)
    facts = StandardFacts(
        standard_id=new_id(),
        number=nfc(standard.number).strip(),
        title=standard.title.to_json(),
        goods=nfc(standard.goods).strip(),
        text=standard.text.to_json(),
        valid_from=standard.valid_from,
        issuer=_office_of(actor),
        communes=tuple(sorted(set(standard.communes))),
    )
    try:
        with transaction.atomic():
            _write(facts, clock.now())
    except IntegrityError:
        raise StandardInForce(fields={"number": StandardInForce.message}) from None
    _tell(actor, StandardPublished(standard=facts), facts.communes)
    return facts.standard_id


@service
def withdraw_standard(actor: Actor, *, standard_id: UUID, reason: str) -> None:
    """Take a standard out of force, everywhere. Raises `OnlyAtTheHub`, `NotHere` when it is not in force, `Invalid`."""
    require(access.can_publish_standard(actor), actor)
    if settings.ROLE != "hub":
        raise OnlyAtTheHub()
    said = nfc(reason).strip()[:300]
    if not said:
        raise Invalid(_("Say why, in one sentence."), fields={"reason": _("Say why, in one sentence.")})
    with every_commune(WHY):
        row = Standard.objects.filter(pk=standard_id).first()
        if row is None or not _withdraw(standard_id, said, clock.now()):
            raise NotHere(_("This standard is not in force."))
    _tell(actor, StandardWithdrawn(standard_id=standard_id, number=row.number, reason=said), row.communes.split())


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


def _tell(actor: Actor, fact: object, communes: Iterable[str]) -> None:
    """Send it down: once for all communes, or once to each that is named, so that nobody else gets it."""
    with no_commune():
        for commune in list(communes) or [""]:
            emit(actor.in_commune(""), fact, to=commune)


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
    here = {commune.code for commune in communes_of_province()}
    if not here.issuperset(standard.communes):
        fields["communes"] = _("One of these communes is not in this province.")
    if fields:
        raise Invalid(fields=fields)


def _office_of(actor: Actor) -> str:
    """The office in whose name the actor speaks: people are not named."""
    offices = (each.organisation for each in actor.memberships if each.role is Role.PROVINCE_OFFICER)
    return next((office for office in offices if office), "")
