"""What the web server runs."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from io import BytesIO
from typing import IO, Any, Final

import django
from asgiref.sync import sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.db import close_old_connections
from django.http import HttpResponse
from django.urls import set_script_prefix

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup(set_prefix=False)

from langso.kernel.journal.travel import last_down  # noqa: E402
from langso.kernel.link.doorbell import Doorbell, wait_asked  # noqa: E402
from langso.kernel.rubbish import spare_program  # noqa: E402

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

THREADS: Final = 8
"""Requests at the same time, as many as there are database connections. Those beyond wait their turn."""
LINK_THREADS: Final = 2
"""Of other nodes: a thousand boxes that catch up must not stand in the way of the people here."""
LINK_WAITING: Final = 100
"""Their requests that wait for a thread, some ten seconds of work. A node beyond is asked to come back: one that waits
longer than its patience has gone when its turn comes, and the hub works for nobody."""
LINK: Final = "/link/v1/"
NOTHING_NEW: Final = 204
LINK_HEADERS: Final = ("content-length", "content-type", "langso")
"""All that a program needs. A box asks every minute, all year, over a link that is paid by the megabyte."""


class Handler(ASGIHandler):
    """Django's handler with everything from the start of a request to its finished page done in one thread.

    Django's own goes to a thread and back to the event loop three times for a request, and makes a thread for each,
    which costs more than a small page. Ours are synchronous views; what streams is still sent by the loop.
    """

    def __init__(self) -> None:
        super().__init__()
        self.threads = ThreadPoolExecutor(THREADS, "request")
        self.link_threads = ThreadPoolExecutor(LINK_THREADS, "link")
        self.link_waiting = 0
        self.doorbell = Doorbell(self._look_for_news)

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        if scope["path"].startswith(LINK):
            response = await self._answer_node(scope, body)
        else:
            response = await self._in_thread(self.threads, partial(self._answer, scope, body))
        with suppress(asyncio.CancelledError):
            await self.send_response(response, send)
        if response.streaming:
            await sync_to_async(response.close)()

    async def _in_thread(self, threads: ThreadPoolExecutor, act: Callable[[], Any]) -> Any:
        # A context of its own, so that language and open commune of one request are never seen by the next.
        here = copy_context()
        return await asyncio.get_running_loop().run_in_executor(threads, lambda: here.run(act))

    async def _answer_node(self, scope: Scope, body: IO[bytes]) -> Any:
        """The answer to another node. A question for news waits here, in no thread, until there is something."""
        if self.link_waiting >= LINK_WAITING:
            return self._busy()
        now = asyncio.get_running_loop().time
        end = now() + wait_asked(scope["path"], scope["query_string"])
        while True:
            seen = await self.doorbell.look() if end > now() else 0
            self.link_waiting += 1
            try:
                response = await self._in_thread(self.link_threads, partial(self._answer, scope, body))
            finally:
                self.link_waiting -= 1
            if response.status_code != NOTHING_NEW or not await self._news(seen, end - now()):
                break
            body = BytesIO()
        for name in [name for name in response.headers if name.lower() not in LINK_HEADERS]:
            del response.headers[name]
        return response

    def _busy(self) -> Any:
        response: Any = HttpResponse(status=503, headers={"Content-Length": "0"})
        response._handler_class = self.__class__
        return response

    async def _news(self, seen: int, within: float) -> bool:
        return within > 0 and await self.doorbell.news(seen, within)

    async def _look_for_news(self) -> int:
        return int(await self._in_thread(self.link_threads, _last_down))

    def _answer(self, scope: Scope, body: IO[bytes]) -> Any:
        """The finished response, closed unless it streams."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refused = self.create_request(scope, body)
        response: Any = self.get_response(request) if request else refused
        response._handler_class = self.__class__
        if response.streaming:
            close_old_connections()
        else:
            response.close()
        body.close()
        return response


def _last_down() -> int:
    """Where the news for boxes stands, asked outside of any request: connections are looked after here."""
    close_old_connections()
    try:
        return last_down()
    finally:
        close_old_connections()


application = Handler()

spare_program()
