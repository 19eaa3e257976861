"""What the journal says of itself."""

from uuid import UUID

from langso.kernel.journal.events import event


@event()
class ParkedEntryRetried:
    """An operator let a listener hear a parked entry again, and it worked."""

    parked_id: UUID
    listener: str
    entry_id: UUID


@event()
class ParkedEntryDismissed:
    """An operator set a parked entry aside for good."""

    parked_id: UUID
    listener: str
    entry_id: UUID


@event()
class BodyErased:
    """The body of an entry was erased for good; its place in the chain stays."""

    entry_id: UUID
