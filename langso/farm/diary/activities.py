"""The works of the field log as data: picture, words, the inputs they use and the one number they ask for."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import Text


@dataclass(frozen=True, slots=True)
class Activity:
    """`icon` is a symbol of the sprite; `unit` counts the number when no input is used; `question` asks for it."""

    code: str
    label: Text
    icon: str
    question: Text
    unit: str
    input_kinds: tuple[str, ...] = ()
    on_land: bool = True
    on_water: bool = False


ACTIVITIES: Final = (
    Activity("SOWING", _("Sow, plant"), "sprout", _("How much did you plant?"), "KG", ("SEED",)),
    Activity("FERTILISING", _("Fertilise"), "sack", _("How much fertiliser?"), "KG", ("FERTILISER", "COMPOST")),
    Activity("SPRAYING", _("Spray"), "spray-can", _("How much of the product?"), "ML", ("PESTICIDE",)),
    Activity("WATERING", _("Water"), "droplets", _("How many hours?"), "HOUR"),
    Activity("WEEDING", _("Weed"), "hoe", _("How many hours of work?"), "HOUR"),
    Activity("LAND_PREPARATION", _("Prepare the soil"), "shovel", _("How many hours of work?"), "HOUR"),
    Activity("PEST_CHECK", _("Look for pests"), "bug", _("Of 100 plants, how many are sick?"), "OF_100"),
    Activity("STOCKING", _("Stock young fish"), "fish", _("How many young fish?"), "PIECE", ("SEED",), False, True),
    Activity("FEEDING", _("Feed the fish"), "package", _("How many kilos of feed?"), "KG", ("FEED",), False, True),
    Activity("WATER_CHANGE", _("Change the water"), "waves", _("How many centimetres?"), "CM", (), False, True),
    Activity("POND_TREATMENT", _("Treat the pond"), "spray-can", _("How much?"), "KG", ("TREATMENT",), False, True),
    Activity(
        "POND_PREPARATION", _("Prepare the pond"), "shovel", _("How many hours of work?"), "HOUR", (), False, True
    ),
    Activity("POND_CHECK", _("Look at the fish"), "search", _("How many are sick or dead?"), "PIECE", (), False, True),
)

BY_CODE: Final = {activity.code: activity for activity in ACTIVITIES}
ACTIVITY_CHOICES: Final = [(activity.code, activity.label) for activity in ACTIVITIES]


def activities_on(plot_kind: str) -> tuple[Activity, ...]:
    """What is done on a plot of this kind, in the order of the buttons."""
    water = plot_kind == "POND"
    return tuple(activity for activity in ACTIVITIES if (activity.on_water if water else activity.on_land))
