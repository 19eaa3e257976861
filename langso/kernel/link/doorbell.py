"""At a hub: boxes that wait for news. They cost a coroutine each; one look at the journal a moment serves them all."""

import asyncio
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

    async def look(self) -> int:
        return await self._look()

    async def news(self, seen: int, within: float) -> bool:
        """Wait until there is something newer than `seen`; False when the time is over."""
        if self._seen > seen:
            return True
        woken = asyncio.get_running_loop().create_future()
        self._waiting.add(woken)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._watch(seen))
        with suppress(TimeoutError):
            await asyncio.wait_for(woken, within)
            return True
        self._waiting.discard(woken)
        return False

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
