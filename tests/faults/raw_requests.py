"""HTTP/1.1 requests in a stream of bytes, and sending one again as it stood."""

import http.client
import re
import socket
from dataclasses import dataclass

END = b"\r\n\r\n"
LENGTH = re.compile(rb"^content-length:\s*(\d+)\s*$", re.IGNORECASE | re.MULTILINE)


class RequestReader:
    """Cuts a caller's stream into whole requests. Bodies have a `Content-Length` or there is none: no chunks."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, chunk: bytes) -> list[bytes]:
        """The requests that are complete with this chunk."""
        self._held += chunk
        whole = []
        while (end := self._held.find(END)) >= 0:
            length = LENGTH.search(self._held[:end].replace(b"\r\n", b"\n"))
            size = end + len(END) + (int(length[1]) if length else 0)
            if len(self._held) < size:
                break
            whole.append(self._held[:size])
            self._held = self._held[size:]
        return whole


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes


def send(port: int, request: bytes, *, timeout: float = 20) -> Reply:
    """Send these bytes to a port of the loopback on a connection of their own; the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        connection.sendall(request)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        return Reply(answer.status, answer.read())


def path_of(request: bytes) -> str:
    """Method and path without its query: `POST /link/v1/journal`."""
    method, target, _rest = request.split(b" ", 2)
    return f"{method.decode()} {target.split(b'?')[0].decode()}"
