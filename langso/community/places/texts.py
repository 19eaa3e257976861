"""Words of this domain in the reader's language."""

from typing import Any

from django.utils.translation import gettext as _

from langso.community.places.events import VillageEntered, VillageMerged, VillageRenamed
from langso.community.places.queries import VillageChange


def history_items(history: list[VillageChange]) -> list[dict[str, Any]]:
    """A village's history as lines of a timeline."""
    return [
        {"title": _sentence(change), "at": change.recorded_at, "by": change.actor_name, "icon": "history"}
        for change in history
    ]


def _sentence(change: VillageChange) -> str:
    match change.fact:
        case VillageEntered(name=name):
            return _("Entered as %(name)s") % {"name": name}
        case VillageRenamed(name=name, former_name=former_name):
            return _("%(former)s was renamed %(name)s") % {"former": former_name, "name": name}
        case VillageMerged(into_name=into_name):
            return _("Merged into %(name)s") % {"name": into_name}
        case _:
            return _("Place in the list or note changed")
