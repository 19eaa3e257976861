"""Describing, publishing and withdrawing products."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, Invalid
from langso.kernel.journal.services import emit, service
from langso.kernel.text import Translated, alphabet_key, fold, nfc
from langso.kernel.units import Unit
from langso.trade.products import access
from langso.trade.products.events import ProductPublished, ProductWithdrawn
from langso.trade.products.models import KIND_NAMES, Pack, Product, ProductStep, RiskLevel, State
from langso.trade.products.queries.certificates import proven_kinds
from langso.trade.products.queries.makers import maker_card
from langso.trade.products.queries.rows import seen_product
from langso.trade.products.rules import unproven_claims
from langso.trade.products.services.facts import facts_of, tell_described


class ClaimNotProven(Invalid):
    """The text speaks of organic, VietGAP, OCOP … and no certificate of that kind is valid today."""

    code = "claim_not_proven"


class NotInThatState(DomainError):
    """Somebody was faster, or the page was old."""

    code = "not_in_that_state"
    message = _("The product is no longer in that state. Open its page again.")


NO_TEXT = Translated()


@dataclass(frozen=True, slots=True)
class PackDescription:
    unit: Unit
    content: Decimal
    content_unit: Unit


@dataclass(frozen=True, slots=True)
class Description:
    """What a maker writes about a product. `shelf_life_days` counts from the day of packing."""

    name: Translated
    unit: Unit
    story: Translated = NO_TEXT
    storage: Translated = NO_TEXT
    brand: str = ""
    standard: str = ""
    shelf_life_days: int | None = None
    risk_level: str = RiskLevel.LOW
    packs: tuple[PackDescription, ...] = ()


@service
def describe_product(
    actor: Actor,
    *,
    description: Description,
    organisation_id: UUID | None = None,
    household_id: UUID | None = None,
) -> UUID:
    """Write down a new product of one maker, as a draft. Returns its id. Raises `Invalid`, `NotAllowed`, `NotHere`."""
    if (organisation_id is None) == (household_id is None):
        raise Invalid(_("Say who makes it: one household or one organisation."))
    require(access.can_describe_for(actor, organisation_id=organisation_id, household_id=household_id), actor)
    maker_card(organisation_id=organisation_id, household_id=household_id)
    product = Product(organisation_id=organisation_id, household_id=household_id)
    _write(product, description)
    _step(actor, product, State.DRAFT)
    tell_described(actor, product)
    return product.pk


@service
def change_product(actor: Actor, *, product_id: UUID, description: Description) -> None:
    """Change what is written about a product. A published one must still prove what it claims (`ClaimNotProven`)."""
    product = seen_product(actor, product_id)
    require(access.can_edit(actor, product), actor)
    if product.state == State.PUBLISHED:
        _require_proof(product, description)
    _write(product, description)
    tell_described(actor, product)


@service
def publish_product(actor: Actor, *, product_id: UUID) -> None:
    """Show a draft or withdrawn product to everybody. Raises `ClaimNotProven`, `NotInThatState`."""
    product = seen_product(actor, product_id)
    require(access.can_publish(actor, product), actor)
    _require_proof(product, _description_of(product))
    _move(actor, product, State.PUBLISHED, (State.DRAFT, State.WITHDRAWN))
    emit(actor, ProductPublished(product=facts_of(product)))


@service
def withdraw_product(actor: Actor, *, product_id: UUID, reason: str) -> None:
    """Stop offering a published product; its page stays and says so. Raises `Invalid` without a reason."""
    product = seen_product(actor, product_id)
    require(access.can_publish(actor, product), actor)
    reason = nfc(reason).strip()
    if not reason:
        raise Invalid(_("Say why, in one sentence."), fields={"reason": _("Say why, in one sentence.")})
    _move(actor, product, State.WITHDRAWN, (State.PUBLISHED,), reason)
    emit(actor, ProductWithdrawn(product=facts_of(product), reason=reason), reason=reason)


def _write(product: Product, description: Description) -> None:
    name = description.name
    if not name.vi.strip():
        raise Invalid(_("Write the product's name."), fields={"name_vi": _("Write the product's name.")})
    product.name, product.story, product.storage = _tidy(name), _tidy(description.story), _tidy(description.storage)
    product.sort_name = alphabet_key(product.name.vi)[:300]
    product.folded_name = fold(" ".join((product.name.vi, product.name.en, description.brand)))[:400]
    product.unit = description.unit
    product.brand, product.standard = nfc(description.brand).strip(), nfc(description.standard).strip()
    product.shelf_life_days = description.shelf_life_days
    product.risk_level = description.risk_level
    product.changed_at = clock.now()
    product.save()
    _write_packs(product, description.packs)


def _write_packs(product: Product, packs: Iterable[PackDescription]) -> None:
    wanted = {(pack.unit, pack.content.normalize(), pack.content_unit) for pack in packs}
    if any(content <= 0 for _unit, content, _content_unit in wanted):
        raise Invalid(_("A pack holds more than nothing."), fields={"packs": _("A pack holds more than nothing.")})
    for row in product.packs.all():
        key = (Unit(row.unit), row.content.normalize(), Unit(row.content_unit))
        if key in wanted:
            wanted.remove(key)
        else:
            row.delete()
    Pack.objects.bulk_create(
        Pack(product=product, unit=unit, content=content, content_unit=content_unit)
        for unit, content, content_unit in sorted(wanted)
    )


def _tidy(text: Translated) -> Translated:
    return Translated(vi=nfc(text.vi).strip(), en=nfc(text.en).strip())


def _description_of(product: Product) -> Description:
    return Description(
        name=product.name,
        unit=Unit(product.unit),
        story=product.story,
        brand=product.brand,
        standard=product.standard,
    )


def _require_proof(product: Product, description: Description) -> None:
    texts = [*description.name.texts(), *description.story.texts(), description.brand, description.standard]
    proven = proven_kinds(product_id=product.pk, today=clock.today())
    missing = unproven_claims((nfc(text) for text in texts), proven)
    if missing:
        kinds = ", ".join(str(KIND_NAMES[kind]) for kind in missing)
        raise ClaimNotProven(
            _("The text speaks of %(kinds)s, but no such certificate is valid today. Record it or change the text.")
            % {"kinds": kinds}
        )


def _move(actor: Actor, product: Product, state: State, since: tuple[State, ...], reason: str = "") -> None:
    claimed = Product.objects.filter(pk=product.pk, state__in=since).update(state=state, changed_at=clock.now())
    if not claimed:
        raise NotInThatState()
    product.state = state
    _step(actor, product, state, reason)


def _step(actor: Actor, product: Product, state: State, reason: str = "") -> None:
    ProductStep.objects.create(
        product=product, state=state, reason=reason, done_at=clock.now(), by=actor.account_id, by_name=actor.name
    )
