"""What happens between nodes, as this node records it. None of it travels: each node writes its own."""

from langso.kernel.journal.events import event


@event(of_node=True)
class NodeInvited:
    """A code was made that lets a box join for one commune; `replaces` names the node that gets new hardware."""

    commune: str
    replaces: str


@event(of_node=True)
class NodeJoined:
    """A box used its code and gave its key; or this box joined its hub."""

    node: str
    role: str
    commune: str
    key_id: str


@event(of_node=True)
class HomeChanged:
    """Another node is a commune's home from now on: it alone changes the commune's records."""

    commune: str
    node: str
    before: str


@event(of_node=True)
class NodeKeyRotated:
    """A node has a new key; the old one counts no more."""

    node: str
    key_id: str
    before: str


@event(of_node=True)
class NodeEnded:
    """A node is let in no more: `state` is STOPPED, REVOKED or RETIRED."""

    node: str
    state: str


@event(of_node=True)
class NodeStarted:
    """A node that was stopped is let in again, with a new key on new hardware."""

    node: str


@event(of_node=True)
class QuarantinedEntryTaken:
    """An operator let an entry in that had been set aside on arrival."""

    node: str
    epoch: str
    seq: int
    kind: str


@event(of_node=True)
class QuarantinedEntryDismissed:
    """An operator set an entry aside for good; the reason stands beside it."""

    node: str
    epoch: str
    seq: int
    kind: str


@event(of_node=True)
class IncidentClosed:
    """An operator has dealt with an incident; how stands beside it."""

    node: str
    kind: str
