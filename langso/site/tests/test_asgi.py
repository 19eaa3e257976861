"""The web server's handler: pages, uploads, streams, faults; nothing of one request is seen by another."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core.signals import request_finished, request_started
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils import translation
from pytest_django.fixtures import Settings

from langso.site.asgi import LINK_WAITING, THREADS, Handler


def told(request: HttpRequest) -> HttpResponse:
    """What it got, after setting the language of its own context."""
    before = translation.get_language()
    translation.activate(request.GET.get("language", "vi"))
    return HttpResponse(f"{before} {request.body.decode()} {threading.current_thread().name}")


async def pieces() -> AsyncIterator[bytes]:
    yield b"a"
    yield b"b"


def stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(pieces())


def fault(request: HttpRequest) -> HttpResponse:
    raise ValueError("a fault of ours")


LET_GO = threading.Event()


def slow(request: HttpRequest) -> HttpResponse:
    LET_GO.wait(10)
    return HttpResponse("done")


urlpatterns = [path("told", told), path("stream", stream), path("fault", fault), path("link/v1/slow", slow)]


@pytest.fixture
def handler(settings: Settings) -> Iterator[Handler]:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []
    handler = Handler()
    yield handler
    handler.threads.shutdown()
    handler.link_threads.shutdown()


async def ask(handler: Handler, address: str, body: bytes = b"") -> tuple[int, bytes]:
    where, _mark, query = address.partition("?")
    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST" if body else "GET",
        "path": where,
        "query_string": query.encode(),
        "headers": [(b"content-length", str(len(body)).encode())],
    }
    communicator = ApplicationCommunicator(handler, scope)
    await communicator.send_input({"type": "http.request", "body": body})
    start = await communicator.receive_output(timeout=5)
    content, more = b"", True
    while more:
        part = await communicator.receive_output(timeout=5)
        content += part.get("body", b"")
        more = part.get("more_body", False)
    await communicator.wait(timeout=5)
    return start["status"], content


def test_a_page_and_an_upload(handler: Handler) -> None:
    status, content = asyncio.run(ask(handler, "/told", "tệp".encode()))
    assert status == 200
    assert "tệp" in content.decode()
    assert b"request_0" in content


def test_what_streams_is_sent_piece_by_piece(handler: Handler) -> None:
    assert asyncio.run(ask(handler, "/stream")) == (200, b"ab")


def test_a_fault_is_a_500_and_the_next_request_is_well(handler: Handler) -> None:
    async def both() -> list[int]:
        return [(await ask(handler, address))[0] for address in ("/fault", "/told")]

    assert asyncio.run(both()) == [500, 200]


def test_the_language_of_one_request_is_not_seen_by_the_next(handler: Handler) -> None:
    async def many() -> list[tuple[int, bytes]]:
        addresses = ["/told?language=en", "/told"] * (3 * THREADS)
        return list(await asyncio.gather(*(ask(handler, address) for address in addresses)))

    answers = asyncio.run(many())
    assert {status for status, _content in answers} == {200}
    assert len({content.split()[0] for _status, content in answers}) == 1
    assert 1 < len({content.split()[-1] for _status, content in answers}) <= THREADS


@pytest.mark.parametrize("address", ["/told", "/stream", "/fault"])
def test_each_request_begins_and_ends_once(handler: Handler, address: str) -> None:
    """Django gives connections back at these two signals."""
    heard: list[str] = []

    def begin(**given: object) -> None:
        heard.append("begin")

    def end(**given: object) -> None:
        heard.append("end")

    request_started.connect(begin)
    request_finished.connect(end)
    try:
        asyncio.run(ask(handler, address))
    finally:
        request_started.disconnect(begin)
        request_finished.disconnect(end)
    assert heard == ["begin", "end"]


def test_who_leaves_before_the_request_is_whole_gets_nothing(handler: Handler) -> None:
    async def leave() -> bool:
        communicator = ApplicationCommunicator(
            handler, {"type": "http", "method": "GET", "path": "/told", "query_string": b"", "headers": []}
        )
        await communicator.send_input({"type": "http.disconnect"})
        await communicator.wait(timeout=5)
        return await communicator.receive_nothing()

    assert asyncio.run(leave())


def test_nodes_beyond_the_queue_are_asked_to_come_back_and_people_do_not_wait(handler: Handler) -> None:
    async def rush() -> tuple[list[int], int]:
        LET_GO.clear()
        boxes = [asyncio.ensure_future(ask(handler, "/link/v1/slow")) for _ in range(LINK_WAITING + 5)]
        turned_away, _ = await asyncio.wait(boxes, timeout=5, return_when=asyncio.FIRST_COMPLETED)
        person = (await ask(handler, "/told"))[0]
        LET_GO.set()
        assert {box.result() for box in turned_away} == {(503, b"")}
        return sorted(status for status, _content in await asyncio.gather(*boxes)), person

    statuses, person = asyncio.run(rush())
    assert statuses == [200] * LINK_WAITING + [503] * 5
    assert person == 200
    assert handler.link_waiting == 0
