"""The tables of `docs/measured/link.md` from result files: `python -m tests.load.link.reporting FOLDER`.

Reads what is there of `morango*.json`, `link*.json`, `idle.json`, `province-sqlite*.json`, `province-postgres*.json`,
`killing.json` and `flapping.json`. A measurement that was made in parts (`link-1.json`, `link-2.json`) is one table.
"""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.load.conditions import CONDITIONS
from tests.load.reporting import table

Result = dict[str, Any]
Row = tuple[object, ...]

TIMES_FASTER, LONGEST_S, SHARE_OF_BYTES = 10.0, 15.0, 0.5
ONE_RTT, ONE_BYTES, IDLE_BYTES = 2.0, 2_000, 1_000_000
MEMORY_MB, CPU_PERCENT = 350, 2.0


def sync(ours: Result, theirs: Result) -> Iterator[str]:
    """First sync and one record: ours, Morango's, their ratio, and the least that the link allows."""
    links = {link["link"]: link for link in theirs["links"]}
    first, one = [], []
    for link in ours["links"]:
        peer = links.get(link["link"])
        if peer is None:
            continue
        first.append(_first(link, peer))
        one.append(_one(link, peer))
    yield "### First sync"
    yield ""
    yield from table(
        (
            "link", "records", "ours, s", "Morango, s", "of it transfer", "faster by", f"≥ {TIMES_FASTER:g} ×",
            "ours, bytes/record", "Morango, bytes/record", "ours of theirs", f"≤ {SHARE_OF_BYTES:g}",
            "least by bandwidth and RTT, s", "ours of it", "load of the machine",
        ),
        first,
    )  # fmt: skip
    yield "### One new record"
    yield ""
    yield from table(
        (
            "link", "ours: hub holds it, s", "ours: box knows, s", "in RTT", f"≤ {ONE_RTT:g} RTT", "ours, bytes",
            f"≤ {ONE_BYTES:,} bytes", "Morango, s", "Morango, bytes", "Morango with nothing new, bytes",
        ),
        one,
    )  # fmt: skip


def _first(link: Result, peer: Result) -> Row:
    ours, theirs, records = link["first"], peer["first"], link["records"]
    each, other = _bytes(ours) / records, _bytes(theirs) / peer["records"]
    least = _least(link)
    faster = theirs["seconds"] / ours["seconds"] * records / peer["records"]
    return (
        link["link"], f"{records:,}", ours["seconds"], theirs["seconds"], theirs["stages"]["transfer"],
        f"{faster:.1f} ×", _faster(faster, least, ours["seconds"]), round(each, 1), round(other, 1),
        f"{each / other:.2f}", _met(each <= SHARE_OF_BYTES * other), *_beside(least, ours["seconds"]),
        f"{link['load']} / {peer['load']}",
    )  # fmt: skip


def _faster(times: float, least: float, took: float) -> str:
    """Whether the aim is met. A narrow line sets the time by itself: nobody is ten times faster than it."""
    return "the line's limit" if least and took < 1.1 * least else _met(times >= TIMES_FASTER)


def _beside(least: float, took: float) -> Row:
    return (round(least, 2), f"{took / least:.1f} ×") if least else ("", "")


def _least(link: Result) -> float:
    """What no program could be under with these bytes: connection, greeting, then the bytes one way and the answer."""
    condition = next(each for each in CONDITIONS if each.name == link["link"])
    sending = link["first"]["bytes_up"] * 8 / condition.rate if condition.rate else 0.0
    return 3 * condition.rtt + sending


def _one(link: Result, peer: Result) -> Row:
    ours, theirs = link["one"], peer["one"]
    rtt = next(each.rtt for each in CONDITIONS if each.name == link["link"])
    trips = ours["confirmed_s"] / rtt if rtt else 0.0
    return (
        link["link"], ours["seconds"], ours["confirmed_s"], f"{trips:.1f}" if rtt else "",
        _met(trips <= ONE_RTT) if rtt else "", _bytes(ours), _met(_bytes(ours) <= ONE_BYTES), theirs["seconds"],
        _bytes(theirs), _bytes(peer["none"]),
    )  # fmt: skip


def idle(result: Result) -> Iterator[str]:
    """Nodes with nothing to do."""
    link = result["link"]
    yield "### Nothing to do"
    yield ""
    yield (
        f"{result['minutes']} minutes at RTT 0.3 s: {link['bytes_up']:,} bytes up, {link['bytes_down']:,} down, "
        f"{link['connections']} new connections: **{link['bytes_a_day']:,} bytes a day**, extrapolated "
        f"(aim ≤ {IDLE_BYTES:,}: {_met(link['bytes_a_day'] <= IDLE_BYTES)})."
    )
    yield ""
    rows: list[Row] = []
    for side in ("box", "hub"):
        whole = result[side]
        rows += [(side, part["command"], *_weights(part)) for part in whole["processes"]]
        rows.append((f"**{side}**", "all of it", *_weights(whole)))
    yield from table(
        ("node", "process", "memory, MB (PSS)", "memory, MB (RSS)", "processor, % of one core", "written, MB an hour"),
        rows,
    )
    box = result["box"]
    yield (
        f"Aims for the box: ≤ {MEMORY_MB} MB: {_met(box['memory_mb'] <= MEMORY_MB)}; ≤ {CPU_PERCENT:g} % of one core: "
        f"{_met(box['cpu_percent'] <= CPU_PERCENT)}."
    )
    yield ""


def _weights(part: Result) -> Row:
    return part["memory_mb"], part["resident_mb"], part["cpu_percent"], part["written_mb_an_hour"]


def province(result: Result) -> Iterator[str]:
    """Many boxes against one hub."""
    yield f"### A province of boxes at once, on {result['machine']['engine'].split(',')[0]}"
    yield ""
    yield from table(
        (
            "boxes", "entries", "seconds", "entries/s", "boxes level", "level p50, s", "level p95, s", "lost patience",
            "turned away", "lots copied", "after, s",
        ),
        [_night(size) for size in result["sizes"]],
    )  # fmt: skip
    yield "What it took:"
    yield ""
    yield from table(
        ("boxes", "hub CPU s", "hub memory, MB", "MB up", "database, MB", "bytes an entry", "load before"),
        [_cost(size) for size in result["sizes"]],
    )
    yield "Afterwards, every box holding a question at the hub and sending at a day's pace:"
    yield ""
    yield from table(
        (
            "boxes",
            "seconds",
            "records",
            "answer p50, s",
            "answer p95, s",
            "turned away at first",
            "boxes failed",
            "hub, % of one core",
        ),
        [_pace(size) for size in result["sizes"] if "pace" in size],
    )


def _night(size: Result) -> Row:
    night, copies = size["night"], size["copies"]
    return (
        size["boxes"], f"{night['entries']:,}", night["seconds"], f"{night['entries_per_s']:,}", night["boxes_level"],
        night["level_p50_s"], night["level_p95_s"], night["given_up"], night["refused"],
        f"{copies['made']:,} of {copies['lots']:,}", copies["seconds"],
    )  # fmt: skip


def _cost(size: Result) -> Row:
    night = size["night"]
    return (
        size["boxes"], night["hub_cpu_s"], size["hub_memory_mb"], round(night["bytes_up"] / 1e6, 1),
        size["database_mb"], round(1e6 * size["database_mb"] / max(1, night["entries"])), size["load"],
    )  # fmt: skip


def _pace(size: Result) -> Row:
    pace = size["pace"]
    return (
        size["boxes"], pace["seconds"], pace["records"], pace["answer_p50_s"], pace["answer_p95_s"],
        pace["came_back"], pace["boxes_failed"], pace["hub_cpu_percent"],
    )  # fmt: skip


def kills(result: Result) -> Iterator[str]:
    """A hundred deaths."""
    told = ", ".join(f"{name} {times}" for name, times in sorted(result["killed"].items()))
    yield "### A hundred deaths while both nodes write"
    yield ""
    yield (
        f"{sum(result['killed'].values())} times kill -9 in {result['seconds']} s ({told}): {result['box_entries']:,} "
        f"entries of the box and {result['hub_entries']:,} of the hub promised, {result['missing']} missing, "
        f"{result['doubled']} doubled; `langso link compare`: {result['compare']}."
    )
    yield ""


def on_what(result: Result) -> str:
    machine = result["machine"]
    return (
        f"{machine['date']}; {machine['cores']} cores ({machine['cpu']}), {machine['memory_gb']} GB, Linux "
        f"{machine['kernel']}, Python {machine['python']}, Django {machine['django']}, granian {machine['granian']}; "
        f"{machine['engine']}."
    )


def _bytes(side: Result) -> int:
    return int(side["bytes_up"] + side["bytes_down"])


def _met(is_met: bool) -> str:
    return "yes" if is_met else "**no**"


def flaps(result: Result) -> Iterator[str]:
    """A minute of flaps."""
    yield "### A link that falls every second"
    yield ""
    yield (
        f"{result['seconds']} seconds, half of each without a link, {result['connections']} connections: of "
        f"{result['entries']:,} entries {result['arrived_during']:,} had arrived when it ended, all of them "
        f"{result['level_after_s']} s later."
    )
    yield ""


PARTS: dict[str, Callable[[Result], Iterator[str]]] = {
    "idle": idle,
    "province-sqlite": province,
    "province-postgres": province,
    "killing": kills,
    "flapping": flaps,
}


def report(folder: Path) -> Iterator[str]:
    ours = merged(folder, "link")
    if ours:
        yield on_what(ours)
        yield ""
        yield from sync(ours, merged(folder, "morango") or {"links": []})
    for name, part in PARTS.items():
        if found := merged(folder, name):
            yield from part(found)


def merged(folder: Path, name: str) -> Result | None:
    """One measurement from all its files: the first one's machine, the lists of all."""
    whole: Result | None = None
    for file in sorted(folder.glob(f"{name}*.json")):
        result = json.loads(file.read_text(encoding="utf-8"))
        if whole is None:
            whole = result
            continue
        for key in ("links", "sizes"):
            whole[key] = whole.get(key, []) + result.get(key, [])
    return whole


def main() -> None:
    print("\n".join(report(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
