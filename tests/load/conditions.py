"""The links that a first sync is measured over, and how long the measuring may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Condition:
    """A link: round trip in seconds, bits a second in each direction (0: no limit), records that go over it."""

    name: str
    rtt: float
    rate: float
    records: int


CONDITIONS = (
    Condition("RTT 0", 0.0, 0.0, 20_000),
    Condition("RTT 0.3 s", 0.3, 0.0, 20_000),
    Condition("64 kbit/s", 0.0, 64_000.0, 2_000),
)
"""At 64 kbit/s with fewer records: 20,000 would take Morango more than five minutes."""


def chosen(names: str) -> list[Condition]:
    """The links with these names, with commas between them; all of them when nothing is named."""
    return [condition for condition in CONDITIONS if not names or condition.name in names.split(",")]
