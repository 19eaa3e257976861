"""The diary's facts with a reach that lets them travel, for measuring and for faults only: the real ones stay at home.

The bodies are those of `langso.farm.diary.events`. A hub does not know these kinds: it keeps them, as it keeps any kind
of a newer program. Import this only in a process that writes entries.
"""

from langso.farm.diary import events as diary
from langso.kernel.journal.events import Reach, card_of, event, from_body
from tests.load.diary import BOUGHT, CHECK, WORK


@event(version=1, reach=Reach.PROVINCE)
class FieldWorkLogged(diary.FieldWorkLogged):
    pass


@event(version=1, reach=Reach.PROVINCE)
class EntryConfirmed(diary.EntryConfirmed):
    pass


@event(version=1, reach=Reach.PROVINCE)
class InputBought(diary.InputBought):
    pass


TRAVELLING = {
    kind: card_of(fact).kind for kind, fact in ((WORK, FieldWorkLogged), (CHECK, EntryConfirmed), (BOUGHT, InputBought))
}


def fact_of(record: dict[str, object]) -> object:
    """The fact that one of the measured records tells."""
    return from_body(TRAVELLING[str(record["kind"])], record["body"])  # type: ignore[arg-type]
