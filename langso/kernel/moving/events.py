"""A commune moves to another node. Each node writes its own part; none of it travels."""

from uuid import UUID

from langso.kernel.journal.events import event


@event(of_node=True)
class CommuneClosed:
    """Nobody writes about a commune here for now: it is about to move to another node."""

    move_id: UUID
    commune: str
    target: str


@event(of_node=True)
class CommuneUnpacked:
    """All records of a commune arrived from another node and are what was sent."""

    move_id: UUID
    commune: str
    source: str
    sha256: str
    rows: int


@event(of_node=True)
class CommuneLeft:
    """Another node is the commune's home from now on; what is personal was taken out here."""

    move_id: UUID
    commune: str
    target: str
    sha256: str
    rows: int


@event(of_node=True)
class MoveCancelled:
    """A commune stays where it was."""

    move_id: UUID
    commune: str
