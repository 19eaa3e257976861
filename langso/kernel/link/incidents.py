"""What must not happen between nodes: noted once while it goes on, counted, and closed by an operator."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, Invalid, NotHere
from langso.kernel.journal.services import emit, service
from langso.kernel.link import facts
from langso.kernel.link.access import can_tend_link
from langso.kernel.link.events import IncidentClosed
from langso.kernel.link.models import Incident

FORK = facts.FORK
FORGED_NODE = "FORGED_NODE"
OTHER_COMMUNE = "OTHER_COMMUNE"
WRONG_HASH = "WRONG_HASH"
MALFORMED = "MALFORMED"
BAD_SIGNATURE = "BAD_SIGNATURE"
ENDED_NODE = "ENDED_NODE"
SAME_ID = "SAME_ID"
CLOCK = "CLOCK"
HUB = "HUB"

LONGEST_DETAIL = 1_000


class AlreadyClosed(DomainError):
    code = "already_closed"
    message = _("Somebody has closed this incident already.")


@transaction.atomic
def note(kind: str, *, node: str = "", detail: str = "") -> None:
    """Count an incident of a node: a new row, or the open one of the same kind."""
    now = clock.now()
    said = {"times": F("times") + 1, "last_at": now, "detail": detail[:LONGEST_DETAIL]}
    if not Incident.objects.filter(node=node, kind=kind, settled_at=None).update(**said):
        made = {"detail": detail[:LONGEST_DETAIL], "first_at": now, "last_at": now}
        _row, is_new = Incident.objects.get_or_create(node=node, kind=kind, settled_at=None, defaults=made)
        if not is_new:
            Incident.objects.filter(pk=_row.pk).update(**said)


@service
def close_incident(actor: Actor, *, incident_id: UUID, reason: str) -> None:
    """Close an incident that was dealt with; the reason is kept. Raises `AlreadyClosed`, `Invalid`, `NotHere`."""
    require(can_tend_link(actor), actor)
    if not reason.strip():
        raise Invalid(fields={"reason": _("Say what was found and what was done.")})
    incident = Incident.objects.filter(pk=incident_id).first()
    if incident is None:
        raise NotHere(_("There is no such incident."))
    closed = Incident.objects.filter(pk=incident_id, settled_at=None).update(
        settled_at=clock.now(), settled_by=actor.account_id
    )
    if not closed:
        raise AlreadyClosed()
    emit(actor, IncidentClosed(node=incident.node, kind=incident.kind), reason=reason)
