"""The state of a lot: claimed by conditional update, remembered as a row of who and when."""

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.trade.trace.models import Lot, LotStep, State
from langso.trade.trace.queries.lots import is_held
from langso.trade.trace.services.refusals import LotIsHeld, NotInThatState


def step(actor: Actor, lot: Lot, state: State, reason: str = "") -> None:
    """Write the row; the lot itself has been changed already."""
    LotStep.objects.create(
        lot=lot, state=state, reason=reason, done_at=clock.now(), by=actor.account_id, by_name=actor.name
    )


def move(actor: Actor, lot: Lot, state: State, *, since: tuple[State, ...], reason: str = "") -> None:
    """Bring a lot from one of the states into another. Raises `NotInThatState` when somebody was faster."""
    changes = {"state": state} | ({"issued_at": clock.now()} if state is State.ISSUED else {})
    if not Lot.objects.filter(pk=lot.pk, state__in=since).update(**changes):
        raise NotInThatState()
    lot.refresh_from_db()
    step(actor, lot, state, reason)


def require_free(lot: Lot) -> None:
    """Raises `LotIsHeld`."""
    if is_held(lot):
        raise LotIsHeld()
