"""What the province's hub tells: changes of communes by law, and that one was taken back."""

from typing import Any

from langso.community.places import services
from langso.community.places.events import UnitsChanged, UnitsChangeWithdrawn
from langso.kernel.access.actors import system
from langso.kernel.journal.listeners import Heard, on


@on(UnitsChanged, UnitsChangeWithdrawn, copies=True)
def take_change_of_province(entry: Heard[Any]) -> None:
    if not entry.foreign:
        return
    if isinstance(entry.fact, UnitsChanged):
        services.take_unit_change(system(), told=entry.fact, told_at=entry.recorded_at)
    else:
        services.take_unit_change_back(system(), told=entry.fact, told_at=entry.recorded_at)
