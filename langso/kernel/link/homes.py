"""Which communes are at home here, and when this node may not write. Both are asked by the journal."""

from collections.abc import Collection

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.journal.gate import GateClosed, HomeElsewhere
from langso.kernel.journal.homes import Homes
from langso.kernel.journal.services import emit, identity
from langso.kernel.link.events import HomeChanged
from langso.kernel.link.models import CommuneHome, NodeState, Uplink
from langso.kernel.link.refusals import Retired, Stopped


class NodeStopped(GateClosed):
    code = "node_stopped"
    message = Stopped.message


class NodeRetired(GateClosed):
    code = "node_retired"
    message = Retired.message


class StillAtTheHub(HomeElsewhere):
    code = "home_elsewhere"
    message = _("This commune's records are still kept by the hub. Its operator moves them here: langso commune move.")


CLOSED = {NodeState.STOPPED: NodeStopped, NodeState.RETIRED: NodeRetired}


def is_hub() -> bool:
    return bool(settings.ROLE == "hub")


def homes_now(communes: Collection[str] = ()) -> Homes:
    """A hub is home to every commune that has no other; a box that joined, to its own; one that did not, to all.

    The answer holds for these communes alone when some are named: a hub has a thousand others.
    """
    known = CommuneHome.objects.filter(to_at=None)
    homes = dict((known.filter(commune__in=communes) if communes else known).values_list("commune", "node"))
    own = identity().node
    elsewhere_or_home = {commune: node == own for commune, node in homes.items()}
    unknown = is_hub() or not Uplink.objects.exists()
    return lambda commune: elsewhere_or_home.get(commune, unknown)


def ask_gate(commune: str) -> GateClosed | None:
    """The link's gate: closed on a node that was stopped or retired, and for a commune at home elsewhere."""
    uplink = Uplink.objects.only("state").first()
    if uplink is not None and uplink.state in CLOSED:
        return CLOSED[NodeState(uplink.state)]()
    if not commune:
        return None
    home = CommuneHome.objects.filter(commune=commune, to_at=None).values_list("node", flat=True).first()
    if home is None:
        return StillAtTheHub() if uplink is not None and not is_hub() else None
    return None if home == identity().node else HomeElsewhere()


def own_communes() -> list[str]:
    """The communes that this node took over as their home: at a box, its own."""
    return communes_of(identity().node)


def communes_of(node: str) -> list[str]:
    return list(CommuneHome.objects.filter(node=node, to_at=None).values_list("commune", flat=True))


def home_of(commune: str) -> str:
    """The node that is a commune's home; an empty text when nobody took it over from this one."""
    return CommuneHome.objects.filter(commune=commune, to_at=None).values_list("node", flat=True).first() or ""


def set_home(actor: Actor, *, commune: str, node: str, to_epoch: str = "", to_seq: int | None = None) -> bool:
    """Make a node the home of a commune, inside a service; False when it was already.

    `to_epoch` and `to_seq` say up to where the former home's entries about the commune count.
    """
    before = home_of(commune)
    if before == node:
        return False
    now = clock.now()
    CommuneHome.objects.filter(commune=commune, to_at=None).update(to_at=now, to_epoch=to_epoch, to_seq=to_seq)
    CommuneHome.objects.create(commune=commune, node=node, from_at=now)
    emit(actor, HomeChanged(commune=commune, node=node, before=before))
    return True
