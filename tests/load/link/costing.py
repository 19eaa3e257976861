"""What it costs to carry communes, one or all: `python -m tests.load.link.costing` prints the table of scale.md.

Every price is an assumption, none an offer: give your own (`--box 7000000`). What a hub carries and what an entry takes
were measured (docs/measured/link.md); the numbers of communes are those of July 2025.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, fields

from tests.load.reporting import table

SIZES = {"one commune": (1, 0), "province, on average": (98, 1), "largest province": (168, 1), "country": (3_321, 34)}
"""Communes, and hubs of provinces."""
DAYS = 365
MILLION = 1_000_000
KEPT_YEARS = 5


@dataclass(frozen=True, slots=True)
class Prices:
    """Đồng, unless another unit is named."""

    box: int = 6_000_000
    """A small computer with 4 cores, 8 GB and 256 GB of flash."""
    power: int = 1_800_000
    """A battery that carries it for an hour, and ends it cleanly."""
    modem: int = 1_200_000
    data_a_month: int = 100_000
    """A SIM card with data."""
    watts: int = 15
    kwh: int = 2_204
    spare_percent: int = 10
    life_years: int = 5
    hub_a_month: int = 1_500_000
    """A virtual machine with 4 cores and 8 GB; a province has two, one of which stands by."""
    gigabyte_a_month: int = 3_000
    visits_a_year: int = 500_000
    """Half a day of somebody who goes to the box, with the way."""
    entries_a_day: int = 1_000
    """By commune."""
    bytes_an_entry: int = 1_360
    """In the hub's database, indexes included."""


def bought(communes: int, prices: Prices) -> int:
    """What is bought at the beginning."""
    each = prices.box + prices.power + prices.modem
    return communes * each * (100 + prices.spare_percent) // 100


def a_year(communes: int, hubs: int, prices: Prices) -> int:
    """A year: data, electricity, visits, hubs with their disk after `KEPT_YEARS`, and a share of new boxes."""
    electricity = prices.watts * 24 * DAYS * prices.kwh // 1000
    each = 12 * prices.data_a_month + electricity + prices.visits_a_year
    machines = 12 * 2 * hubs * prices.hub_a_month
    disk = round(12 * 2 * gigabytes(communes, prices) * prices.gigabyte_a_month) if hubs else 0
    return communes * each + machines + disk + bought(communes, prices) // prices.life_years


def gigabytes(communes: int, prices: Prices) -> float:
    """What the hubs hold after `KEPT_YEARS`."""
    return communes * prices.entries_a_day * prices.bytes_an_entry * DAYS * KEPT_YEARS / 1e9


def report(prices: Prices) -> Iterator[str]:
    rows = []
    for name, (communes, hubs) in SIZES.items():
        yearly = a_year(communes, hubs, prices)
        rows.append(
            (
                name,
                f"{communes:,}",
                f"{hubs:,}",
                f"{communes * prices.entries_a_day:,}",
                f"{gigabytes(communes, prices):,.0f}" if hubs else "",
                f"{bought(communes, prices) / MILLION:,.0f}",
                f"{yearly / MILLION:,.0f}",
                f"{yearly / communes / MILLION:.1f}",
            )
        )
    yield from table(
        (
            "", "communes", "hubs", "entries a day", f"GB at the hubs after {KEPT_YEARS} years",
            "bought, million đồng", "a year, million đồng", "a year and commune, million đồng",
        ),
        rows,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.load.link.costing", description="What it costs to carry communes.")
    for price in fields(Prices):
        parser.add_argument(f"--{price.name.replace('_', '-')}", type=int, default=price.default)
    print("\n".join(report(Prices(**vars(parser.parse_args())))))


if __name__ == "__main__":
    main()
