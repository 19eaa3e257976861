"""Boxes that wait for news are woken by it, and let go when the time is over or the server stops."""

import asyncio

import pytest

from langso.kernel.link import doorbell
from langso.kernel.link.doorbell import Doorbell, wait_asked


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorbell, "LOOK_EVERY", 0.01)


class Journal:
    """Where the news stands, and how often it was looked at."""

    def __init__(self) -> None:
        self.stands = self.looks = 0

    async def look(self) -> int:
        self.looks += 1
        return self.stands


async def ring_after(journal: Journal, seconds: float) -> None:
    await asyncio.sleep(seconds)
    journal.stands += 1


def test_everybody_who_waits_is_woken_by_one_look() -> None:
    async def scene() -> tuple[list[bool], int]:
        journal = Journal()
        bell = Doorbell(journal.look)
        waiting = [asyncio.create_task(bell.news(0, 5)) for _ in range(500)]
        await ring_after(journal, 0.05)
        return await asyncio.gather(*waiting), journal.looks

    woken, looks = asyncio.run(scene())
    assert woken == [True] * 500
    assert looks < 100


def test_news_that_came_before_the_question_are_answered_at_once_and_silence_ends() -> None:
    async def scene() -> list[bool]:
        journal = Journal()
        bell = Doorbell(journal.look)
        first = asyncio.create_task(bell.news(0, 5))
        await ring_after(journal, 0.03)
        return [await first, await bell.news(0, 5), await bell.news(1, 0.05)]

    assert asyncio.run(scene()) == [True, True, False]


def test_a_server_that_stops_lets_everybody_go_and_nobody_wait_again() -> None:
    async def scene() -> list[bool]:
        bell = Doorbell(Journal().look)
        waiting = asyncio.create_task(bell.news(0, 60))
        await asyncio.sleep(0.03)
        bell.let_everybody_go()
        return [await waiting, await bell.news(0, 60)]

    assert asyncio.run(asyncio.wait_for(scene(), 5)) == [False, False]


@pytest.mark.parametrize(
    ("path", "query", "seconds"),
    [
        ("/link/v1/down", b"after=:0&wait=25", 25.0),
        ("/link/v1/down", b"after=:0&wait=9999", doorbell.LONGEST_WAIT),
        ("/link/v1/down", b"after=:0", 0.0),
        ("/link/v1/down", b"wait=-1", 0.0),
        ("/link/v1/down", b"wait=nan", 0.0),
        ("/link/v1/down", b"wait=\xff", 0.0),
        ("/link/v1/journal", b"wait=25", 0.0),
    ],
)
def test_how_long_a_question_waits(path: str, query: bytes, seconds: float) -> None:
    assert wait_asked(path, query) == seconds
