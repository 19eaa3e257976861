"""The tables of `docs/measured/load.md` from result files: `python -m tests.load.reporting FILE…`."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

NAMES = {"search": "search of residents", "home": "resident home", "lot": "lot page", "healthz": "`/healthz`"}
AIM_MS = 50
AIM_ROWS = 1000

Result = dict[str, Any]


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Lines of a Markdown table, and an empty one."""
    headings = list(headings)
    yield f"| {' | '.join(headings)} |"
    yield f"|{'|'.join(['---'] * len(headings))}|"
    for row in rows:
        yield f"| {' | '.join(str(cell) for cell in row)} |"
    yield ""


def pages(result: Result) -> Iterator[str]:
    """Every page at every size, beside the aim and beside `/healthz` of the same run."""
    rows = []
    for size in result["sizes"]:
        for name, cells in size["pages"].items():
            for number, cell in enumerate(cells):
                if not cell["answers"]:
                    continue  # the time of the whole run was over before
                floor = size["pages"]["healthz"][number]["p50_ms"] if "healthz" in size["pages"] else 0
                rows.append(
                    (
                        NAMES[name],
                        f"{size['residents']:,}",
                        cell["clients"],
                        cell["p50_ms"],
                        cell["p95_ms"],
                        verdict(name, cell["p95_ms"]),
                        cell["pages_per_s"],
                        cell["cpu_ms_per_page"],
                        f"{cell['p50_ms'] / floor:.1f} ×" if floor else "",
                        cell["answers"],
                        cell["wrong"],
                        cell["load"],
                    )
                )
    yield from table(
        (
            "page", "residents", "clients", "p50 ms", "p95 ms", f"< {AIM_MS} ms", "pages/s", "CPU ms/page",
            "of `/healthz`", "answers", "wrong", "load",
        ),
        rows,
    )  # fmt: skip


def verdict(name: str, p95: float) -> str:
    if name == "healthz":
        return ""
    return "yes" if p95 < AIM_MS else "**no**"


def kinds(result: Result) -> Iterator[str]:
    """The search by kind of question, one client, smallest and largest register."""
    first, last = result["sizes"][0], result["sizes"][-1]
    large = last["pages"]["search"][0]["kinds"]
    small = first["pages"]["search"][0]["kinds"]
    rows = [
        (kind, small.get(kind, {}).get("p50_ms", ""), small.get(kind, {}).get("p95_ms", ""), of["p50_ms"], of["p95_ms"])
        for kind, of in large.items()
    ]
    few, many = f"{first['residents']:,}", f"{last['residents']:,}"
    yield from table(("typed", f"p50 at {few}", f"p95 at {few}", f"p50 at {many}", f"p95 at {many}"), rows)


def growth(result: Result) -> Iterator[str]:
    """How many times slower each page became while the register grew."""
    first, last = result["sizes"][0], result["sizes"][-1]
    times = last["residents"] / first["residents"]
    rows = [
        (
            NAMES[name],
            f"{times:g} ×",
            f"{cells[0]['p50_ms'] / first['pages'][name][0]['p50_ms']:.2f} ×",
            f"{cells[0]['p95_ms'] / first['pages'][name][0]['p95_ms']:.2f} ×",
        )
        for name, cells in last["pages"].items()
        if name in first["pages"] and cells[0]["answers"]
    ]
    yield from table(("page, one client", "residents", "p50", "p95"), rows)


def imports(result: Result) -> Iterator[str]:
    """The register's import, and the same cells into a bare table."""
    rows = []
    for size in result["sizes"]:
        done = size["import"]
        bare = done["bare_insert"]["rows_per_s"]
        rows.append(
            (
                f"{done['rows']:,}",
                done["check_rows_per_s"],
                done["write_rows_per_s"],
                "yes" if done["write_rows_per_s"] >= AIM_ROWS else "**no**",
                done["rows_per_s"],
                f"{bare:,}",
                f"{bare / done['write_rows_per_s']:.0f} ×",
                f"{done['accepted']:,} / {done['repaired']:,} / {done['refused']:,}",
                done["worker_cpu_s"],
                done["load"],
            )
        )
    yield from table(
        (
            "rows", "check, rows/s", "import, rows/s", f"≥ {AIM_ROWS:,}", "upload to end, rows/s",
            "bare `executemany`, rows/s", "bare is faster by", "accepted / mended / refused", "worker CPU s", "load",
        ),
        rows,
    )  # fmt: skip


def on_what(result: Result) -> Iterator[str]:
    machine = result["machine"]
    yield (
        f"{machine['date']}; {machine['cores']} cores ({machine['cpu']}), {machine['memory_gb']} GB, Linux "
        f"{machine['kernel']}, Python {machine['python']}, Django {machine['django']}, granian {machine['granian']}; "
        f"{machine['engine']}."
    )
    yield ""
    for size in result["sizes"]:
        look, filled = size["key_lookup"], size["journal"]
        yield (
            f"- {size['residents']:,} residents, {size['entries']:,} journal entries, {size['lots']} lots; a row by "
            f"its key: p50 {look['p50_us']} µs, p95 {look['p95_us']} µs; journal filled with "
            f"{filled['entries_per_s']:,} entries/s."
        )
    yield ""


def report(result: Result) -> Iterator[str]:
    """All tables of one engine."""
    yield f"## {result['machine']['engine'].split(',')[0]}"
    yield ""
    yield f"`{result['command']}`"
    yield ""
    yield from on_what(result)
    parts = (pages, growth, kinds, imports) if len(result["sizes"]) > 1 else (pages, imports)
    for part in parts:
        yield from part(result)


def main() -> None:
    for file in sys.argv[1:]:
        print("\n".join(report(json.loads(Path(file).read_text(encoding="utf-8")))))


if __name__ == "__main__":
    main()
