"""A wire between a phone and a node: slow, cut for some forms, answering for the node, or leading to another one.

A TCP forwarder on loopback. Playwright's own interception does not see every request of a page with a service worker.
"""

import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

PIECE = 64 * 1024
WRITES = rb"(POST|PUT) \S*"
KEY = rb"idempotency-key: (\S+)"


@dataclass
class Rule:
    """What befalls requests that write to an address: they are cut, their answer is lost, or comes from elsewhere."""

    address: str
    answer: bytes = b""
    loses_answer: bool = False
    times: int = 1_000_000

    def befalls(self, piece: bytes) -> bool:
        if self.times < 1 or not re.match(WRITES + self.address.encode(), piece, re.S | re.I):
            return False
        self.times -= 1
        return True


@dataclass(eq=False)
class Connection:
    near: socket.socket
    far: socket.socket
    loses: bool = False

    def end(self) -> None:
        for each in (self.near, self.far):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@dataclass
class PhoneWire:
    """Forwards to `port`; what comes back waits `delay` seconds. `writes`: the keys of all forms that came by."""

    port: int
    delay: float = 0.0
    rules: list[Rule] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    connections: set[Connection] = field(default_factory=set)
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    def lead_to(self, address: str) -> None:
        """From now on to the node at this address; connections to the former one break."""
        self.port = int(address.rpartition(":")[2])
        for connection in list(self.connections):
            connection.end()

    def cut(self, address: str) -> None:
        """Forms and parts of pictures to these addresses do not get through until `mend`."""
        self.rules.append(Rule(address))

    def lose_answer(self, address: str) -> None:
        """The next form to this address is done, and the answer never arrives."""
        self.rules.insert(0, Rule(address, loses_answer=True, times=1))

    def answer(self, address: str, status: str, headers: str, body: str) -> None:
        """Somebody on the way answers the next form to this address in the node's place."""
        content = body.encode()
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(content)}\r\nConnection: close\r\n{headers}\r\n\r\n"
        self.rules.append(Rule(address, answer=head.encode() + content, times=1))

    def mend(self) -> None:
        self.rules.clear()

    def serve(self) -> None:
        while True:
            try:
                near, _address = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)) as far:
            connection = Connection(near, far)
            self.connections.add(connection)
            threading.Thread(target=self._there, args=(connection,), daemon=True).start()
            self._back(connection)
            connection.end()
            self.connections.discard(connection)

    def _there(self, connection: Connection) -> None:
        with contextlib.suppress(OSError):
            while piece := connection.near.recv(PIECE):
                self.writes += [key.decode() for key in re.findall(KEY, piece, re.I)]
                rule = next((each for each in list(self.rules) if each.befalls(piece)), None)
                if rule and not rule.loses_answer:
                    connection.near.sendall(rule.answer)
                    break
                connection.loses = connection.loses or rule is not None
                connection.far.sendall(piece)
        connection.end()

    def _back(self, connection: Connection) -> None:
        with contextlib.suppress(OSError):
            while piece := connection.far.recv(PIECE):
                if connection.loses:
                    return
                if self.delay:
                    time.sleep(self.delay)
                connection.near.sendall(piece)


@contextlib.contextmanager
def wire_to(address: str) -> Iterator[PhoneWire]:
    """A wire to the node at this address."""
    wire = PhoneWire(int(address.rpartition(":")[2]))
    threading.Thread(target=wire.serve, daemon=True).start()
    try:
        yield wire
    finally:
        wire.listening.close()
