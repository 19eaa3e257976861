"""Words of this domain in the reader's language."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from langso.community.places.events import VillageEntered, VillageMerged, VillageRenamed
from langso.community.places.queries import VillageChange
from langso.community.places.rules.changes import ChangeFault, LineFault
from langso.kernel.errors import Text

CHANGE_FAULTS: dict[ChangeFault, Text] = {
    ChangeFault.BAD_CODE: gettext_lazy(
        "%(value)s is no code: a commune's code has five digits, with the zeros in front."
    ),
    ChangeFault.BAD_KIND: gettext_lazy("%(value)s is no kind: write xã, phường or đặc khu."),
    ChangeFault.NO_NAME: gettext_lazy("Write the name of the commune that begins, with at most 60 letters."),
    ChangeFault.OTHER_NAME: gettext_lazy("%(value)s has another kind or name on a line above. Write the same on both."),
    ChangeFault.NOT_STANDING: gettext_lazy("No commune of this province has the code %(value)s on the day before."),
    ChangeFault.BEGAN_LATER: gettext_lazy("%(value)s begins on that day itself; a change needs a later day."),
    ChangeFault.ENDS_ALREADY: gettext_lazy("%(value)s ends already by a change that is recorded."),
    ChangeFault.NOT_AFTER: gettext_lazy(
        "No commune %(value)s stands after the change. If it begins then, write its kind and name."
    ),
    ChangeFault.STANDS_ALREADY: gettext_lazy(
        "%(value)s stands and does not end. Leave kind and name out, or add the line by which it ends."
    ),
    ChangeFault.TWICE: gettext_lazy("This line stands twice."),
}
"""What is wrong with a line of a change of communes, and what to do."""


def line_sentence(fault: LineFault) -> str:
    """The fault with its line's number."""
    said = str(CHANGE_FAULTS[fault.fault]) % {"value": fault.value or "–"}
    return _("Line %(number)d: %(said)s") % {"number": fault.number, "said": said}


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
