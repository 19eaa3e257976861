"""What an entry says of itself and the chains protect: the private parts stand there as their commitments."""

from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from langso.kernel.journal.models import Entry


class Enveloped(Protocol):
    """What an envelope is made of: an `Entry`, or an entry on its way between nodes."""

    @property
    def id(self) -> UUID: ...

    @property
    def node(self) -> str: ...

    @property
    def epoch(self) -> str: ...

    @property
    def seq(self) -> int | None: ...

    @property
    def commune(self) -> str: ...

    @property
    def to(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def commitment(self) -> bytes | memoryview: ...

    @property
    def actor(self) -> UUID | None: ...

    @property
    def on_behalf_of(self) -> UUID | None: ...

    @property
    def reach(self) -> int: ...

    @property
    def recorded_at(self) -> datetime: ...

    @property
    def occurred_at(self) -> datetime | None: ...


def envelope_of(entry: Enveloped) -> dict[str, Any]:
    """The envelope as it travels, a JSON object of texts; times are UTC to the microsecond."""
    return {
        "id": str(entry.id),
        "node": entry.node,
        "epoch": entry.epoch,
        "seq": entry.seq,
        "commune": entry.commune,
        "to": entry.to,
        "kind": entry.kind,
        "commitment": bytes(entry.commitment).hex(),
        "actor": str(entry.actor or ""),
        "on_behalf_of": str(entry.on_behalf_of or ""),
        "reach": int(entry.reach),
        "recorded_at": in_utc(entry.recorded_at),
        "occurred_at": in_utc(entry.occurred_at) if entry.occurred_at else "",
    }


def in_utc(moment: datetime) -> str:
    """A moment as text; it is written in whatever zone it was told in and read again in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def envelope_here(travelling: dict[str, Any], position: int, aside: bytes | memoryview) -> dict[str, Any]:
    """The envelope in this node's own chain: with the place in it, and the commitment of what stays here."""
    return travelling | {"position": position, "aside": bytes(aside).hex()}


def aside_of(entry: Entry) -> dict[str, str]:
    """What is said of an entry at home only: it may name a person and never travels."""
    return {"reason": entry.reason, "actor_name": entry.actor_name}
