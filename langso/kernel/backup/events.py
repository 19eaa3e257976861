"""What happened to this node's backups and checks. None of it leaves the node."""

from langso.kernel.journal.events import event


@event(of_node=True)
class BackupTaken:
    """A snapshot of this node was taken and checked; `faults` is how much of it is not whole."""

    snapshot: str
    position: int
    added: int
    faults: int


@event(of_node=True)
class BackupNotTaken:
    """A backup of this node failed."""

    code: str


@event(of_node=True)
class FaultsFound:
    """A check found records that are not what was written."""

    source: str
    count: int


@event(of_node=True)
class NodeRestored:
    """This node was made anew from a snapshot, and a new epoch was opened."""

    snapshot: str
    old_epoch: str
    old_seq: int
    new_epoch: str


@event(of_node=True)
class RestorationFinished:
    """A restored node has back what the hub knew of it, or an operator decided to go on without; it may write again."""

    snapshot: str
    taken: int
    without_hub: bool
