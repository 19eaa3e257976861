"""How soon a page can be read over a weak link, in a real browser that has never been here.

    python -m tests.load.weak_link --write

A demo node behind `tests.faults.wire`: round trips and bandwidth of GPRS, EDGE and slow 3G. Each visit is a new
browser context with nothing in its cache. The median of the visits, in seconds from the touch on the link: until the
first words are drawn (first contentful paint), and until the page and its eager pictures are all there (load event).
Uses the loopback only.
"""

import argparse
import json
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

from langso.kernel.ui.browser import window
from tests.faults.wire import Wire
from tests.journeys.visitor import PHONE
from tests.load.machine import machine
from tests.node import ROOT, running_node

TABLE = ROOT / "docs" / "measured" / "weak-link.md"
COMMAND = "python -m tests.load.weak_link --write"


@dataclass(frozen=True, slots=True)
class Link:
    """Seconds of a round trip, bits a second."""

    name: str
    rtt: float
    rate: float


LINKS = (Link("GPRS", 0.8, 40_000), Link("EDGE", 0.4, 120_000), Link("slow 3G", 0.3, 400_000))


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.load.weak_link", description="Measure pages over a weak link.")
    parser.add_argument("--visits", type=int, default=5, help="visits of each page over each link")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.relative_to(ROOT)}")
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="langso-weak-") as folder,
        running_node(Path(folder), "--demo", database="") as node,
    ):
        lot = json.loads(node.get("/api/lots")[1])["items"][0]["code"]
        pages = {"buyer's lot page": f"/lot/{lot}", "commune's public page": "/", "sign-in": "/sign-in/"}
        port = int(node.address.rpartition(":")[2])
        rows = [
            row(name, link, [visit(port, link, path) for _ in range(given.visits)])
            for name, path in pages.items()
            for link in LINKS
        ]
    text = HEAD.format(command=COMMAND, visits=given.visits, **machine("")) + "".join(rows)
    print(text)
    if given.write:
        TABLE.write_text(text, encoding="utf-8")


def visit(port: int, link: Link, path: str) -> tuple[float, float, int]:
    """Seconds until the first words and until all is there, and the bytes that came."""
    with (
        Wire(port, rtt=link.rtt, rate=link.rate) as wire,
        window(viewport=PHONE, locale="vi-VN", service_workers="block") as page,
    ):
        page.goto(wire.address + path, wait_until="load", timeout=60_000)
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
        words = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        whole = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart")
        return words / 1000, whole / 1000, wire.traffic.down


def row(name: str, link: Link, visits: list[tuple[float, float, int]]) -> str:
    words, whole, down = (statistics.median(each) for each in zip(*visits, strict=True))
    ideal = 3 * link.rtt + down * 8 / link.rate
    return f"| {name} | {link.name} | {words:.1f} | {whole:.1f} | {down / 1024:.1f} | {whole / ideal:.2f} × |\n"


HEAD = """# Pages over a weak link

A phone that has never been here: a new browser with nothing kept, 360 × 740, over a proxy with the round trips and the
bandwidth of old mobile networks (GPRS 0.8 s and 40 kbit/s, EDGE 0.4 s and 120 kbit/s, slow 3G 0.3 s and 400 kbit/s).
Median of {visits} visits, seconds from the touch on a link or the opening of a scanned code. The limit of the line is
three round trips (connect, page, what it names) and its bytes at full bandwidth. Aim: a lot's first words within 2 s
over EDGE.

Measured by `{command}` on {date}; {cores} cores ({cpu}), Chromium of Debian.

| page | link | first words, s | all there, s | KB down | of the line's limit |
|---|---|---|---|---|---|
"""


if __name__ == "__main__":
    main()
