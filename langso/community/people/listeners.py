"""What the register hears of others."""

from langso.community.people import services
from langso.community.places.events import VillageMerged
from langso.kernel.access.actors import system
from langso.kernel.journal.listeners import Heard, on


@on(VillageMerged)
def follow_village(entry: Heard[VillageMerged]) -> None:
    """Households of a village that was merged live in the other one from now on."""
    services.move_village(system(entry.commune), from_id=entry.fact.village_id, into_id=entry.fact.into_id)
