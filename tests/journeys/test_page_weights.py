"""What a page weighs on the wire, first visit and next, against its budget and the table in the documentation.

`LANGSO_WRITE=1 python -m pytest tests/journeys/test_page_weights.py` writes the table anew.
"""

import gzip
import json
import os
import re
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.visitor import visitor
from tests.node import ROOT, Node

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("node")]

TABLE = ROOT / "docs" / "measured" / "page-weights.md"
HEAD = """# Page weights

Kilobytes (1,024 bytes) over the wire, gzipped as the server sends them, counted on the demo commune: the page itself,
and with it the style sheet, scripts, icons and pictures that it names, as a first visit fetches them. A test counts all
that and fails when a page passes its budget or strays from this table.
`LANGSO_WRITE=1 python -m pytest tests/journeys/test_page_weights.py` writes it anew.

| page | page alone | first visit | budget |
|---|---|---|---|
"""
STRAYS = 2.0


@dataclass(frozen=True)
class Budget:
    name: str
    who: str
    page: float | None
    first: float | None


def budgets(lot: str) -> dict[str, Budget]:
    return {
        "/home/": Budget("resident's home", "farmer", 5, 25),
        "/diary/": Budget("diary", "farmer", 8, 25),
        "{work}": Budget("form of a field entry", "farmer", 8, None),
        f"/lot/{lot}": Budget("buyer's lot page", "", None, 25),
        "/": Budget("commune's public page", "", None, 60),
        "/products/": Budget("products, pictures later", "", None, 60),
        "/desk/": Budget("officer's desk", "officer", None, 60),
    }


def fetched(address: str, cookie: str) -> tuple[int, str]:
    """Bytes of an answer as they travel, and its text."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip", "Cookie": cookie})
    with urllib.request.urlopen(request, timeout=20) as answer:
        body: bytes = answer.read()
        zipped = answer.headers.get("Content-Encoding") == "gzip"
    return len(body), (gzip.decompress(body) if zipped else body).decode("utf-8", "replace")


def weigh(node: Node, path: str, cookie: str) -> tuple[float, float]:
    """(page alone, first visit) in KB. Pictures that load lazily are not part of the first visit."""
    alone, html = fetched(node.address + path, cookie)
    eager = re.sub(r"<img[^>]*loading=.lazy.[^>]*>", "", html)
    parts = set(re.findall(r'(?:src|href)="(/(?:static|files)/[^"#]+)', eager))
    whole = alone + sum(fetched(node.address + part, "")[0] for part in parts)
    return alone / 1024, whole / 1024


def test_pages_keep_to_their_budgets(node: Node) -> None:
    lot = json.loads(node.get("/api/lots")[1])["items"][0]["code"]
    rows, wrong = [], []
    for path, budget in budgets(lot).items():
        with visitor(node, budget.who) as person:
            if path == "{work}":
                person.go("/diary/")
                path = str(person.page.locator("main a[href*='/work/WEEDING/']").first.get_attribute("href"))
            cookie = "; ".join(f"{each['name']}={each['value']}" for each in person.page.context.cookies())
        alone, first = weigh(node, path, cookie)
        rows.append((budget, alone, first))
        if (budget.page and alone > budget.page) or (budget.first and first > budget.first):
            wrong.append(f"{budget.name}: {alone:.1f} KB alone, {first:.1f} KB at first")
    assert wrong == []
    made = HEAD + "".join(line_of(budget, alone, first) for budget, alone, first in rows)
    if os.environ.get("LANGSO_WRITE"):
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(made, encoding="utf-8")
    compare(TABLE, rows)


def line_of(budget: Budget, alone: float, first: float) -> str:
    parts = [f"{budget.page:g} alone" if budget.page else "", f"{budget.first:g} first" if budget.first else ""]
    return f"| {budget.name} | {alone:.1f} | {first:.1f} | {', '.join(filter(None, parts))} |\n"


def compare(table: Path, rows: list[tuple[Budget, float, float]]) -> None:
    """The documentation tells the truth, to within what the demo's random people change."""
    told = {}
    for line in table.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and re.fullmatch(r"[\d.]+", cells[1]):
            told[cells[0]] = (float(cells[1]), float(cells[2]))
    assert set(told) == {budget.name for budget, _, _ in rows}
    for budget, alone, first in rows:
        assert abs(told[budget.name][0] - alone) < STRAYS, budget.name
        assert abs(told[budget.name][1] - first) < STRAYS, budget.name
