"""At a hub: whether a node is let in. Keys are changed and ended here, nodes stopped, revoked and retired."""

from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor, system
from langso.kernel.access.require import require
from langso.kernel.errors import NotHere
from langso.kernel.journal.services import emit, identity, service
from langso.kernel.link import homes, incidents
from langso.kernel.link.access import can_tend_link
from langso.kernel.link.events import NodeEnded, NodeKeyRotated
from langso.kernel.link.models import CommuneHome, Node, NodeKey, NodeState, Received
from langso.kernel.link.refusals import LinkRefusal, Retired, Revoked, Stopped
from langso.kernel.link.signing import key_id

REFUSALS: dict[str, type[LinkRefusal]] = {
    NodeState.STOPPED: Stopped,
    NodeState.REVOKED: Revoked,
    NodeState.RETIRED: Retired,
}


def key_in_force(number: str) -> NodeKey | None:
    """A key that was given, with its node, in force or not."""
    return NodeKey.objects.select_related("node").filter(pk=number).first()


def refusal_for(key: NodeKey) -> LinkRefusal | None:
    """Why a key is not let in; None when it is."""
    if key.node.state in REFUSALS:
        return REFUSALS[key.node.state]()
    return Revoked() if key.revoked_at else None


def end_keys(node: str) -> int:
    """Let all keys of a node end at once, inside a service."""
    return NodeKey.objects.filter(node_id=node, revoked_at=None).update(revoked_at=clock.now())


@service
def rotate_key(*, node: str, public: bytes, before: str) -> None:
    """Give a node a new key; the old one ends at once. Doing it again with the same key changes nothing."""
    now, number = clock.now(), key_id(public)
    _key, is_new = NodeKey.objects.get_or_create(
        pk=number, defaults={"node_id": node, "public": public, "given_at": now}
    )
    NodeKey.objects.filter(node_id=node, revoked_at=None).exclude(pk=number).update(revoked_at=now)
    if is_new:
        emit(system(), NodeKeyRotated(node=node, key_id=number, before=before))


@service
def revoke(actor: Actor, *, node: str, reason: str = "") -> None:
    """Let a node in no more, from this moment on: its key is lost or in wrong hands. Raises `NotHere`."""
    require(can_tend_link(actor), actor)
    end_node(actor, node=_known(node), state=NodeState.REVOKED, why=reason)


@service
def retire(actor: Actor, *, node: str, reason: str = "") -> None:
    """End a node for good. Its communes are at home on this hub from now on. Raises `NotHere`."""
    require(can_tend_link(actor), actor)
    end_node(actor, node=_known(node), state=NodeState.RETIRED, why=reason)
    for home in CommuneHome.objects.filter(node=node, to_at=None):
        last = Received.objects.filter(node=node).order_by("-started_at").first()
        homes.set_home(
            actor,
            commune=home.commune,
            node=identity().node,
            to_epoch=last.epoch if last else "",
            to_seq=last.upto if last else None,
        )


@service
def stop_forked(*, node: str, detail: str) -> None:
    """Stop a node whose identity two machines use: neither is let in until an operator has chosen one."""
    incidents.note(incidents.FORK, node=node, detail=detail)
    if Node.objects.filter(pk=node, state=NodeState.ACTIVE).exists():
        end_node(system(), node=node, state=NodeState.STOPPED, why=detail)


def end_node(actor: Actor, *, node: str, state: str, why: str) -> None:
    """Set a node's state and let its keys end, inside a service."""
    if state != NodeState.STOPPED:
        end_keys(node)
    Node.objects.filter(pk=node).update(state=state, why=why, ended_at=clock.now())
    emit(actor, NodeEnded(node=node, state=state), reason=why)


def _known(node: str) -> str:
    if not Node.objects.filter(pk=node).exists():
        raise NotHere(_("There is no such node. See: langso link status."))
    return node
