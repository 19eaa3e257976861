"""Looks at finished screens in a real browser, for tests of any domain: axe, side scroll, sizes, the security policy.

    assert faults_on_screen({"/people/": client.get("/people/")}) == []

Pages are rendered first and then handed to the browser, so no server runs and the test's own transaction is seen.
Needs Chromium (Debian's, or CHROMIUM names another) and the built assets.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.http.response import HttpResponseBase
from playwright.sync_api import Browser, Page, Route, sync_playwright

HOST = "http://localhost"
STATIC = Path(settings.REPOSITORY) / "build" / "static"
SIZES = {360: 740, 1280: 800}
"""A cheap phone and a desk: width and height in CSS pixels."""

# Links inside running text may be smaller than a thumb (WCAG 2.2, 2.5.8, "inline"); a hidden radio has its label.
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")].filter(element => {
  const box = element.getBoundingClientRect();
  if (!box.width || !element.offsetParent && getComputedStyle(element).position !== "fixed") return false;
  if (element.matches(".skip, [type=radio], [type=checkbox], [type=hidden]")) return false;
  const inText = getComputedStyle(element).display.startsWith("inline");
  if (inText && element.matches("a:not(.act, .back, .corner)")) return false;
  return box.height < 47.5 || box.width < 24;
}).map(element => element.outerHTML.slice(0, 120))"""

SMALL_TEXT = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
    if (node.data.trim() && size < 17.9) found.add(`${size} px: ${node.data.trim().slice(0, 60)}`);
  }
  return [...found];
}"""


def faults_on_screen(answers: Mapping[str, HttpResponseBase], *, widths: tuple[int, ...] = (360, 1280)) -> list[str]:
    """One line for each fault of each page at each width; an empty list is what a test wants to see."""
    pages = {path: (dict(answer.headers), _body(answer)) for path, answer in answers.items()}
    with sync_playwright() as driver:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            return [fault for width in widths for path in pages for fault in _look(browser, pages, path, width)]
        finally:
            browser.close()


def _body(answer: HttpResponseBase) -> bytes:
    return b"".join(answer) if answer.streaming else bytes(answer.content)  # type: ignore[attr-defined]


def _look(browser: Browser, pages: Mapping[str, tuple[dict[str, str], bytes]], path: str, width: int) -> Iterator[str]:
    context = browser.new_context(viewport={"width": width, "height": SIZES[width]})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    def answer(route: Route) -> None:
        address = route.request.url.removeprefix(HOST)
        if address.startswith("/static/"):
            route.fulfill(path=STATIC / address.removeprefix("/static/").partition("#")[0])
        elif address == path:
            headers, body = pages[path]
            route.fulfill(headers=headers, body=body)
        else:
            route.fulfill(status=204)

    page.route("**/*", answer)
    page.goto(HOST + path)
    faults = [*said, *_measured(page, width)]
    context.close()
    yield from (f"{path} at {width}: {fault}" for fault in faults)


def _measured(page: Page, width: int) -> Iterator[str]:
    scroll = page.evaluate("document.documentElement.scrollWidth")
    if scroll > width:
        yield f"scrolls sideways ({scroll} px)"
    yield from (f"target below 48 px: {element}" for element in page.evaluate(TOO_SMALL))
    yield from (f"text below 18 px: {text}" for text in page.evaluate(SMALL_TEXT))
    for violation in Axe().run(page).response["violations"]:
        yield f"axe {violation['id']}: {[node['html'][:120] for node in violation['nodes']]}"
