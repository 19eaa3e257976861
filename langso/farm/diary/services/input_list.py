"""Editions of the input list. The program comes with a demonstration list; a real node loads the authority's."""

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from langso.farm.diary import access
from langso.farm.diary.events import InputListLoaded
from langso.farm.diary.models import InputList, ListedInput
from langso.farm.diary.services.refusals import InputListIsInvalid
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.ids import new_id
from langso.kernel.journal.services import emit, service
from langso.kernel.text import fold, nfc

DEMONSTRATION: Final = Path(__file__).parent.parent / "data" / "inputs-demonstration.json"


class Product(BaseModel):
    """A line of the file. `max_per_ha` in `unit` (G, ML) per hectare and application; days and dates both included."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(min_length=1, max_length=40)
    name: str = Field(min_length=1, max_length=120)
    kind: str = Field(pattern="^(PESTICIDE|FERTILISER|COMPOST|SEED|FEED|TREATMENT|OTHER)$")
    active_ingredient: str = Field(default="", max_length=120)
    unit: str = Field(pattern="^(G|ML|KG|LITRE|BAG|BOTTLE|PIECE)$")
    max_per_ha: Decimal | None = Field(default=None, gt=0, max_digits=12, decimal_places=3)
    pre_harvest_days: int | None = Field(default=None, ge=0, le=400)
    organic: bool = False
    valid_from: date
    valid_to: date | None = None


class Edition(BaseModel):
    """The file: `official` only when an authority issued it; `source` says which, and where it can be read."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1, max_length=200)
    source: str = Field(min_length=1, max_length=300)
    official: bool
    products: Sequence[Product]


@service
def load_input_list(actor: Actor, *, document: bytes) -> UUID:
    """Make the JSON document (`Edition`) the newest edition and return its id; the same document again changes nothing.

    Raises `InputListIsInvalid` with the place of each fault. Seasons that are judged from now on use the new edition.
    """
    require(access.can_load_input_list(actor), actor)
    checksum = hashlib.sha256(document).hexdigest()
    known = InputList.objects.filter(checksum=checksum).first()
    if known is not None:
        return known.id
    edition = _read(document)
    row = InputList.objects.create(
        id=new_id(),
        title=nfc(edition.title),
        source=nfc(edition.source),
        official=edition.official,
        checksum=checksum,
        loaded_at=clock.now(),
        loaded_by=actor.account_id,
    )
    ListedInput.objects.bulk_create(
        ListedInput(
            edition=row,
            **product.model_dump(exclude={"name", "active_ingredient"}),
            name=nfc(product.name),
            active_ingredient=nfc(product.active_ingredient),
            folded=fold(f"{product.name} {product.active_ingredient}")[:300],
        )
        for product in edition.products
    )
    fact = InputListLoaded(edition_id=row.id, title=row.title, official=row.official, products=len(edition.products))
    emit(actor, fact)
    return row.id


def _read(document: bytes) -> Edition:
    try:
        edition = Edition.model_validate_json(document)
    except ValidationError as error:
        faults = {".".join(str(part) for part in fault["loc"]) or "file": fault["msg"] for fault in error.errors()}
        raise InputListIsInvalid(fields=faults) from None
    twice = len(edition.products) - len({(product.code, product.valid_from) for product in edition.products})
    if twice:
        raise InputListIsInvalid(_("A product stands on the list twice for the same day."))
    if any(product.valid_to and product.valid_to < product.valid_from for product in edition.products):
        raise InputListIsInvalid(_("A product's last day is before its first day."))
    return edition
