"""A commune on the move is closed for writing on both nodes, and says so."""

from django.utils.translation import gettext_lazy as _

from langso.kernel.journal.gate import GateClosed
from langso.kernel.journal.reading import is_hearing
from langso.kernel.moving.models import Move, open_move


class CommuneMoving(GateClosed):
    code = "commune_moving"
    message = _(
        "This commune's records are being moved to another machine. Nothing can be changed until that is done, usually "
        "within the hour; everything can be read. Please try again later."
    )


def gate(commune: str) -> GateClosed | None:
    """Closed while a move is open. Until everything written before is digested, listeners still pass."""
    move = open_move(commune) if commune else None
    if move is None or (move.state == Move.State.DRAINING and is_hearing()):
        return None
    return CommuneMoving()
