"""A weak link on the loopback: a TCP proxy that is slow, narrow, counts bytes, and fails in the ways of real links.

    with Wire(target_port, rtt=0.3) as wire:
        ...  # talk to wire.address instead of the target
        wire.cut()

Single requests can be stopped, robbed of their answer, or answered by somebody on the way: see `meddling`.

Model. Each direction is one pipe that all connections share: a chunk leaves when the pipe is free, takes its size over
the bandwidth, and arrives half a round trip later. A new connection first costs a round trip, as TCP's handshake does.
TCP's slow start and headers are not modelled: `Traffic` counts what the two ends gave to TCP.
"""

import asyncio
import socket
import struct
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import Self, TypeVar

from tests.faults.meddling import Meddling
from tests.faults.raw_requests import RequestReader

CHUNK = 16 * 1024
ON_THE_WAY = 16
"""Chunks that one connection may have in the pipe: about what a socket's buffers would hold."""
RESET_AT_CLOSE = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: `close` sends RST."""

Answer = TypeVar("Answer")


class State(Enum):
    UP = "up"
    CUT = "cut"
    """Connections are reset, new ones too."""
    SILENT = "silent"
    """A black hole: connections open, nothing arrives, nobody is told."""


@dataclass
class Traffic:
    """Bytes given to TCP by the calling end (`up`) and by the target (`down`), and how often somebody connected."""

    up: int = 0
    down: int = 0
    connections: int = 0

    @property
    def both(self) -> int:
        return self.up + self.down

    def since(self, before: "Traffic") -> "Traffic":
        return Traffic(self.up - before.up, self.down - before.down, self.connections - before.connections)

    def copy(self) -> "Traffic":
        return Traffic(self.up, self.down, self.connections)


@dataclass(eq=False)
class Pipe:
    """One direction. `rate` is bits a second, 0 without a limit; `free_at` is when the next chunk may begin."""

    rate: float
    free_at: float = 0.0

    def arrival(self, size: int, now: float, delay: float) -> float:
        """When a chunk of this size, sent now, is at the other end."""
        took = size * 8 / self.rate if self.rate else 0.0
        self.free_at = max(self.free_at, now) + took
        return self.free_at + delay


@dataclass(eq=False)
class Call:
    """One connection: the caller's side and ours to the target.

    `dead`: it fell into a black hole and stays there. `loses`: the next answer on it goes nowhere. `over`: somebody
    meddled with it, and it is closed.
    """

    caller: asyncio.StreamWriter
    target: asyncio.StreamWriter
    dead: bool = False
    loses: bool = False
    over: bool = False
    tasks: list["asyncio.Task[None]"] = field(default_factory=list)


class Wire(Meddling):
    """The proxy, in a thread of its own. Every method may be called from any other thread."""

    def __init__(self, target: int, *, rtt: float = 0.0, rate: float = 0.0, port: int = 0, seed: int = 1) -> None:
        super().__init__()
        self.target = target
        self.port = port
        self.rtt = rtt
        self.state = State.UP
        self.traffic = Traffic()
        self.began_at = 0.0
        """When the first bytes came in after `mark`, in seconds since 1970; 0 before."""
        self.up, self.down = Pipe(rate), Pipe(rate)
        self.requests: list[bytes] | None = None
        """Whole HTTP requests of the callers, once `keep_requests` was called."""
        self.repeat = False
        """Deliver each kept request a second time, on a connection of its own; that answer is thrown away."""
        self.shuffle = 0.0
        """Hold each chunk of a caller back by up to so many seconds, at random: requests overtake each other."""
        self._chance = Random(seed)
        self._calls: set[Call] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="wire", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._reset_all)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Reset every connection and each new one, until `restore`."""
        self.state = State.CUT
        self._do(self._reset_all)

    def lead_to(self, target: int) -> None:
        """From now on to another port; connections to the former one break."""
        self.target = target
        self._do(self._reset_all)

    def swallow(self) -> None:
        """Let nothing through and tell nobody, until `restore`. Connections of that time never come back to life."""
        self.state = State.SILENT
        self._do(self._bury_all)

    def mark(self) -> Traffic:
        """The traffic until now; `began_at` waits for the next bytes."""
        self.began_at = 0.0
        return self.traffic.copy()

    def restore(self) -> None:
        self.state = State.UP

    def heal(self) -> None:
        """The best of links: up, quick, wide, nothing said twice, and nobody on the way."""
        self.restore()
        self.mend()
        self.rtt, self.shuffle, self.repeat, self.requests = 0.0, 0.0, False, None
        self.set_rate(0.0)

    def set_rate(self, rate: float) -> None:
        """Bits a second of each direction from now on; 0: no limit."""
        self.up.rate = self.down.rate = rate

    def flap(self, *, up: float, down: float, times: int) -> None:
        """Cut the link so many times: `up` seconds of link, then `down` seconds of none. The link is up at the end."""
        pause = threading.Event()
        for _ in range(times):
            pause.wait(up)
            self.cut()
            pause.wait(down)
            self.restore()

    def keep_requests(self, *, repeat: bool = False) -> list[bytes]:
        """Remember callers' HTTP requests as raw bytes from now on, in the list that is returned."""
        self.requests, self.repeat = [], repeat
        return self.requests

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._accept, "127.0.0.1", self.port))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    def _do(self, act: Callable[[], Answer]) -> Answer:
        async def acting() -> Answer:
            return act()

        return asyncio.run_coroutine_threadsafe(acting(), self._loop).result(10)

    async def _accept(self, reader: asyncio.StreamReader, caller: asyncio.StreamWriter) -> None:
        self.traffic.connections += 1
        if self.state is State.SILENT:
            await _drain_away(reader, caller)
            return
        await asyncio.sleep(self.rtt)
        if self.state is State.CUT:
            _reset(caller)
            return
        try:
            answers, target = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            _reset(caller)
            return
        with suppress(asyncio.CancelledError):  # the wire is taken away while something is on it
            await self._carry_both(Call(caller, target), reader, answers)

    async def _carry_both(self, call: Call, reader: asyncio.StreamReader, answers: asyncio.StreamReader) -> None:
        call.tasks = [
            asyncio.ensure_future(self._carry(call, reader, call.target, self.up)),
            asyncio.ensure_future(self._carry(call, answers, call.caller, self.down)),
        ]
        self._calls.add(call)
        try:
            await asyncio.gather(*call.tasks, return_exceptions=True)
        finally:
            self._calls.discard(call)
            call.caller.close()
            call.target.close()

    async def _carry(self, call: Call, source: asyncio.StreamReader, sink: asyncio.StreamWriter, pipe: Pipe) -> None:
        """Read here, deliver there when it is due, in order; a full pipe makes the sender wait."""
        due: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(ON_THE_WAY)
        delivery = asyncio.ensure_future(self._deliver(call, due, sink))
        try:
            async for chunk in self._answers(call, source) if pipe is self.down else self._requests(call, source):
                await due.put((self._arrival(pipe, len(chunk)), chunk))
            await due.put((self._arrival(pipe, 0), b""))
            await delivery
        except OSError:
            _reset(call.caller)
            _reset(call.target)
        finally:
            delivery.cancel()
            if call.over:
                call.caller.close()
                call.target.close()

    async def _requests(self, call: Call, caller: asyncio.StreamReader) -> AsyncIterator[bytes]:
        """What the caller says, until a rule stops it."""
        seen = RequestReader()
        while chunk := await caller.read(CHUNK):
            self._count(self.up, len(chunk))
            if self.requests is not None:
                self._remember(seen.feed(chunk))
            rule = self.rule_for(chunk)
            if rule and not rule.loses_answer:
                call.over = True
                call.caller.write(rule.answer)
                return
            call.loses = call.loses or rule is not None
            yield chunk

    async def _answers(self, call: Call, target: asyncio.StreamReader) -> AsyncIterator[bytes]:
        """What the target answers, until one answer is to be lost."""
        while chunk := await target.read(CHUNK):
            self._count(self.down, len(chunk))
            if call.loses:
                call.over = True
                return
            yield chunk

    async def _deliver(self, call: Call, due: "asyncio.Queue[tuple[float, bytes]]", sink: asyncio.StreamWriter) -> None:
        chunk = b"the first is yet to come"
        while chunk:
            at, chunk = await due.get()
            await asyncio.sleep(at - self._loop.time())
            if call.dead:
                continue
            if not chunk:
                with suppress(OSError):
                    sink.write_eof()
                return
            sink.write(chunk)
            await sink.drain()

    def _arrival(self, pipe: Pipe, size: int) -> float:
        delay = self.rtt / 2
        if pipe is self.up and self.shuffle:
            delay += self._chance.uniform(0, self.shuffle)
        return pipe.arrival(size, self._loop.time(), delay)

    def _count(self, pipe: Pipe, size: int) -> None:
        self.began_at = self.began_at or time.time()
        if pipe is self.up:
            self.traffic.up += size
        else:
            self.traffic.down += size

    def _remember(self, requests: list[bytes]) -> None:
        for request in requests:
            if self.requests is not None:
                self.requests.append(request)
            if self.repeat:
                task = asyncio.ensure_future(self._send_again(request))
                task.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def _send_again(self, request: bytes) -> None:
        await asyncio.sleep(self.rtt / 2 + self._chance.uniform(0, 0.05))
        reader, writer = await asyncio.open_connection("127.0.0.1", self.target)
        writer.write(request)
        await writer.drain()
        with suppress(OSError, asyncio.TimeoutError):
            await asyncio.wait_for(reader.read(CHUNK), 10)
        writer.close()

    def _reset_all(self) -> None:
        for call in list(self._calls):
            _reset(call.caller)
            _reset(call.target)
            for task in call.tasks:
                task.cancel()

    def _bury_all(self) -> None:
        for call in self._calls:
            call.dead = True


async def _drain_away(reader: asyncio.StreamReader, caller: asyncio.StreamWriter) -> None:
    """A connection into a black hole: whatever the caller says is lost, until it gives up."""
    with suppress(OSError):
        while await reader.read(CHUNK):
            pass
    caller.close()


def _reset(end: asyncio.StreamWriter) -> None:
    """Close with RST, as a router that has lost its table does."""
    raw: socket.socket | None = end.get_extra_info("socket")
    if raw is not None and raw.fileno() >= 0:
        with suppress(OSError):
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_CLOSE)
    end.transport.abort()
