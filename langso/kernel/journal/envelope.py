"""What an entry says of itself and the chain protects: the private part stands there as its commitment."""

from typing import Any

from langso.kernel.journal.models import Entry


def envelope_of(entry: Entry) -> dict[str, Any]:
    """The envelope as a JSON object of texts; times are UTC to the microsecond."""
    return {
        "id": str(entry.id),
        "node": entry.node,
        "epoch": entry.epoch,
        "seq": entry.seq,
        "commune": entry.commune,
        "kind": entry.kind,
        "commitment": bytes(entry.commitment).hex(),
        "actor": str(entry.actor or ""),
        "on_behalf_of": str(entry.on_behalf_of or ""),
        "reach": int(entry.reach),
        "recorded_at": entry.recorded_at.isoformat(timespec="microseconds"),
        "occurred_at": entry.occurred_at.isoformat(timespec="microseconds") if entry.occurred_at else "",
    }


def private_part(entry: Entry) -> dict[str, Any]:
    """What the commitment covers: all that may name a person and may have to be erased one day."""
    return {"body": entry.body, "reason": entry.reason, "actor_name": entry.actor_name}
