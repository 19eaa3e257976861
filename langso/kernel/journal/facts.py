"""What the journal says of itself."""

from uuid import UUID

from langso.kernel.journal.events import Reach, event


@event(of_node=True)
class ParkedEntryRetried:
    """An operator let a listener hear a parked entry again, and it worked."""

    parked_id: UUID
    listener: str
    entry_id: UUID


@event(of_node=True)
class ParkedEntryDismissed:
    """An operator set a parked entry aside for good."""

    parked_id: UUID
    listener: str
    entry_id: UUID


@event(reach=Reach.PUBLIC, of_node=True)
class BodyErased:
    """The body of an entry was erased for good; its place in the chain stays.

    Travels as far as the entry did (else it is narrowed), so that every copy of it is erased too.
    """

    entry_id: UUID


@event(of_node=True)
class EpochOpened:
    """This node counts what travels anew from here: it was restored, or parted from a copy of itself."""

    epoch: str
    before: str
    last_seq: int
