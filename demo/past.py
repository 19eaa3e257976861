"""The past of the demo commune: acts with their moments, played in order with the clock set to each of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from langso.kernel import clock
from langso.kernel.journal.queries import last_position
from langso.kernel.journal.reading import read_all

Act = Callable[[], object]


@dataclass
class Past:
    """Acts by moment. `today` is the last day; days before it are counted backwards."""

    today: date
    acts: list[tuple[datetime, int, Act]] = field(default_factory=list)

    def day(self, days_ago: int) -> date:
        return self.today - timedelta(days=days_ago)

    def add(self, days_ago: int, act: Act, *, hour: int = 8) -> None:
        """Let something happen so many days ago. Acts of one moment keep the order in which they were added."""
        moment = datetime.combine(self.day(days_ago), time(hour), tzinfo=clock.VIET_NAM)
        self.acts.append((moment, len(self.acts), act))

    def play(self) -> int:
        """Do everything in order; after each act the listeners read what it wrote. Returns how many acts there were."""
        played = 0
        while self.acts:
            self.acts.sort(key=lambda planned: planned[:2])
            moment, _, act = self.acts.pop(0)
            before = last_position()
            with clock.set_to(moment):
                act()
                while last_position() != before and read_all():
                    pass
            played += 1
        return played
