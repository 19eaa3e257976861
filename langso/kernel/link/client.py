"""One connection from a box to its hub: kept open, and written to again before the last answer is there.

HTTP/1.1 lets requests follow each other on a connection; the hub answers them in the same order, which is just what a
journal needs: several batches are on their way and none can overtake another.
"""

import http.client
import io
import socket
import ssl
import time
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import DomainError
from langso.kernel.link import signing
from langso.kernel.link.keys import own_key
from langso.kernel.link.refusals import BY_CODE, LinkRefusal
from langso.kernel.link.wire.errors import Malformed
from langso.kernel.link.wire.loose import unpack_document

BUSY: Final = 503
CONNECT_WITHIN: Final = 15.0
MOST_ANSWERED: Final = 8 * 1024 * 1024
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


class LinkDown(Exception):
    """The hub was not reached, did not answer in time, or something else answered in its place."""


class HttpsNeeded(DomainError):
    code = "https_needed"
    message = _("A hub is reached by https://. Only in a network of your own set LANGSO_LINK_HTTP=yes.")


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is an HTTP status; `said` the document of the answer, empty when there is none."""

    status: int
    said: dict[str, Any]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Hub:
    """Where the hub is and how it is known; `offset_ms` is its clock minus this node's."""

    url: str
    public: bytes
    offset_ms: int = 0


class Connection:
    """Requests go out with `ask`, answers come in with `answer`, in the same order. Any fault ends it: `LinkDown`."""

    def __init__(self, hub: Hub, key: Ed25519PrivateKey | None = None) -> None:
        """`key` signs in place of this node's own: one that the hub is just being told of."""
        self.hub, self._key = hub, key
        self.sent = self.received = 0
        self._asked: list[str] = []
        self._socket: socket.socket | None = None
        self._reader: _Shared | None = None

    def fileno(self) -> int:
        return self._socket.fileno() if self._socket else -1

    @property
    def in_flight(self) -> int:
        return len(self._asked)

    @property
    def is_open(self) -> bool:
        return self._socket is not None

    def ask(self, method: str, path: str, body: bytes = b"") -> None:
        """Send a signed request; `path` with its query, from `/link/` on."""
        host, base = _parts(self.hub.url)
        now = int(time.time() * 1000) + self.hub.offset_ms
        header = signing.sign_request(self._key or own_key(), method=method, target=base + path, body=body, time_ms=now)
        length = f"Content-Length: {len(body)}\r\n" if body or method != "GET" else ""
        head = f"{method} {base}{path} HTTP/1.1\r\nHost: {host}\r\n{signing.HEADER}: {header}\r\n{length}\r\n"
        data = head.encode("ascii") + body
        try:
            self._opened().sendall(data)
        except OSError as broken:
            raise self._ended(broken) from broken
        self.sent += len(data)
        self._asked.append(header)

    def answer(self, within: float = 0.0) -> Answer:
        """The answer to the oldest request, within so many seconds, by default `LANGSO_LINK_PATIENCE`.

        Raises `LinkDown`, or the hub's refusal (`LinkRefusal`).
        """
        asked = self._asked.pop(0)
        try:
            status, header, body, ends = self._read(within or settings.LINK_PATIENCE)
        except (OSError, http.client.HTTPException) as broken:
            raise self._ended(broken) from broken
        if ends:
            self.close()
        return self._believed(asked, status, header, body)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket, self._reader = None, None
        self._asked.clear()

    def _believed(self, asked: str, status: int, header: str, body: bytes) -> Answer:
        if status == 204 and not body:
            return Answer(status, {})
        if not signing.answer_is_signed(self.hub.public, header, asked=asked, status=status, body=body):
            self.close()
            why = "the hub is busy" if status == BUSY else "not the hub's own answer"
            raise LinkDown(f"{why} (HTTP {status})")
        said = {} if status == 206 else _document(body)
        if status >= 400:
            raise _refusal(said)
        return Answer(status, said, body)

    def _opened(self) -> socket.socket:
        if self._socket is None:
            self._socket = open_socket(self.hub.url)
            self._reader = _Shared(self._socket)
        return self._socket

    def _read(self, within: float) -> tuple[int, str, bytes, bool]:
        if self._socket is None or self._reader is None:
            raise ConnectionResetError("the connection was closed")
        self._socket.settimeout(within)
        response = http.client.HTTPResponse(self._reader)  # type: ignore[arg-type]
        response.begin()
        body = response.read(MOST_ANSWERED + 1)
        if len(body) > MOST_ANSWERED:
            raise http.client.HTTPException("the answer is too long")
        self.received += self._reader.counted()
        return response.status, response.headers.get(signing.HEADER, ""), body, response.will_close

    def _ended(self, broken: Exception) -> LinkDown:
        self.close()
        return LinkDown(str(broken) or type(broken).__name__)


class _Shared(io.RawIOBase):
    """The connection as `HTTPResponse` wants to see it, without being closed after each answer."""

    def __init__(self, connected: socket.socket) -> None:
        self._stream = connected.makefile("rb")
        self._count = 0

    def makefile(self, mode: str) -> "_Shared":
        return self

    def counted(self) -> int:
        count, self._count = self._count, 0
        return count

    def readline(self, size: int | None = -1) -> bytes:
        return self._counting(self._stream.readline(-1 if size is None else size))

    def read(self, size: int = -1) -> bytes:
        return self._counting(self._stream.read(size))

    def readinto(self, buffer: Any) -> int:
        count = self._stream.readinto(buffer)
        self._count += count
        return count

    def close(self) -> None:
        """The next answer comes through here too."""

    def flush(self) -> None:
        """Nothing is written here."""

    def _counting(self, data: bytes) -> bytes:
        self._count += len(data)
        return data


def open_socket(url: str) -> socket.socket:
    """A connected socket to a hub, encrypted by TLS unless it is http. Raises `OSError`."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    host = parts.hostname or ""
    made = socket.create_connection((host, parts.port or (443 if secure else 80)), timeout=CONNECT_WITHIN)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if not secure:
        return made
    context = ssl.create_default_context(cafile=settings.LINK_CA or None)
    return context.wrap_socket(made, server_hostname=host)


def checked_url(typed: str) -> str:
    """The hub's address without a slash at its end. Raises `HttpsNeeded` for one that anybody could listen to."""
    parts = urlsplit(typed.strip())
    plain_is_safe = parts.hostname in LOOPBACK or settings.LINK_HTTP
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and plain_is_safe)):
        raise HttpsNeeded()
    return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")


def _parts(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc, parts.path


def _document(body: bytes) -> dict[str, Any]:
    try:
        return unpack_document(body)
    except Malformed as broken:
        raise LinkDown(f"the hub's answer is damaged: {broken}") from broken


def _refusal(said: dict[str, Any]) -> LinkRefusal:
    known = BY_CODE.get(str(said.get("code")))
    more = {name: value for name, value in said.items() if name != "code"}
    return known(**more) if known else LinkRefusal(str(said.get("code")), **more)
