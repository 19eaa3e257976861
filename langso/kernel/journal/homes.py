"""Which communes are at home on this node. The link knows; without one, every commune is."""

from collections.abc import Callable, Collection

from langso.kernel.journal.models import Entry

Homes = Callable[[str], bool]
"""Whether a commune, by its code, is at home here."""


class _Source:
    """The one who knows; `langso.kernel.link` puts itself here when it loads."""

    ask: Callable[[Collection[str]], Homes] | None = None


SOURCE = _Source()


def homes_of(entries: Collection[Entry]) -> Homes:
    """The answer of this moment for the communes of these entries: who asks later asks again."""
    return SOURCE.ask({entry.to or entry.commune for entry in entries}) if SOURCE.ask else _every_commune


def concerns_home(entry: Entry, homes: Homes) -> bool:
    """Whether an entry is about a commune that is at home here, or is said by this node of itself."""
    commune = entry.to or entry.commune
    return homes(commune) if commune else not entry.foreign


def _every_commune(commune: str) -> bool:
    return True
