"""A province's hub and a commune's box that is joined to it over a weak link: whole nodes, as users start them."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.asking import Inside
from tests.faults.wire import Wire
from tests.node import Node, free_port, running_node

COMMUNE = "03390"
HUBS_OWN = "03370"
"""A commune that the hub hosts itself."""
LOOK_EVERY = 0.05

Held = list[list[Any]]
"""Epoch, sequence, id and travel hash of entries, in the order in which they came."""


@dataclass
class Pair:
    """`at_hub` and `at_box` are processes that read and write beside the nodes' own."""

    hub: Node
    box: Node
    wire: Wire
    at_hub: Inside
    at_box: Inside

    def name_of_box(self) -> str:
        return str(self.at_box.ask("head")["node"])

    def at_home(self) -> Held:
        """What travels of the box's entries, as the box holds it."""
        held: Held = self.at_box.ask("held", node=self.name_of_box())
        return held

    def arrived(self) -> Held:
        """What the hub holds of the box's entries."""
        held: Held = self.at_hub.ask("held", node=self.name_of_box())
        return held

    def until_level(self, within: float) -> float:
        """Wait until the hub holds all that the box wrote; returns the seconds that it took."""
        begin = time.monotonic()
        seq = self.at_box.ask("head")["seq"]
        node = self.name_of_box()
        until(lambda: self.at_hub.ask("last", node=node) >= seq, within, f"the hub never came to {seq}")
        return time.monotonic() - begin


def until(true: Callable[[], bool], within: float, otherwise: str) -> None:
    end = time.monotonic() + within
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"{otherwise} (within {within:g} s)")
        time.sleep(LOOK_EVERY)


@contextmanager
def running_pair(
    folder: Path,
    *,
    rtt: float = 0.0,
    rate: float = 0.0,
    joined: bool = True,
    database: str | None = "",
    prepared: Path | None = None,
    **settings_of_box: str,
) -> Iterator[Pair]:
    """Start a hub, a box and the link between them, invite and join the box, and end all of it afterwards.

    `database`: empty for SQLite, None for the engine that this run tests. The box is on SQLite as boxes are.
    `prepared`: a new node's SQLite file, to begin with.
    """
    with ExitStack() as stack:
        begin_with(prepared, folder / "hub")
        hub = stack.enter_context(
            running_node(folder / "hub", "--role", "hub", database=database, LANGSO_COMMUNE=HUBS_OWN)
        )
        at_hub = stack.enter_context(Inside(hub.environment))
        wire = stack.enter_context(Wire(hub.port, rtt=rtt, rate=rate, port=free_port()))
        box = running_box(folder / "box", hub, at_hub, wire, joined=joined, prepared=prepared, **settings_of_box)
        yield stack.enter_context(box)


@contextmanager
def running_box(
    folder: Path,
    hub: Node,
    at_hub: Inside,
    wire: Wire,
    *,
    commune: str = COMMUNE,
    joined: bool = True,
    prepared: Path | None = None,
    **settings: str,
) -> Iterator[Pair]:
    """One more box for a hub that is running, and its pair."""
    begin_with(prepared, folder)
    with (
        running_node(folder, "--role", "commune", database="", LANGSO_COMMUNE=commune, **settings) as box,
        Inside(box.environment) as at_box,
    ):
        if joined:
            join(at_hub, at_box, wire, commune)
        yield Pair(hub, box, wire, at_hub, at_box)


def begin_with(prepared: Path | None, folder: Path) -> None:
    """Give a node a database with all its tables and nothing in them, which saves making them once more."""
    folder.mkdir(parents=True, exist_ok=True)
    if prepared is not None and not (folder / prepared.name).exists():
        shutil.copy(prepared, folder / prepared.name)


def join(hub: Inside, box: Inside, wire: Wire, commune: str = COMMUNE) -> None:
    """Invite the box's commune at the hub, and join with the code that was printed."""
    code = hub.langso("link", "invite", commune).split()[-1]
    box.langso("link", "join", wire.address, code)


def said(by: Inside) -> dict[str, Any]:
    """`langso link status --json`."""
    status: dict[str, Any] = json.loads(by.langso("link", "status", "--json"))
    return status
