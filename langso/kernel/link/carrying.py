"""At a box: files travel on a connection and in a thread of their own, so that no record ever waits behind one.

The thread lives while there is something to carry: what the hub asked for goes up, what this box wants comes down,
piece by piece, each from where the other side has it already. After a fault the hub asks again, and it goes on.
"""

import logging
import threading
from collections import deque
from collections.abc import Iterable
from typing import Any, Final

from django.db import connections

from langso.kernel.files import copying
from langso.kernel.link.client import Connection, Hub, LinkDown
from langso.kernel.link.homes import own_communes
from langso.kernel.link.refusals import LinkRefusal

log = logging.getLogger(__name__)

PIECE: Final = 64 * 1024
MOST_WANTED: Final = 20


class Carrier:
    """`carry` starts the thread where none is at work, else gives it more to do."""

    def __init__(self, hub: Hub, stop: threading.Event) -> None:
        self.hub, self.stop = hub, stop
        self._asked: deque[copying.Wanted] = deque()
        self._thread: threading.Thread | None = None

    def carry(self, asked: Iterable[Any] = ()) -> None:
        """Send what the hub asked for (`[sha256, bytes it has]`), and fetch what this box wants."""
        self._asked.extend(_read(asked))
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._work, name="files", daemon=True)
            self._thread.start()

    def wait(self, seconds: float) -> None:
        if self._thread is not None:
            self._thread.join(seconds)

    def _work(self) -> None:
        connection = Connection(self.hub)
        try:
            while self._asked and not self.stop.is_set():
                self._send(connection, self._asked.popleft())
            for wanted in copying.to_ask_for(own_communes(), most=MOST_WANTED):
                self._fetch(connection, wanted)
        except (LinkDown, LinkRefusal, OSError) as fault:
            log.info("a file was not carried: %s", fault)
            self._asked.clear()
        finally:
            connection.close()
            connections.close_all()

    def _send(self, connection: Connection, wanted: copying.Wanted) -> None:
        have, path = wanted.have, f"/link/v1/files/{wanted.sha256}"
        while not self.stop.is_set():
            found = copying.give(wanted.sha256, have, PIECE)
            if found is None:
                connection.ask("PUT", f"{path}?missing=1")
                connection.answer()
                return
            piece, size = found
            if have >= size:
                return
            connection.ask("PUT", f"{path}?from={have}&size={size}", piece)
            before, have = have, int(connection.answer().said["have"])
            if have <= before:
                log.warning("the hub did not take a piece of file %s", wanted.sha256)
                return

    def _fetch(self, connection: Connection, wanted: copying.Wanted) -> None:
        have = wanted.have
        while not self.stop.is_set():
            connection.ask("GET", f"/link/v1/files/{wanted.sha256}?from={have}&length={PIECE}")
            answer = connection.answer()
            if answer.status == 204:
                copying.note_missing(wanted.sha256, own_communes())
                return
            size, piece = int.from_bytes(answer.body[:8], "big"), answer.body[8:]
            before, have = have, copying.take(wanted.sha256, have, size, piece)
            if have >= size or have <= before:
                return


def _read(asked: Iterable[Any]) -> list[copying.Wanted]:
    """What the hub asked for, looked at before it is believed."""
    found = []
    for each in list(asked)[:100]:
        if isinstance(each, list) and len(each) == 2 and isinstance(each[0], str) and type(each[1]) is int:
            found.append(copying.Wanted(each[0], max(0, each[1])))
    return found
