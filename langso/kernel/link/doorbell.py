"""At a hub: boxes that wait for news. They cost a coroutine each; one look at the journal a moment serves them all."""

import asyncio
import signal
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final
from urllib.parse import parse_qs

LOOK_EVERY: Final = 0.5
LONGEST_WAIT: Final = 60.0
PATH: Final = "/link/v1/down"


def wait_asked(path: str, query: bytes) -> float:
    """How many seconds a request would wait for news; 0 when it does not."""
    if path != PATH:
        return 0.0
    given = parse_qs(query.decode("ascii", "replace")).get("wait", ["0"])[0]
    return min(float(given), LONGEST_WAIT) if given.isdecimal() else 0.0


class Doorbell:
    """`look` says where the journal's news stands; `news` waits until that has moved."""

    def __init__(self, look: Callable[[], Awaitable[int]]) -> None:
        self._look = look
        self._waiting: set[asyncio.Future[None]] = set()
        self._task: asyncio.Task[None] | None = None
        self._seen = 0
        self._listens = self._let_go = False

    async def look(self) -> int:
        return await self._look()

    async def news(self, seen: int, within: float) -> bool:
        """Wait until there is something newer than `seen`; False when the time is over, or the server stops."""
        if self._seen > seen:
            return True
        if self._let_go:
            return False
        loop = asyncio.get_running_loop()
        self._listen_for_the_end(loop)
        woken = loop.create_future()
        self._waiting.add(woken)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._watch(seen))
        with suppress(TimeoutError):
            await asyncio.wait_for(woken, within)
            return not self._let_go
        self._waiting.discard(woken)
        return False

    def let_everybody_go(self) -> None:
        """The server stops: nobody waits any more."""
        self._let_go = True
        self._wake()

    def _listen_for_the_end(self, loop: asyncio.AbstractEventLoop) -> None:
        """The web server waits for open questions when it is told to stop. Python calls this handler beside its own:
        an event loop is told of signals through a pipe, whatever handler stands here."""
        if self._listens or threading.current_thread() is not threading.main_thread():
            return
        self._listens = True
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, lambda *_: loop.call_soon_threadsafe(self.let_everybody_go))

    async def _watch(self, seen: int) -> None:
        self._seen = max(self._seen, seen)
        while self._waiting:
            await asyncio.sleep(LOOK_EVERY)
            with suppress(Exception):  # a database that is away for a moment is no reason to let everybody go
                stands = await self._look()
                if stands != self._seen:
                    self._seen = stands
                    self._wake()

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, set()
        for woken in waiting:
            if not woken.done():
                woken.set_result(None)
