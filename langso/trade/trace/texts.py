"""What happened to a lot in public, in words."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import Text
from langso.trade.trace.events import LotHeld, LotIssued, LotReleased, LotSoldOut, LotWithdrawn

RECORDED: Final[dict[type[Any], Text]] = {
    LotIssued: _("Issued, with all that its page says"),
    LotHeld: _("Held"),
    LotReleased: _("Released"),
    LotSoldOut: _("Sold out"),
    LotWithdrawn: _("Withdrawn from sale"),
}
