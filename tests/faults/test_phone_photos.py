"""A farmer offline for a day; pictures after words; pictures that break off half way."""

import io
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Request

from langso.kernel.clock import VIET_NAM
from tests.faults.meddling import Rule
from tests.faults.phone import KEPT, Phone
from tests.node import Node

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("node")]

WORKS = ("WEEDING", "WATERING", "LAND_PREPARATION", "PEST_CHECK")


def snapshot(file: Path, seed: int, *, width: int = 2400) -> Path:
    """Something as heavy as a phone's camera makes it: soft shapes with noise."""
    base = Image.radial_gradient("L").resize((width, width * 3 // 4)).rotate(seed * 36)
    noise = Image.effect_noise((width // 4, width * 3 // 16), 40 + seed).resize(base.size)
    Image.merge("RGB", (base, noise, Image.blend(base, noise, 0.5))).save(file, "JPEG", quality=92)
    return file


def test_a_day_without_a_link(farmer: Phone, node: Node, tmp_path: Path) -> None:
    farmer.go("/home/")
    farmer.has_all_pages()
    before = set(farmer.received())
    forms = [path for path in farmer.page.evaluate(KEPT) if "/work/" in path]
    forms = [next(path for path in forms if work in path) for work in WORKS]
    farmer.offline()
    began = datetime.now(VIET_NAM) - timedelta(hours=20)
    for number in range(20):
        farmer.page.clock.set_fixed_time(began + timedelta(minutes=50 * number))
        farmer.go(forms[number % len(WORKS)])
        farmer.page.locator("input[name=amount]").fill(str(number + 1))
        if number % 4 == 0:
            farmer.add_picture(snapshot(tmp_path / f"{number}.jpg", number))
        farmer.save()
    assert farmer.states() == ["wait"] * 20
    farmer.go("/outbox/")
    farmer.page.locator("#outbox-list > li").nth(19).wait_for()
    farmer.page.screenshot(path=tmp_path / "outbox.png")
    farmer.page.clock.set_fixed_time(datetime.now(VIET_NAM))

    paths: list[str] = []
    farmer.page.on("request", lambda request: _note(request, paths))
    farmer.online()
    farmer.until(*["sent"] * 20)
    farmer.is_once_at_the_node()
    there = farmer.received()
    assert len(set(there) - before) == 20
    order = sorted(set(there) - before, key=lambda key: there[key]["recorded_at"])
    assert [_number(there[key]["text"]) for key in order] == list(range(1, 21))
    kinds = ["photo" if "/photos/" in path or "/uploads/" in path else "words" for path in paths]
    assert kinds == ["words"] * 20 + ["photo"] * len(kinds[20:]), "words first, pictures second"
    photos = [item for item in farmer.items() if "photos/" in item["files"]]
    assert len(photos) == 20
    pictures = _pictures(farmer)
    assert len(pictures) == 5
    for content in pictures:
        with Image.open(io.BytesIO(content)) as picture:
            assert max(picture.size) == 1280
    farmer.go(farmer.items()[0]["result"])
    assert "Ghi trên điện thoại, lúc không có mạng" in farmer.page.locator("main").text_content()
    assert began.strftime("%d/%m/%Y %H:") in farmer.page.locator("main").text_content()


def _note(request: Request, paths: list[str]) -> None:
    if request.method in ("POST", "PUT") and (
        "/work/" in request.url or "/photos/" in request.url or "/uploads/" in request.url
    ):
        paths.append(request.url)


def _number(text: str) -> int:
    return int(re.findall(r"\d+", text)[0])


def _pictures(farmer: Phone) -> list[bytes]:
    """Every picture of the entries that this phone sent, as the node keeps them."""
    found = []
    for item in farmer.items():
        page = farmer.context.request.get(farmer.node.address + item["result"]).text()
        for part in page.split('href="')[1:]:
            address = part.split('"')[0]
            if "/photos/" in address and "?" not in address:
                found.append(farmer.context.request.get(farmer.node.address + address).body())
    return found


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
    assert len(_pictures(farmer)) == 1
    farmer.is_once_at_the_node()


def test_a_picture_that_is_chosen_stays_in_the_draft(farmer: Phone, tmp_path: Path) -> None:
    farmer.open_work()
    farmer.add_picture(snapshot(tmp_path / "one.jpg", 1, width=400))
    farmer.page.wait_for_timeout(700)
    farmer.page.reload()
    farmer.page.wait_for_timeout(300)
    assert farmer.page.locator("input[name=picture]").evaluate("each => each.files[0].name") == "one.jpg"
