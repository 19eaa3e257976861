"""What happens to lots, full enough for the province to rebuild a lot's way and for an EPCIS export from the journal.

They carry goods, places and dates, never a person: a household stands here by name only if it agreed (see `products`).

Dates are Vietnamese calendar dates. Quantities are `Decimal` in the unit beside them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from langso.kernel.journal.events import Reach, event
from langso.kernel.units import Unit


@dataclass(frozen=True, kw_only=True)
class LotFacts:
    """All that a lot's public card shows. `maker`, `keeper`: names as the public may know them."""

    lot_id: UUID
    code: str
    commune: str
    product_id: UUID | None
    product_name: dict[str, str]
    organisation_id: UUID | None
    keeper: str
    maker: str
    origin: str
    season_id: UUID | None
    harvest_id: UUID | None
    place_code: str
    place_name: str
    produced_date: date
    quantity: Decimal
    unit: Unit
    available: Decimal
    standard: str
    brand: str
    packed_date: date | None
    pack_unit: Unit | None
    pack_content: Decimal | None
    pack_content_unit: Unit | None
    pack_count: int | None
    expiry_date: date | None
    state: str


@dataclass(frozen=True, kw_only=True)
class LotQuantity:
    lot_id: UUID
    code: str
    quantity: Decimal
    unit: Unit


@event(version=1, reach=Reach.PROVINCE)
class LotRecorded:
    """A lot came into the world: from a harvest, or written by hand."""

    lot: LotFacts


@event(version=1, reach=Reach.PROVINCE)
class LotCorrected:
    """The diary's harvest was corrected before anything had been taken from the lot, or its product was named."""

    lot: LotFacts


@event(version=1, reach=Reach.PUBLIC)
class LotIssued:
    """Its labels may be printed, its page is public, and it stands in the list of lots."""

    lot: LotFacts


@event(version=1, reach=Reach.PROVINCE)
class LotSplit:
    """One lot became several of the same goods."""

    transformation_id: UUID
    done_date: date
    taken: LotQuantity
    made: tuple[LotFacts, ...]
    note: str


@event(version=1, reach=Reach.PROVINCE)
class LotsMerged:
    """Several lots of the same goods became one."""

    transformation_id: UUID
    done_date: date
    taken: tuple[LotQuantity, ...]
    made: LotFacts
    note: str


@event(version=1, reach=Reach.PROVINCE)
class LotsProcessed:
    """Lots became lots of other goods (`kind`: GRADE, DRY, MILL, MIX, COOK). `lost`, `unaccounted` are in `unit`."""

    transformation_id: UUID
    kind: str
    done_date: date
    taken: tuple[LotQuantity, ...]
    made: tuple[LotFacts, ...]
    unit: Unit
    lost: Decimal
    unaccounted: Decimal
    note: str


@event(version=1, reach=Reach.PROVINCE)
class LotPacked:
    lot: LotFacts


@event(version=1, reach=Reach.PUBLIC)
class LotHeld:
    """`concern`: the code of the diary's finding, when that was the cause. Narrowed to PROVINCE before issue."""

    hold_id: UUID
    lot_id: UUID
    code: str
    reason: str
    concern: str


@event(version=1, reach=Reach.PUBLIC)
class LotReleased:
    """A named person let the lot go; `still_held` when other holds are open."""

    hold_id: UUID
    lot_id: UUID
    code: str
    reason: str
    still_held: bool


@event(version=1, reach=Reach.PUBLIC)
class LotWithdrawn:
    lot: LotFacts
    reason: str


@event(version=1, reach=Reach.PUBLIC)
class LotSoldOut:
    lot: LotFacts


@event(version=1, reach=Reach.PROVINCE)
class LabelsPrinted:
    """`number` counts the prints of the lot; a reprint has a reason."""

    print_id: UUID
    lot_id: UUID
    code: str
    number: int
    paper: str
    count: int
    reprint_reason: str


@event(version=1, reach=Reach.PROVINCE)
class ScansCounted:
    """How often a lot's page was opened on a day that is over."""

    lot_id: UUID
    code: str
    date: date
    scans: int


@event(version=1, reach=Reach.PROVINCE)
class SuspicionReported:
    """Somebody thinks that a code is false. Their words and how to reach them stay on the node, in its table."""

    suspicion_id: UUID
    code: str
    lot_id: UUID | None
    issued: bool


@event(version=1, reach=Reach.PROVINCE)
class SuspicionSettled:
    suspicion_id: UUID
    code: str
    lot_id: UUID | None
    outcome: str


@event(version=1, reach=Reach.PROVINCE)
class LotHoldWished:
    """The province asks a lot's home to hold it: a wish, which the home accepts or refuses. `asked_by`: the office."""

    wish_id: UUID
    lot_id: UUID
    code: str
    reason: str
    asked_by: str


@event(version=1, reach=Reach.PROVINCE)
class LotHoldWishAnswered:
    """What the lot's home did with the wish: `accepted` with the hold, or refused with the reason."""

    wish_id: UUID
    lot_id: UUID
    code: str
    accepted: bool
    hold_id: UUID | None
    reason: str


@event(version=1, reach=Reach.PROVINCE)
class SuspicionPassedOn:
    """Somebody reported a code at the hub that belongs to a commune at home elsewhere: their words go there.

    They were written to be read there. How to reach the reporter is never passed on.
    """

    suspicion_id: UUID
    code: str
    account: str
    seen_where: str
