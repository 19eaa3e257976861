"""Looks at finished screens in a real browser, for tests of any domain: axe, side scroll, sizes, the security policy.

    assert faults_on_screen({"/people/": client.get("/people/")}) == []

Pages are rendered first and then handed to the browser, so no server runs and the test's own transaction is seen.
Needs Chromium and the built assets.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from playwright.sync_api import ConsoleMessage, Error, Page, Route, ViewportSize

from langso.kernel.ui.browser import axe_violations, in_browser, new_context, window

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
    pages = {path: _rendered(answer) for path, answer in answers.items()}
    return in_browser(_all_faults, pages, widths)


def _all_faults(pages: Mapping[str, HttpResponse], widths: tuple[int, ...]) -> list[str]:
    faults = []
    for width in widths:
        page = _window(width)
        for path, answer in pages.items():
            faults += [f"{path} at {width}: {fault}" for fault in _faults(page, path, answer, width)]
    return faults


@cache
def _window(width: int) -> Page:
    """One window for each width, used again: axe runs twice as fast where it has run before."""
    return new_context(viewport=_viewport(width), service_workers="block").new_page()


@contextmanager
def on_screen(
    answer: HttpResponseBase, *, width: int = 360, script: str = "", javascript: bool = True
) -> Iterator[Page]:
    """A finished page in the browser, to be touched. `script` runs before the page's own."""
    with window(viewport=_viewport(width), java_script_enabled=javascript, service_workers="block") as page:
        page.add_init_script(script)
        _show(page, "/", _rendered(answer))
        yield page


def _rendered(answer: HttpResponseBase) -> HttpResponse:
    """The answer with its whole body: nothing may touch the database once the browser runs."""
    body = b"".join(answer) if answer.streaming else bytes(answer.content)  # type: ignore[attr-defined]
    # No node stands behind the page, so it must not ask for its service worker.
    return HttpResponse(body.replace(b" data-sw>", b">"), headers=dict(answer.headers))


def _viewport(width: int) -> ViewportSize:
    return ViewportSize(width=width, height=SIZES[width])


def _show(page: Page, path: str, answer: HttpResponse) -> None:
    """Open the page; its static files come from the build, every other request is answered with nothing."""

    def fulfil(route: Route) -> None:
        address = route.request.url.removeprefix(HOST)
        if address.startswith("/static/"):
            route.fulfill(path=STATIC / address.removeprefix("/static/").partition("#")[0])
        elif address == path:
            route.fulfill(headers=dict(answer.headers), body=answer.content)
        else:
            route.fulfill(status=204)

    page.route("**/*", fulfil)
    page.goto(HOST + path)


def _faults(page: Page, path: str, answer: HttpResponse, width: int) -> list[str]:
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            said.append(message.text)

    def fall(error: Error) -> None:
        said.append(str(error))

    page.on("console", hear)
    page.on("pageerror", fall)
    _show(page, path, answer)
    faults = [*_measured(page, width), *said]
    page.remove_listener("console", hear)
    page.remove_listener("pageerror", fall)
    page.unroute_all()
    return faults


def _measured(page: Page, width: int) -> Iterator[str]:
    scroll = page.evaluate("document.documentElement.scrollWidth")
    if scroll > width:
        yield f"scrolls sideways ({scroll} px)"
    yield from (f"target below 48 px: {element}" for element in page.evaluate(TOO_SMALL))
    yield from (f"text below 18 px: {text}" for text in page.evaluate(SMALL_TEXT))
    for violation in axe_violations(page):
        yield f"axe {violation['id']}: {[node['html'][:120] for node in violation['nodes']]}"
