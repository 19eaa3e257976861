"""A phone in somebody's hand: Chromium with its own storage, a link that can be cut, and a look into its outbox."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Dialog, Error, Page

from langso.kernel.ui.browser import lasting_window, window
from tests.faults.wire import Wire
from tests.journeys.visitor import PHONE, Visitor
from tests.node import Node

ITEMS = """() => new Promise((done, fail) => {
  const asked = indexedDB.open("langso");
  asked.onerror = () => fail(asked.error);
  asked.onsuccess = () => {
    const rows = asked.result.transaction("items").objectStore("items").getAll();
    rows.onsuccess = () => { asked.result.close(); done(rows.result); };
  };
})"""
OLDER = """hours => new Promise(done => {
  const asked = indexedDB.open("langso");
  asked.onsuccess = () => {
    const work = asked.result.transaction("items", "readwrite"), items = work.objectStore("items");
    items.getAll().onsuccess = event =>
      event.target.result.forEach(item => items.put({...item, at: item.at - hours * 36e5}));
    work.oncomplete = () => { asked.result.close(); done(); };
  };
})"""
READY = "navigator.serviceWorker.ready.then(() => true)"
KEPT = "caches.open('pages').then(pages => pages.keys()).then(keys => keys.map(key => new URL(key.url).pathname))"
AHEAD = "/offline/ahead"
LEFT_AFTER = 15_000


@dataclass
class Phone(Visitor):
    """`asked` is what it asked its owner, who `agrees` or not."""

    wire: Wire = field(kw_only=True)
    asked: list[str] = field(default_factory=list)
    agrees: bool = True

    def __post_init__(self) -> None:
        self.page.on("dialog", self._answer)

    def _answer(self, dialog: Dialog) -> None:
        self.asked.append(dialog.message)
        if self.agrees:
            dialog.accept()
        else:
            dialog.dismiss()

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def offline(self) -> None:
        self.context.set_offline(True)

    def online(self) -> None:
        self.context.set_offline(False)

    def has_all_pages(self) -> None:
        """Wait until the service worker has fetched what it keeps ahead."""
        self.page.evaluate(READY)
        for _ in range(200):
            if AHEAD in self.page.evaluate(KEPT):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(self.page.evaluate(KEPT))

    def open_work(self, work: str = "WEEDING") -> None:
        """Touch a picture on the diary's first page."""
        self.go("/diary/")
        self.touch(f"a[href*='/work/{work}/']")

    def type_work(self, amount: str, remark: str = "") -> None:
        self.page.locator("input[name=amount]").fill(amount)
        if remark:
            self.page.locator("main form details summary").click()
            self.page.locator("textarea[name=remark]").fill(remark)

    def add_picture(self, file: Path) -> None:
        """Behind the fold, where the rare stands."""
        if not self.page.locator("main form details[open]").count():
            self.page.locator("main form details summary").click()
        self.page.locator("input[name=picture]").set_input_files(file)

    def save(self) -> None:
        """Touch the form's button and wait for "saved on this phone", or for the page after it was sent."""
        self.page.locator("main form[data-outbox] button[type=submit]").click()
        self.page.locator(".saved, main .facts").first.wait_for()

    def write(self, amount: str, *, work: str = "WEEDING") -> None:
        self.open_work(work)
        self.type_work(amount)
        self.save()

    def is_received(self) -> None:
        """Wait for the page that shows what was written."""
        self.page.wait_for_url("**/diary/entries/**")

    def items(self) -> list[dict[str, Any]]:
        """What the outbox holds, in the order of writing; asked again when the page just leads on."""
        for _ in range(5):
            try:
                found: list[dict[str, Any]] = self.page.evaluate(ITEMS)
                return found
            except Error:
                self.page.wait_for_load_state()
        raise AssertionError(f"no outbox on {self.page.url}")

    def states(self) -> list[str]:
        return [item["state"] for item in self.items()]

    def until(self, *states: str) -> None:
        """Wait until the items are in these states, in the order of writing."""
        for _ in range(LEFT_AFTER // 100):
            if self.states() == list(states):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{self.items()} on {self.page.url}")

    def received(self) -> dict[str, dict[str, Any]]:
        """The entries that the node has of this person, by the form's id."""
        answer = self.context.request.get(f"{self.node.address}/api/diary/entries?limit=100")
        assert answer.status == 200, answer.text()
        return {each["client_id"]: each for each in answer.json()["items"]}

    def make_older(self, *, hours: int) -> None:
        self.page.evaluate(OLDER, hours)

    def is_once_at_the_node(self) -> None:
        """What this phone calls sent is at the node, each once, in the order of writing."""
        here = [item["id"] for item in self.items() if item["state"] == "sent"]
        there = self.received()
        assert set(here) <= set(there)
        order = sorted(here, key=lambda key: there[key]["recorded_at"])
        assert order == here

    def has_tried(self) -> None:
        """Wait until the last item was tried once and did not get through."""
        for _ in range(100):
            if self.items()[-1]["tries"]:
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(self.items())


def _phone(page: Page, node: Node, wire: Wire) -> Phone:
    held = Phone(page, replace(node, address=wire.address), wire=wire)
    page.on("pageerror", lambda fault: held.faults.append(str(fault)))
    page.on("console", lambda line: held.faults.append(line.text) if "Content Security" in line.text else None)
    return held


@contextmanager
def phone(node: Node, who: str = "") -> Iterator[Phone]:
    """A phone whose storage is new, on a wire of its own."""
    options = {"viewport": PHONE, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
    with Wire(node.port) as wire, window(**options) as page:
        held = _phone(page, node, wire)
        if who:
            held.sign_in(who)
        yield held


@contextmanager
def lasting_phone(node: Node, wire: Wire, folder: Path) -> Iterator[tuple[Phone, list[int]]]:
    """A phone whose storage stays in the folder, with the process ids of its browser, to be killed."""
    before = _processes()
    with lasting_window(folder, viewport=PHONE, locale="vi-VN") as page:
        yield _phone(page, node, wire), [each for each in _processes() - before if str(folder) in _line(each)]


def kill(pids: list[int]) -> None:
    """As when the battery falls out."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _processes() -> set[int]:
    return {int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()}


def _line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return ""
