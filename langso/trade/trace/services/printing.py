"""Printing labels: only of issued lots that are not held, counted against the packs, each print on record."""

from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import Invalid
from langso.kernel.journal.services import emit, service
from langso.kernel.text import nfc
from langso.kernel.units import Unit
from langso.trade.trace import access
from langso.trade.trace.events import LabelsPrinted
from langso.trade.trace.models import LabelPrint, Lot, State
from langso.trade.trace.queries.lots import seen_lot
from langso.trade.trace.rules.printing import Allowance, allowance, pieces_to_label
from langso.trade.trace.rules.sheets import LAYOUTS, Paper
from langso.trade.trace.services.refusals import NotInThatState, ReprintNeedsReason, TooManyLabels
from langso.trade.trace.services.steps import require_free


@service
def print_labels(
    actor: Actor, *, lot_id: UUID, paper: Paper, count: int, start: int = 1, reprint_reason: str = ""
) -> UUID:
    """Put a print of labels on record, to be set as a PDF. Returns its id.

    `start` is the first free place of the first sheet. Raises `ReprintNeedsReason` when there are labels for all packs
    already, `TooManyLabels` beyond every reason, `NotInThatState` before issue, `LotIsHeld`.
    """
    lot = seen_lot(actor, lot_id)
    require(access.can_manage_lot(actor, lot), actor)
    if lot.state != State.ISSUED:
        raise NotInThatState(_("Issue the lot first: labels are printed for lots whose page is public."))
    require_free(lot)
    _check(paper, count, start)
    reason = nfc(reprint_reason).strip()[:300]
    _allow(allowance_of(lot), count, reason)
    number = lot.prints.count() + 1
    printed = LabelPrint.objects.create(
        lot=lot,
        number=number,
        paper=paper,
        count=count,
        start=start,
        reprint_reason=reason,
        printed_at=clock.now(),
        by=actor.account_id,
        by_name=actor.name,
    )
    emit(
        actor,
        LabelsPrinted(
            print_id=printed.pk,
            lot_id=lot.pk,
            code=lot.code,
            number=number,
            paper=paper,
            count=count,
            reprint_reason=reason,
        ),
    )
    return printed.pk


def allowance_of(lot: Lot) -> Allowance:
    """What may still be printed for this lot."""
    printed = lot.prints.aggregate(total=Sum("count"))["total"] or 0
    pieces = pieces_to_label(quantity=lot.quantity, unit=Unit(lot.unit), packs=lot.pack_count)
    return allowance(pieces=pieces, printed=printed)


def _check(paper: Paper, count: int, start: int) -> None:
    layout = LAYOUTS[paper]
    if not 1 <= count <= layout.most_labels:
        most = _("Print between 1 and %(most)d labels at a time.") % {"most": layout.most_labels}
        raise Invalid(most, fields={"count": most})
    if not 1 <= start <= layout.per_page:
        places = _("The sheet has places 1 to %(places)d.") % {"places": layout.per_page}
        raise Invalid(places, fields={"start": places})


def _allow(left: Allowance, count: int, reason: str) -> None:
    if count > left.left:
        many = _("This lot has enough labels: at most %(left)d more.") % {"left": left.left}
        raise TooManyLabels(many, fields={"count": many})
    if count > left.free and not reason:
        why = _("There are labels for all packs: %(free)d more without a reason. Say why these are needed.") % {
            "free": left.free
        }
        raise ReprintNeedsReason(why, fields={"reprint_reason": why})
