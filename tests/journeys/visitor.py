"""A person before a screen: a real browser on a running node, signed in as one of the demo's people."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Download, Locator, Page, ViewportSize

from langso.kernel.ui.browser import axe_violations, window
from tests.node import Node

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
SIGN_IN_NAMES = {
    "farmer": "0500 000 001",
    "neighbour": "0500 000 002",
    "helper": "nguoi-tro-giup",
    "officer": "can-bo",
    "manager": "giam-doc",
    "inspector": "kiem-tra",
    "province": "can-bo-tinh",
    "operator": "van-hanh",
}
WCAG = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]


@dataclass
class Visitor:
    """One person with one browser context. `faults` collects what the browser's console complains of."""

    page: Page
    node: Node
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.node.address + path)

    def sign_in(self, who: str) -> None:
        """Touch one of the demo's people on the sign-in page, which leads whoever is signed in to their own page."""
        self.go("/sign-in/")
        if "/sign-in/" not in self.page.url:
            assert SIGN_IN_NAMES[who] in self._account(), f"another than {who} is signed in"
            return
        for folded in self.page.query_selector_all("details"):
            folded.evaluate("each => { each.open = true }")
        name = re.compile(rf"·\s*{re.escape(SIGN_IN_NAMES[who])}\s*$")
        self.press(self.page.locator("li", has_text=name).get_by_role("button"))

    def _account(self) -> str:
        """What the node says about who is signed in, whatever the window shows."""
        return " ".join(self.page.context.request.get(f"{self.node.address}/account/").text().split())

    def press(self, pressed: Locator) -> None:
        """Press what leads to another page, and wait until that page is there.

        Waiting for a load only after the click would look at the page that is about to go.
        """
        with self.page.expect_navigation():
            pressed.click()

    def touch(self, selector: str) -> None:
        """Touch the first thing that matches, and wait for the page it leads to."""
        self.press(self.page.locator(f"main {selector}").first)

    def send(self, form: str = "form[method=post]") -> None:
        """Send the page's form by its main button; one that goes through the outbox leads on once it is received."""
        self.press(self._button(form))

    def _button(self, form: str) -> Locator:
        main = self.page.locator(f"main {form} button.act-main[type=submit]")
        return (main if main.count() else self.page.locator(f"main {form} button[type=submit]")).first

    def saved_file(self, form: str = "form[method=post]") -> Path:
        """Send a form that answers with a file; returns where the browser put it."""
        with self.page.expect_download() as waiting:
            self._button(form).click()
        download: Download = waiting.value
        return Path(download.path())

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def is_well(self) -> None:
        """No accessibility violation that axe finds, no side scroll, nothing in the console."""
        found = axe_violations(self.page, runOnly=WCAG)
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == [], self.page.url
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.page.viewport_size["width"], f"{self.page.url} scrolls sideways: {width} px"  # type: ignore[index]
        assert self.faults == [], self.page.url


@contextmanager
def visitor(node: Node, who: str = "", *, size: ViewportSize | None = None) -> Iterator[Visitor]:
    """A window with one person before it, on a phone unless told otherwise."""
    with window(viewport=size or PHONE, locale="vi-VN", accept_downloads=True) as page:
        person = Visitor(page, node)
        page.on("pageerror", lambda fault: person.faults.append(str(fault)))
        page.on("console", lambda line: person.faults.append(line.text) if "Content Security" in line.text else None)
        if who:
            person.sign_in(who)
        yield person
