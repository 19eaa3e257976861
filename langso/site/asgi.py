"""What the web server runs."""

import asyncio
import gc
import os
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from typing import IO, Any, Final

import django
from asgiref.sync import sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.db import close_old_connections
from django.urls import set_script_prefix

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

THREADS: Final = 8
"""Requests at the same time, as many as there are database connections. Those beyond wait their turn."""


class Handler(ASGIHandler):
    """Django's handler with everything from the start of a request to its finished page done in one thread.

    Django's own goes to a thread and back to the event loop three times for a request, and makes a thread for each,
    which costs more than a small page. Ours are synchronous views; what streams is still sent by the loop.
    """

    def __init__(self) -> None:
        super().__init__()
        self.threads = ThreadPoolExecutor(THREADS, "request")

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        # A context of its own, so that language and open commune of one request are never seen by the next.
        here, answer = copy_context(), partial(self._answer, scope, body)
        response = await asyncio.get_running_loop().run_in_executor(self.threads, lambda: here.run(answer))
        with suppress(asyncio.CancelledError):
            await self.send_response(response, send)
        if response.streaming:
            await sync_to_async(response.close)()

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


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup(set_prefix=False)
application = Handler()

# The program's own objects stay for good: looking through them again and again for rubbish costs a tenth of a page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
