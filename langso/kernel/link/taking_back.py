"""At a restored box: fetch from the hub what it holds of this node and what the backup did not know."""

from collections.abc import Mapping, Sequence

from langso.kernel.access.actors import system
from langso.kernel.backup import restorations
from langso.kernel.journal.travel import Travelling
from langso.kernel.link.client import Connection, LinkDown
from langso.kernel.link.models import NodeState, Uplink
from langso.kernel.link.wire.batch import unpack_batch


def has_hub() -> bool:
    """Whether this node sent its entries to a hub, which may hold more of them than a backup."""
    return Uplink.objects.filter(state__in=(NodeState.ACTIVE, NodeState.STOPPED)).exists()


def take_back(connection: Connection, held: Mapping[str, int]) -> None:
    """Take back everything that the hub says it holds of the epoch that ended with the restore.

    `held`: epoch -> last sequence there. Raises `LinkDown`, `NotOurChain`; what was taken until then stays taken.
    """
    while (row := restorations.waiting()) is not None:
        upto, after = held.get(row.old_epoch, 0), row.old_seq + row.taken
        entries: Sequence[Travelling] = ()
        last = b""
        if after < upto:
            connection.ask("GET", f"/link/v1/journal?epoch={row.old_epoch}&after={after}")
            body = connection.answer().body
            if not body:
                raise LinkDown("the hub does not send back what it says it holds of this node")
            batch = unpack_batch(body)
            entries, last = batch.entries, batch.last
        restorations.take_back(system(), entries=entries, last=last, upto=upto)
