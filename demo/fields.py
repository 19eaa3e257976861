"""Plots and a season's diaries of those who grow for the noodle cooperative, day by day."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from random import Random
from uuid import UUID

from demo.institutions import Institutions
from demo.past import Past
from demo.villagers import Home
from langso.farm.diary.testing import confirm, make_entry, make_harvest, make_hazard, make_input
from langso.farm.plots.testing import make_plot, make_season
from langso.kernel.access.actors import Actor

SEASON_BEGAN = 280
"""Days ago: edible canna is planted after the lunar new year and dug before the next one."""


@dataclass
class Grower:
    """One household with its plot, season and what it bought. Filled in as the days are played."""

    home: Home
    number: int
    area_m2: int
    season: UUID | None = None
    entries: list[UUID] = field(default_factory=list)
    bought: dict[str, UUID] = field(default_factory=dict)
    harvests: list[UUID] = field(default_factory=list)

    @property
    def is_careless(self) -> bool:
        """Two growers spray shortly before digging: the rules have something to find."""
        return self.number in (6, 18)


@dataclass
class Fields:
    institutions: Institutions
    past: Past
    inspector: Actor
    chance: Random
    product_id: UUID | None = None
    growers: list[Grower] = field(default_factory=list)

    def plan(self) -> None:
        """Put every day of the season into the past."""
        for number, home in enumerate(self.institutions.members):
            grower = Grower(home, number, area_m2=self.chance.choice((600, 900, 1200, 1500, 2100)))
            self.growers.append(grower)
            self._plan_season(grower)

    def _plan_season(self, grower: Grower) -> None:
        late = grower.number % 9
        add = self.past.add
        add(SEASON_BEGAN - late, partial(self._begin, grower))
        add(SEASON_BEGAN - late - 1, partial(self._assess, grower))
        add(SEASON_BEGAN - late - 2, partial(self._buy, grower, "Phân hữu cơ vi sinh", "FERTILISER", "KG", 200))
        add(SEASON_BEGAN - late - 3, partial(self._work, grower, "LAND_PREPARATION", 8, "HOUR"))
        add(SEASON_BEGAN - late - 4, partial(self._work, grower, "FERTILISING", 60, "KG", "Phân hữu cơ vi sinh"))
        add(SEASON_BEGAN - late - 6, partial(self._work, grower, "SOWING", grower.area_m2 // 8, "KG"))
        for days_ago in (230, 185, 140):
            add(days_ago - late, partial(self._work, grower, "WEEDING", self.chance.randint(3, 7), "HOUR"))
        add(170 - late, partial(self._work, grower, "FERTILISING", 25, "KG", "Phân hữu cơ vi sinh"))
        add(120 - late, partial(self._work, grower, "PEST_CHECK", self.chance.randint(0, 4), "OF_100"))
        self._plan_spray(grower, late)
        if grower.number % 5 != 4:
            add(24 - late, partial(self._harvest, grower), hour=15)
            add(22 - late, partial(self._check, grower), hour=10)

    def _plan_spray(self, grower: Grower, late: int) -> None:
        if grower.number % 3:
            return
        days_ago = 26 if grower.is_careless else 95
        self.past.add(days_ago - late + 1, partial(self._buy, grower, "Abamectin 1.8EC", "PESTICIDE", "ML", 100))
        amount = grower.area_m2 * 5 // 100
        self.past.add(days_ago - late, partial(self._work, grower, "SPRAYING", amount, "ML", "Abamectin 1.8EC"))

    def _begin(self, grower: Grower) -> None:
        plot = make_plot(
            household_id=grower.home.id,
            name=f"Nương dong {grower.number + 1}",
            kind="FIELD",
            area_m2=grower.area_m2,
            village_id=grower.home.village_id,
        )
        grower.season = make_season(
            plot_id=plot,
            product_name="Củ dong riềng",
            product_id=self.product_id,
            organisation_id=self.institutions.ids["cooperative"],
            standard="VIETGAP",
            start_date=self.past.day(SEASON_BEGAN - grower.number % 9),
            expected_harvest_date=self.past.day(20),
            expected_kg=grower.area_m2 * 4,
        )

    def _season(self, grower: Grower) -> UUID:
        if grower.season is None:
            raise LookupError("the season has not begun yet")
        return grower.season

    def _assess(self, grower: Grower) -> None:
        for subject in ("SOIL", "IRRIGATION_WATER"):
            make_hazard(season_id=self._season(grower), subject=subject, finding="SAFE")

    def _buy(self, grower: Grower, name: str, kind: str, unit: str, quantity: int) -> None:
        listed = {"Abamectin 1.8EC": "abamectin-1.8ec", "Phân hữu cơ vi sinh": "organic-microbial"}[name]
        days = 7 if kind == "PESTICIDE" else None
        grower.bought[name] = make_input(
            household_id=grower.home.id,
            name=name,
            kind=kind,
            unit=unit,
            quantity=quantity,
            listed_code=listed,
            pre_harvest_days=days,
            seller="Cửa hàng vật tư của hợp tác xã",
        )

    def _work(self, grower: Grower, activity: str, amount: int, unit: str, bought: str = "") -> None:
        used = grower.bought[bought] if bought else None
        season = self._season(grower)
        grower.entries.append(make_entry(season_id=season, activity=activity, amount=amount, unit=unit, input_id=used))

    def _harvest(self, grower: Grower) -> None:
        quantity = Decimal(grower.area_m2 * self.chance.randint(28, 46) // 10)
        grower.harvests.append(
            make_harvest(
                season_id=self._season(grower), quantity_kg=quantity, handling_place="Xưởng rửa củ của hợp tác xã"
            )
        )

    def _check(self, grower: Grower) -> None:
        """The inspector confirms most of a diary; the last entries wait on the desk."""
        for entry in grower.entries[: -2 if grower.number % 4 else None]:
            confirm(entry, actor=self.inspector)
