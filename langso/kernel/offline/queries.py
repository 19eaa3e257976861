"""What a receipt says of a form that came late."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from langso.kernel.offline.models import Receipt
from langso.kernel.offline.sent import CLOCKS_AGREE, clocks_differ


@dataclass(frozen=True, slots=True)
class Late:
    """A form that was filled in without a link. `acted_at` by the node's clock, None when its age was not believable;
    `phone_at` what the phone's clock said, only where the two differ."""

    acted_at: datetime | None
    phone_at: datetime | None
    received_at: datetime


def late_form(*, key: UUID) -> Late | None:
    """How a form came, when it came later than it was filled in; None for everything else, and after 90 days."""
    receipt = Receipt.objects.filter(pk=key).first()
    if receipt is None or receipt.phone_at is None:
        return None
    acted_at = receipt.acted_at
    differ = acted_at is None or clocks_differ(acted_at, receipt.phone_at)
    if not differ and acted_at is not None and receipt.received_at - acted_at < CLOCKS_AGREE:
        return None
    return Late(acted_at, receipt.phone_at if differ else None, receipt.received_at)
