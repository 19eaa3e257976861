"""Reports of codes that look false, and what became of them."""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import Invalid, NotHere
from langso.kernel.journal.services import emit, service
from langso.kernel.text import nfc
from langso.trade.trace import access
from langso.trade.trace.events import SuspicionPassedOn, SuspicionReported, SuspicionSettled
from langso.trade.trace.models import Lot, Outcome, Suspicion
from langso.trade.trace.services.refusals import AlreadySettled, TooManyReports

REPORTS_AN_HOUR = 5
HOUR = 3600


@service
def report_suspicion(actor: Actor, *, code: str, account: str, seen_where: str = "", contact: str = "") -> UUID:
    """Somebody thinks that a code is false; anybody may say so, without a name. Returns the report's id.

    Raises `Invalid` without a word of what was seen, `TooManyReports` after five from one address within an hour.
    """
    said = said_of(account)
    count_report(actor.address)
    return _write(actor, code=code, account=said, seen_where=seen_where, contact=contact)


@service
def take_suspicion(actor: Actor, *, passed_on: SuspicionPassedOn) -> UUID:
    """Write down a report that somebody made at the hub. Returns its id."""
    require(actor.is_system, actor)
    return _write(actor, code=passed_on.code, account=passed_on.account, seen_where=passed_on.seen_where)


def said_of(account: str) -> str:
    """What somebody saw, as it is kept. Raises `Invalid` when they say nothing."""
    said = nfc(account).strip()[:1000]
    if not said:
        raise Invalid(_("Say in a few words what you saw."), fields={"account": _("Say in a few words what you saw.")})
    return said


def _write(actor: Actor, *, code: str, account: str, seen_where: str, contact: str = "") -> UUID:
    lot = Lot.objects.public().filter(code=code).first()
    suspicion = Suspicion.objects.create(
        code=nfc(code)[:40],
        lot=lot,
        account=account,
        seen_where=nfc(seen_where).strip()[:200],
        contact=nfc(contact).strip()[:120],
        reported_at=clock.now(),
    )
    emit(
        actor,
        SuspicionReported(
            suspicion_id=suspicion.pk,
            code=suspicion.code,
            lot_id=lot.pk if lot else None,
            issued=lot is not None,
        ),
    )
    return suspicion.pk


@service
def settle_suspicion(actor: Actor, *, suspicion_id: UUID, outcome: Outcome, remark: str = "") -> None:
    """Say what became of a report. The way to reach the reporter is forgotten with it. Raises `AlreadySettled`."""
    require(access.can_settle_suspicions(actor), actor)
    suspicion = Suspicion.objects.filter(pk=suspicion_id).first()
    if suspicion is None:
        raise NotHere(_("This report is not known here."))
    settled = Suspicion.objects.filter(pk=suspicion_id, settled_at__isnull=True).update(
        outcome=outcome,
        remark=nfc(remark).strip()[:300],
        settled_at=clock.now(),
        settled_by=actor.account_id,
        settled_by_name=actor.name,
        contact="",
    )
    if not settled:
        raise AlreadySettled()
    emit(
        actor,
        SuspicionSettled(suspicion_id=suspicion.pk, code=suspicion.code, lot_id=suspicion.lot_id, outcome=outcome),
    )


def count_report(address: str) -> None:
    """The address itself is not kept: only its keyed hash, and for an hour."""
    hashed = hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()
    key = f"trace-reports-{hashed}"
    reports = cache.get(key, 0) + 1
    if reports > REPORTS_AN_HOUR:
        raise TooManyReports()
    cache.set(key, reports, HOUR)
