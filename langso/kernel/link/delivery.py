"""At a hub: who has received what was sent down. A box says with each question how far it has read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from langso.kernel.journal.travel import SentDown, sent_down
from langso.kernel.link.models import CommuneHome, Node


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of an entry for one commune with a box. `received`: the box has it, since `read_at` at the latest.

    `silent_since_at`: when the box last asked for anything, where it has not.
    """

    commune: str
    node: str
    received: bool
    read_at: datetime | None
    silent_since_at: datetime | None


def deliveries(*, kind: str, about: Mapping[str, str]) -> dict[str, Delivery]:
    """By commune, for every commune with a box to which entries of this kind and with these values went down.

    A later entry about the same thing takes the place of an earlier one.
    """
    last: dict[str, SentDown] = {entry.to: entry for entry in sent_down(kind=kind, about=about)}
    nodes = Node.objects.in_bulk()
    found = {}
    for commune, node in CommuneHome.objects.filter(to_at=None).values_list("commune", "node"):
        sent = last.get(commune) or last.get("")
        if sent and node in nodes:
            found[commune] = _delivery(commune, nodes[node], sent)
    return found


def _delivery(commune: str, node: Node, sent: SentDown) -> Delivery:
    received = node.down >= sent.position
    return Delivery(
        commune=commune,
        node=node.pk,
        received=received,
        read_at=node.down_at if received else None,
        silent_since_at=None if received else node.seen_at,
    )
