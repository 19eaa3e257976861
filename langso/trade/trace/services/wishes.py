"""Wishes between the province and a lot's home: asked at the hub, answered where the lot can be changed."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.require import require
from langso.kernel.access.scope import commune_scope, every_commune
from langso.kernel.errors import NotHere
from langso.kernel.ids import new_id
from langso.kernel.journal.services import emit, service
from langso.kernel.text import nfc
from langso.trade.trace import access
from langso.trade.trace.events import LotHoldWishAnswered, LotHoldWished, SuspicionPassedOn
from langso.trade.trace.models import HoldWish, Lot, LotCopy, State
from langso.trade.trace.services.holding import put_hold, sentence
from langso.trade.trace.services.refusals import AskedAlready
from langso.trade.trace.services.suspicions import count_report, said_of

GONE = _("This lot is not known here.")
WITHDRAWN = _("This lot was withdrawn from sale already.")


@service
def wish_hold(actor: Actor, *, lot_id: UUID, reason: str) -> UUID:
    """Ask the home of a lot to hold it; returns the wish's id.

    The hold itself comes back as an entry when the home has heard the wish, which may take as long as its link is down.
    Raises `NotHere`, `AskedAlready` while an earlier wish is not answered, `Invalid` without a reason.
    """
    require(access.can_see_copies(actor), actor)
    with every_commune("the province works with lots of all its communes"):
        copy = LotCopy.objects.filter(pk=lot_id).first()
    if copy is None:
        raise NotHere(GONE)
    with commune_scope(copy.commune):
        return _wish(actor.in_commune(copy.commune), copy, sentence(reason))


def _wish(actor: Actor, copy: LotCopy, reason: str) -> UUID:
    if HoldWish.objects.filter(lot_id=copy.pk, outcome="").exists():
        raise AskedAlready()
    wish = HoldWish.objects.create(
        lot_id=copy.pk,
        code=copy.code,
        reason=reason,
        asked_at=clock.now(),
        asked_by=actor.account_id,
        asked_by_name=actor.name,
    )
    offices = (each.organisation for each in actor.memberships if each.role is Role.PROVINCE_OFFICER)
    fact = LotHoldWished(wish_id=wish.pk, lot_id=copy.pk, code=copy.code, reason=reason, asked_by=next(offices, ""))
    emit(actor, fact, reason=reason, to=copy.commune)
    return wish.pk


@service
def answer_hold_wish(actor: Actor, *, wished: LotHoldWished) -> None:
    """At the lot's home: hold it as the province asks, or say why not. Either way the province is told."""
    require(actor.is_system, actor)
    lot = Lot.objects.filter(pk=wished.lot_id).first()
    refusal = GONE if lot is None else WITHDRAWN if lot.state == State.WITHDRAWN else ""
    hold_id = None
    if lot is not None and not refusal:
        reason = f"{wished.asked_by}: {wished.reason}" if wished.asked_by else wished.reason
        hold_id = put_hold(actor, lot=lot, reason=reason)
    emit(
        actor,
        LotHoldWishAnswered(
            wish_id=wished.wish_id,
            lot_id=wished.lot_id,
            code=wished.code,
            accepted=hold_id is not None,
            hold_id=hold_id,
            reason=str(refusal),
        ),
    )


@service
def note_wish_answer(actor: Actor, *, answered: LotHoldWishAnswered) -> None:
    """At the hub: write down what the lot's home did."""
    require(actor.is_system, actor)
    HoldWish.objects.filter(pk=answered.wish_id, outcome="").update(
        outcome=HoldWish.Outcome.HELD if answered.accepted else HoldWish.Outcome.REFUSED,
        answer=answered.reason[:300],
        answered_at=clock.now(),
    )


@service
def pass_on_suspicion(actor: Actor, *, commune: str, code: str, account: str, seen_where: str = "") -> UUID:
    """Send a report of a code to the commune that it belongs to, which is at home elsewhere. Returns the report's id.

    Raises `Invalid` without a word of what was seen, `TooManyReports`.
    """
    said = said_of(account)
    count_report(actor.address)
    suspicion_id = new_id()
    fact = SuspicionPassedOn(
        suspicion_id=suspicion_id, code=nfc(code)[:40], account=said, seen_where=nfc(seen_where).strip()[:200]
    )
    emit(actor.in_commune(commune), fact, to=commune)
    return suspicion_id
