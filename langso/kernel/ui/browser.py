"""One Chromium for all tests of a process: starting one costs more than most of what a test does in it.

The browser lives in a thread of its own, so that its event loop stays out of the thread where tests use the database.
A test gets its own window, with its own cookies and storage, and uses it as any other of Playwright's pages.
Needs Chromium (Debian's, or CHROMIUM names another).
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

Given = ParamSpec("Given")
Made = TypeVar("Made")

_THREAD = ThreadPoolExecutor(1, "browser")


def in_browser(act: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs) -> Made:
    """Do something in the browser's thread and wait for what comes of it."""
    return _THREAD.submit(act, *args, **kwargs).result()


class Handle:
    """Something of the browser's in the hands of another thread: what is asked of it happens in the browser's own."""

    def __init__(self, real: Any) -> None:
        self._real = real

    def __getattr__(self, name: str) -> Any:
        return _handed(in_browser(getattr, self._real, name))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return _handed(in_browser(self._real, *args, **kwargs))

    def __enter__(self) -> Any:
        return _handed(in_browser(self._real.__enter__))

    def __exit__(self, *fault: Any) -> Any:
        return in_browser(self._real.__exit__, *fault)


def _handed(found: Any) -> Any:
    if isinstance(found, list):
        return [_handed(each) for each in found]
    ours = type(found).__module__.startswith("playwright.") and not isinstance(found, (dict, str, BaseException))
    return Handle(found) if ours or callable(found) else found


@contextmanager
def window(**options: Any) -> Iterator[Page]:
    """A new page in a context of its own, which takes Playwright's options of a context; closed at the end."""
    context = in_browser(new_context, **options)
    try:
        yield cast(Page, Handle(in_browser(context.new_page)))
    finally:
        in_browser(context.close)


@contextmanager
def lasting_window(folder: Path, **options: Any) -> Iterator[Page]:
    """A page of a browser of its own that keeps its storage in the folder, as a phone does; it may be killed."""
    context = in_browser(_lasting_context, folder, **options)
    try:
        yield cast(Page, Handle(in_browser(lambda: context.pages[0])))
    finally:
        with suppress(Error):
            in_browser(context.close)


def _lasting_context(folder: Path, **options: Any) -> BrowserContext:
    return _shared_browser().browser_type.launch_persistent_context(
        folder, executable_path=chromium(), args=["--no-sandbox"], **options
    )


def ask_devtools(page: Page, method: str, **given: Any) -> Any:
    """What the browser's own tools answer about a page of `window`, such as `Page.getInstallabilityErrors`."""
    real = page._real  # type: ignore[attr-defined]
    return in_browser(lambda: real.context.new_cdp_session(real).send(method, given))


def new_context(**options: Any) -> BrowserContext:
    """A context whose pages know axe from the start. Only for the browser's thread."""
    context = _shared_browser().new_context(**options)
    context.add_init_script(AXE_SCRIPT)
    return context


@cache
def _shared_browser() -> Browser:
    """Ends with this process, whose pipe to it closes."""
    return sync_playwright().start().chromium.launch(executable_path=chromium(), args=["--no-sandbox"])


def chromium() -> str | None:
    """Where the browser is: the one without windows when it is there, because it starts and draws with less work."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")


# What axe found in order is longer than all else it tells: only the violations leave the page, as text.
RUN_AXE = "async options => JSON.stringify((await axe.run(options)).violations)"


def axe_violations(page: Page, **options: Any) -> list[dict[str, Any]]:
    """What axe minds on a page; `options` are those of `axe.run`. A page that is not of `window` gets axe here."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = json.loads(page.evaluate(RUN_AXE, {"resultTypes": ["violations"], **options}))
    return found
