"""Clients that ask pages of a running node over HTTP and keep the time from sending to the last byte."""

import http.client
import itertools
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

WARM_UP = 10


@dataclass(frozen=True, slots=True)
class Page:
    """A page to ask for, as whom (`session`, empty for a visitor), and what kind of question it is."""

    path: str
    session: str = ""
    kind: str = ""


@dataclass
class Asked:
    """Milliseconds of each answer by the kind of its question; `wrong` counts other answers than 200."""

    clients: int
    seconds: float = 0.0
    wrong: int = 0
    bytes_sent: int = 0
    times: dict[str, list[float]] = field(default_factory=dict)

    @property
    def all_times(self) -> list[float]:
        return [each for times in self.times.values() for each in times]

    def summary(self) -> dict[str, object]:
        times = self.all_times
        return {
            "clients": self.clients,
            "answers": len(times),
            "wrong": self.wrong,
            "p50_ms": percentile(times, 50),
            "p95_ms": percentile(times, 95),
            "max_ms": round(max(times, default=0.0), 1),
            "pages_per_s": round(len(times) / self.seconds, 1) if self.seconds else 0.0,
            "bytes_per_page": self.bytes_sent // max(1, len(times)),
            "kinds": {
                kind: {"answers": len(each), "p50_ms": percentile(each, 50), "p95_ms": percentile(each, 95)}
                for kind, each in sorted(self.times.items())
            },
        }


def percentile(times: Sequence[float], share: int) -> float:
    """The nearest-rank percentile in milliseconds, to a tenth; 0 of nothing."""
    if not times:
        return 0.0
    ordered = sorted(times)
    return round(ordered[max(0, -(-len(ordered) * share // 100) - 1)], 1)


def ask(address: str, pages: Sequence[Page], *, clients: int, at_most: float) -> Asked:
    """Ask every page once, shared among so many clients, each asking again as soon as it has its answer.

    Ends after `at_most` seconds with what there is. The first answers, after `WARM_UP` others, are not cold.
    """
    connection = _connection(address)
    for page in pages[:WARM_UP]:
        _get(connection, page)
    connection.close()
    asked, lock, queue = Asked(clients), threading.Lock(), iter(pages)
    begin = time.perf_counter()
    threads = [
        threading.Thread(target=_client, args=(address, queue, asked, lock, begin + at_most)) for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asked.seconds = time.perf_counter() - begin
    return asked


def _client(address: str, queue: "itertools.chain[Page]", asked: Asked, lock: threading.Lock, end: float) -> None:
    connection = _connection(address)
    while time.perf_counter() < end:
        with lock:
            page = next(queue, None)
        if page is None:
            break
        begin = time.perf_counter()
        status, length = _get(connection, page)
        took = (time.perf_counter() - begin) * 1000
        with lock:
            asked.wrong += status != 200
            asked.bytes_sent += length
            asked.times.setdefault(page.kind, []).append(took)
    connection.close()


def _connection(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)


def _get(connection: http.client.HTTPConnection, page: Page) -> tuple[int, int]:
    headers = {"Accept-Encoding": "gzip", "Accept-Language": "vi"}
    if page.session:
        headers["Cookie"] = f"sessionid={page.session}"
    connection.request("GET", page.path, headers=headers)
    answer = connection.getresponse()
    return answer.status, len(answer.read())
