"""The weak link itself: without it the fault tests would prove nothing."""

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.faults.raw_requests import RequestReader, path_of, send
from tests.faults.wire import Traffic, Wire

BODY = b"m" * 40_000


class Server(ThreadingHTTPServer):
    """Answers each body with itself and remembers it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Echo)
        self.heard: list[bytes] = []


class Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append(body)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def echo() -> Iterator[Server]:
    server = Server()
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.shutdown()
    server.socket.close()


def post(connection: http.client.HTTPConnection, body: bytes = b"one") -> bytes:
    connection.request("POST", "/echo", body=body)
    return connection.getresponse().read()


def calling(wire: Wire, timeout: float = 5) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", wire.port, timeout=timeout)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not true() and time.monotonic() < end:
        time.sleep(0.02)


def test_carries_everything_and_counts_both_directions(echo: Server) -> None:
    with Wire(echo.server_port) as wire:
        connection = calling(wire)
        assert post(connection, BODY) == BODY
        before, now = wire.mark(), time.time()
        assert wire.began_at == 0
        assert post(connection, BODY) == BODY
        assert now <= wire.began_at <= time.time()
        used = wire.traffic.since(before)
        assert before.connections == 1
        assert used.connections == 0
        assert 40_000 < used.up < 40_500
        assert 40_000 < used.down < 40_500
        assert used.both == used.up + used.down


def test_an_answer_takes_one_round_trip_and_a_connection_one_more(echo: Server) -> None:
    with Wire(echo.server_port, rtt=0.2) as wire:
        connection = calling(wire)
        first, second = timed(connection), timed(connection)
    assert first >= 0.4
    assert 0.2 <= second < first


def timed(connection: http.client.HTTPConnection) -> float:
    begin = time.monotonic()
    assert post(connection) == b"one"
    return time.monotonic() - begin


def test_two_connections_share_the_bandwidth(echo: Server) -> None:
    """40 kB take 0.32 s at 1 Mbit/s. Two go up one after the other; the last one then comes down."""
    with Wire(echo.server_port, rate=1_000_000) as wire:
        begin = time.monotonic()
        threads = [threading.Thread(target=post, args=(calling(wire), BODY)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert time.monotonic() - begin >= 0.9


def test_a_cut_resets_what_is_open_and_refuses_what_is_new(echo: Server) -> None:
    with Wire(echo.server_port) as wire:
        connection = calling(wire)
        post(connection)
        wire.cut()
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            post(connection)
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            post(calling(wire))
        assert echo.heard == [b"one"]
        wire.restore()
        assert post(calling(wire)) == b"one"


def test_a_cut_ends_a_request_that_waits_for_its_answer(echo: Server) -> None:
    with Wire(echo.server_port, rtt=4) as wire:
        threading.Timer(0.1, wire.cut).start()
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            post(calling(wire, timeout=20))
    assert echo.heard == []


def test_a_black_hole_says_nothing_and_never_gives_back_what_fell_in(echo: Server) -> None:
    with Wire(echo.server_port) as wire:
        connection = calling(wire, timeout=0.3)
        post(connection)
        wire.swallow()
        with pytest.raises(TimeoutError):
            post(connection, b"lost")
        with pytest.raises(TimeoutError):
            post(calling(wire, timeout=0.3), b"lost too")
        wire.restore()
        assert post(calling(wire)) == b"one"
        assert echo.heard == [b"one", b"one"]


def test_flaps_end_with_the_link_up(echo: Server) -> None:
    with Wire(echo.server_port) as wire:
        wire.flap(up=0.02, down=0.02, times=3)
        assert post(calling(wire)) == b"one"


def test_requests_are_kept_and_repeated_as_they_stood(echo: Server) -> None:
    with Wire(echo.server_port) as wire:
        kept = wire.keep_requests(repeat=True)
        connection = calling(wire)
        post(connection, b"first")
        post(connection, BODY)
        until(lambda: len(echo.heard) == 4)
        assert sorted(echo.heard) == sorted([b"first", b"first", BODY, BODY])
        assert [path_of(request) for request in kept] == ["POST /echo", "POST /echo"]
        assert send(echo.server_port, kept[0]).body == b"first"


def test_requests_overtake_each_other_when_they_are_shuffled(echo: Server) -> None:
    numbers = [str(number).encode() for number in range(6)]
    with Wire(echo.server_port, seed=2) as wire:
        wire.shuffle = 0.3
        for number in numbers:
            threading.Thread(target=post, args=(calling(wire), number), daemon=True).start()
            time.sleep(0.01)
        until(lambda: len(echo.heard) == 6)
    assert sorted(echo.heard) == numbers
    assert echo.heard != numbers


def test_somebody_on_the_way_stops_answers_or_loses_the_answer(echo: Server) -> None:
    with Wire(echo.server_port) as wire:
        wire.block("/echo")
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            post(calling(wire))
        wire.mend()
        wire.answer("/ec.*", "503 Busy", "Retry-After: 2", "later")
        connection = calling(wire)
        connection.request("POST", "/echo", body=b"two", headers={"Idempotency-Key": "k2"})
        reply = connection.getresponse()
        assert (reply.status, reply.getheader("Retry-After"), reply.read()) == (503, "2", b"later")
        assert echo.heard == []
        wire.lose_answer("/echo")
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            post(calling(wire), b"three")
        assert echo.heard == [b"three"], "it was done; only the answer is lost"
        assert post(calling(wire), b"four") == b"four"
        assert wire.writes == ["k2"]


def test_a_request_in_pieces_is_one_request() -> None:
    reader = RequestReader()
    whole = b"POST /a HTTP/1.1\r\nHost: x\r\ncontent-length: 4\r\n\r\nbody"
    assert [reader.feed(whole[at : at + 1]) for at in range(len(whole))][-1] == [whole]
    assert reader.feed(b"GET /b?after=1 HTTP/1.1\r\n\r\n" + whole[:20]) == [b"GET /b?after=1 HTTP/1.1\r\n\r\n"]
    assert reader.feed(whole[20:]) == [whole]


def test_nobody_answers_behind_the_link() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        with Wire(probe.getsockname()[1]) as wire:
            with pytest.raises((ConnectionError, http.client.HTTPException)):
                post(calling(wire))
            assert wire.traffic == Traffic(connections=1)
