"""Holding lots and letting them go. What was made from a held lot is held with it."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.farm.diary.queries import ConcernCard, season_story
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import Invalid, NotHere
from langso.kernel.journal.events import Reach
from langso.kernel.journal.services import emit, service
from langso.kernel.text import nfc
from langso.trade.trace import access
from langso.trade.trace.events import LotHeld, LotReleased
from langso.trade.trace.models import Hold, Lot, State
from langso.trade.trace.queries.lots import is_held, seen_lot
from langso.trade.trace.queries.stories import concerns_of
from langso.trade.trace.queries.ways import descendants

SERIOUS = "SERIOUS"


@service
def hold_lot(actor: Actor, *, lot_id: UUID, reason: str) -> UUID:
    """Stop a lot, and what was made from it, until somebody responsible releases it. Returns the hold's id."""
    lot = seen_lot(actor, lot_id)
    require(access.can_hold_lot(actor, lot), actor)
    return put_hold(actor, lot=lot, reason=sentence(reason))


@service
def release_lot(actor: Actor, *, lot_id: UUID, hold_id: UUID, reason: str) -> None:
    """Let a lot go from one hold, with the holds that followed from it. The name and reason stay on record.

    Raises `NotHere` when the hold is not open any more.
    """
    lot = seen_lot(actor, lot_id)
    require(access.can_release_lot(actor, lot), actor)
    said = sentence(reason)
    released = {
        "released_at": clock.now(),
        "released_by": actor.account_id,
        "released_by_name": actor.name,
        "release_reason": said,
    }
    if not Hold.objects.filter(pk=hold_id, lot=lot, released_at__isnull=True).update(**released):
        raise NotHere(_("This hold is not open any more."))
    followers = Hold.objects.filter(follows=hold_id, released_at__isnull=True)
    freed = [(hold_id, lot), *((hold.pk, hold.lot) for hold in followers.select_related("lot"))]
    followers.update(**released)
    for freed_hold, freed_lot in freed:
        emit(
            actor,
            LotReleased(
                hold_id=freed_hold,
                lot_id=freed_lot.pk,
                code=freed_lot.code,
                reason=said,
                still_held=is_held(freed_lot),
            ),
            reason=said,
            reach=_reach(freed_lot),
        )


@service
def hold_season(actor: Actor, *, season_id: UUID) -> None:
    """A concern came up in the diary: hold the lots of the season that it touches, and what was made from them."""
    lots = Lot.objects.filter(season_id=season_id).exclude(state=State.WITHDRAWN)
    hold_for_concerns(actor, lots=lots, season_id=season_id)


@service
def end_concern(actor: Actor, *, concern_id: UUID) -> None:
    """The cause of a concern was removed by a correction. The hold says so; a person still decides to release it."""
    Hold.objects.filter(concern=str(concern_id), cause_ended_at__isnull=True).update(cause_ended_at=clock.now())


def hold_for_concerns(actor: Actor, *, lots: Iterable[Lot], season_id: UUID) -> None:
    """Hold lots for the serious concerns that touch them and that nobody has answered, each concern once.

    A warning is shown on the lot's page and holds nothing.
    """
    for lot in lots:
        for concern in concerns_of(lot.harvest_id, lot.produced_date, season_story(season_id)):
            if concern.is_open and concern.severity == SERIOUS and not _held_for(lot, concern):
                put_hold(actor, lot=lot, reason=concern.explanation, concern=str(concern.id))


def _held_for(lot: Lot, concern: ConcernCard) -> bool:
    return lot.holds.filter(concern=str(concern.id)).exists()


def put_hold(actor: Actor, *, lot: Lot, reason: str, concern: str = "") -> UUID:
    """Write the hold and its followers down."""
    first = _put(actor, lot, reason, concern, None)
    for child in Lot.objects.filter(pk__in=descendants(lot.pk)).exclude(state=State.WITHDRAWN):
        _put(actor, child, reason, "", first)
    return first.pk


def _put(actor: Actor, lot: Lot, reason: str, concern: str, follows: Hold | None) -> Hold:
    hold = Hold.objects.create(
        lot=lot,
        reason=reason[:300],
        concern=concern,
        follows=follows,
        held_at=clock.now(),
        held_by=actor.account_id,
        held_by_name=actor.name,
    )
    emit(
        actor,
        LotHeld(hold_id=hold.pk, lot_id=lot.pk, code=lot.code, reason=hold.reason, concern=concern),
        reason=hold.reason,
        reach=_reach(lot),
    )
    return hold


def _reach(lot: Lot) -> Reach:
    return Reach.PROVINCE if lot.issued_at is None else Reach.PUBLIC


def sentence(reason: str) -> str:
    """A reason as it is kept. Raises `Invalid` for an empty one."""
    said = nfc(reason).strip()[:300]
    if not said:
        raise Invalid(_("Say why, in one sentence."), fields={"reason": _("Say why, in one sentence.")})
    return said
