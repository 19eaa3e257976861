"""Pictures after words: they go on where they broke off, and stay in the draft. A whole day: `test_day_offline.py`."""

from pathlib import Path

import pytest
from playwright.sync_api import Request

from tests.faults.day import pictures_of, snapshot
from tests.faults.meddling import Rule
from tests.faults.phone import Phone

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("node")]


def test_a_picture_goes_on_where_it_broke_off(farmer: Phone, tmp_path: Path) -> None:
    farmer.open_work()
    farmer.page.locator("input[name=amount]").fill("2")
    farmer.add_picture(snapshot(tmp_path / "one.jpg", 1))
    starts: list[int] = []

    def note(request: Request) -> None:
        if request.method == "PUT":
            starts.append(int(request.headers["upload-offset"]))

    farmer.page.on("request", note)
    second_part = Rule("/offline/uploads/.*upload-offset: [1-9]")
    farmer.wire.rules.append(second_part)
    farmer.page.locator("main form[data-outbox] button[type=submit]").click()
    farmer.is_received()
    farmer.has_tried()
    assert farmer.states() == ["photos"], "the words are there already"
    farmer.wire.rules.remove(second_part)
    farmer.wire.lose_answer("/diary/entries/[^ ]*/photos/")
    farmer.page.evaluate("dispatchEvent(new Event('online'))")
    farmer.until("sent")
    assert len(starts) >= 3
    assert starts[1] == starts[2] > 0, f"it went on at the same place: {starts}"
    assert len(pictures_of(farmer)) == 1
    farmer.is_once_at_the_node()


def test_a_picture_that_is_chosen_stays_in_the_draft(farmer: Phone, tmp_path: Path) -> None:
    farmer.open_work()
    farmer.add_picture(snapshot(tmp_path / "one.jpg", 1, width=400))
    farmer.page.wait_for_timeout(700)
    farmer.page.reload()
    farmer.page.wait_for_timeout(300)
    assert farmer.page.locator("input[name=picture]").evaluate("each => each.files[0].name") == "one.jpg"
