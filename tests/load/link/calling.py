"""One simulated box at work: greets the hub, sends its batches a few at a time, gives up and comes back."""

import asyncio
import json
import random
import time
from dataclasses import dataclass, field
from typing import Any

from langso.kernel.link import signing
from langso.kernel.link.client import CONNECT_WITHIN
from langso.kernel.link.linker import FIRST_PAUSE, LONGEST_PAUSE, POLL
from langso.kernel.link.sending import IN_FLIGHT
from langso.kernel.link.wire.loose import unpack_document
from tests.load.link.simulated import Box, one_more

DAY = 86_400
ANSWER_WITHIN = 45.0
"""A box's patience, unless it is told otherwise (`LANGSO_LINK_PATIENCE`)."""


class Refused(Exception):
    """The hub answered, and not with yes."""


@dataclass
class Line:
    """One connection. Answers come in the order of the questions."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, box: "Caller", method: str, path: str, body: bytes = b"") -> None:
        now = int(time.time() * 1000)
        header = signing.sign_request(box.key, method=method, target=path, body=body, time_ms=now)
        length = f"Content-Length: {len(body)}\r\n" if body or method != "GET" else ""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{signing.HEADER}: {header}\r\n{length}\r\n"
        data = head.encode() + body
        self.writer.write(data)
        await self.writer.drain()
        box.sent += len(data)

    async def answer(self, within: float) -> dict[str, Any]:
        return await asyncio.wait_for(self._answer(), within)

    async def _answer(self) -> dict[str, Any]:
        head = await self.reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split(" ")[1])
        fields = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        body = await self.reader.readexactly(int(fields.get("content-length", 0)))
        if status >= 400:
            raise Refused(f"{status} {body[:80]!r}")
        return unpack_document(body) if body else {}


@dataclass
class Caller:
    """`level_after` is how long it took until the hub had confirmed everything; `given_up` counts lost patience."""

    box: Box
    port: int
    upto: int = 0
    level_after: float = 0.0
    given_up: int = 0
    refused: int = 0
    came_back: int = 0
    sent: int = 0
    answers: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = self.box.key

    async def catch_up(self, begin: float) -> None:
        pause = FIRST_PAUSE
        while self.upto < self.box.last:
            try:
                await self._send_all()
            except Refused:
                self.refused += 1
            except (OSError, TimeoutError, asyncio.IncompleteReadError):
                self.given_up += 1
            else:
                break
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))
            pause = min(2 * pause, LONGEST_PAUSE)
        self.level_after = time.perf_counter() - begin

    async def live(self, seconds: float) -> None:
        """Hold a question at the hub and send records at a day's pace for so long; come back when turned away."""
        end, pause = time.perf_counter() + seconds, FIRST_PAUSE
        while time.perf_counter() < end:
            try:
                await self._live_until(end)
            except (Refused, OSError, TimeoutError, asyncio.IncompleteReadError):
                self.came_back += 1
                await asyncio.sleep(pause * random.uniform(0.5, 1.0))
                pause = min(2 * pause, LONGEST_PAUSE)

    async def _live_until(self, end: float) -> None:
        every = DAY / len(self.box.batches) / 500
        waiting, line = await self._connect(), await self._connect()
        listening = asyncio.ensure_future(self._listen(waiting))
        try:
            held = (await self._greet(line))["epochs"][self.box.epoch]
            seq, previous = held["upto"], bytes.fromhex(held["hash"])
            wait = random.uniform(0, every)
            while time.perf_counter() + wait < end:
                await asyncio.sleep(wait)
                seq, wait = seq + 1, every
                data, previous = one_more(self.box, seq, previous)
                begin = time.perf_counter()
                await line.ask(self, "POST", "/link/v1/journal", data)
                await line.answer(ANSWER_WITHIN)
                self.answers.append(time.perf_counter() - begin)
            # A question that the hub does not hold any longer ends this life as well.
            await asyncio.wait([listening], timeout=max(0.0, end - time.perf_counter()))
            if listening.done():
                listening.result()
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            waiting.writer.close()
            line.writer.close()

    async def _listen(self, line: Line) -> None:
        while True:
            await line.ask(self, "GET", f"/link/v1/down?after=:0&wait={POLL}")
            await line.answer(POLL + 15)

    async def _send_all(self) -> None:
        line = await self._connect()
        try:
            epochs = (await self._greet(line))["epochs"]
            self.upto = epochs.get(self.box.epoch, {}).get("upto", 0)
            left = [data for end, data in self.box.batches if end > self.upto]
            asked = 0
            while asked < len(left) and asked < IN_FLIGHT:
                await line.ask(self, "POST", "/link/v1/journal", left[asked])
                asked += 1
            for answered in range(len(left)):
                self.upto = (await line.answer(ANSWER_WITHIN))["upto"]
                if asked < len(left):
                    await line.ask(self, "POST", "/link/v1/journal", left[asked])
                    asked += 1
                assert asked > answered
        finally:
            line.writer.close()

    async def _greet(self, line: Line) -> dict[str, Any]:
        said = {"version": "simulated", "installation": self.box.node}
        await line.ask(self, "POST", "/link/v1/hello", json.dumps(said).encode())
        return await line.answer(ANSWER_WITHIN)

    async def _connect(self) -> Line:
        opened = asyncio.open_connection("127.0.0.1", self.port)
        return Line(*await asyncio.wait_for(opened, CONNECT_WITHIN))
