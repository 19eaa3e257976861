"""A day without links: the farmer's phone has none to the box, the box none to the province's hub. Then both are back.

What the province sees is what may travel: of the day's twenty entries the diary keeps nineteen for the commune, by
their reach, and the pictures with them; the harvest makes a lot, and lots travel.
"""

import io
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from langso.kernel.access.actors import Role
from tests.faults.asking import Inside
from tests.faults.day import ENTRIES, PICTURES, amounts, listen_to, pictures_of, write_a_day
from tests.faults.pair import COMMUNE, HUBS_OWN, Pair, begin_with, running_box, until
from tests.faults.phone import Phone, phone
from tests.faults.proof import prove
from tests.faults.wire import Wire
from tests.journeys.visitor import DESK, Visitor, visitor
from tests.node import Node, running_node

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("node")]

NUMBER = "TCCS 07:2026/LC"


@pytest.fixture
def province(node: Node, prepared: Path, tmp_path: Path) -> Iterator[Pair]:
    """A hub, and a box of the demo commune that has joined it and sent all that it had."""
    begin_with(prepared, tmp_path / "hub")
    copy_demo(node, tmp_path / "box")
    with (
        running_node(tmp_path / "hub", "--role", "hub", database="", LANGSO_COMMUNE=HUBS_OWN) as hub,
        Inside(hub.environment) as at_hub,
        Wire(hub.port) as wire,
        running_box(tmp_path / "box", hub, at_hub, wire, commune=COMMUNE) as pair,
    ):
        pair.until_level(60)
        yield pair


def copy_demo(node: Node, folder: Path) -> None:
    """Another box that is just like the demo node as it stands; on SQLite, as boxes are."""
    aside = shutil.ignore_patterns("*.sqlite3*", "*.log", "node.lock", "node.key")
    shutil.copytree(node.data, folder, ignore=aside)
    records = node.data / "langso.sqlite3"
    if not records.exists():
        pytest.skip("the demo node is not on SQLite: this journey is about a box, and runs in the suite on SQLite")
    with closing(sqlite3.connect(records)) as here, closing(sqlite3.connect(folder / records.name)) as there:
        here.backup(there)


def sign_in_staff(officer: Visitor, username: str, password: str) -> None:
    officer.go("/sign-in/staff/")
    officer.page.locator("input[name=username]").fill(username)
    officer.page.locator("input[name=password]").fill(password)
    officer.send()


def publish(officer: Visitor) -> None:
    """The province publishes a standard for all communes."""
    officer.go("/products/standards/")
    officer.touch("a[href$='/standards/new/']")
    officer.is_well()
    for name, text in {"number": NUMBER, "title_vi": "Miến dong Lai Châu", "text_vi": "Độ ẩm không quá 12 %."}.items():
        officer.page.locator(f"[name={name}]").fill(text)
    officer.page.locator("[name=valid_from]").fill("2026-12-01")
    officer.send()
    assert NUMBER in officer.text or NUMBER in officer.page.title()
    officer.is_well()


def confirmed_at_the_phone(farmer: Phone, before: set[str], sent: list[str]) -> None:
    """All twenty are at the box, each once and in order, words before pictures; the pictures are small ones."""
    farmer.until(*["sent"] * ENTRIES)
    farmer.is_once_at_the_node()
    there = farmer.received()
    new = sorted(set(there) - before, key=lambda key: there[key]["recorded_at"])
    assert amounts([there[key] for key in new]) == list(range(1, ENTRIES + 1))
    assert sent == ["words"] * ENTRIES + ["photo"] * len(sent[ENTRIES:]), "words first, pictures second"
    pictures = pictures_of(farmer)
    assert len(pictures) == PICTURES
    for content in pictures:
        with Image.open(io.BytesIO(content)) as picture:
            assert max(picture.size) == 1280


def test_a_day_without_a_link_for_farmer_box_and_province(province: Pair, tmp_path: Path) -> None:
    pair, lots = province, province.at_hub.ask("lot_copies")
    until(lambda: pair.at_hub.ask("lot_copies") > 0, 30, "the demo's lots never came to the hub")
    password = pair.at_hub.ask("staff", "trang", Role.PROVINCE_OFFICER.value, "Sở Nông nghiệp", "PROVINCE")
    with phone(pair.box, "farmer") as farmer, visitor(pair.hub, size=DESK) as officer:
        farmer.go("/home/")
        farmer.has_all_pages()
        before = set(farmer.received())
        farmer.offline()
        pair.wire.cut()
        began = write_a_day(farmer, tmp_path)
        assert farmer.states() == ["wait"] * ENTRIES
        sign_in_staff(officer, "trang", password)
        publish(officer)

        farmer.go("/outbox/")
        farmer.page.locator("#outbox-list > li").nth(ENTRIES - 1).wait_for()
        sent = listen_to(farmer)
        farmer.online()
        confirmed_at_the_phone(farmer, before, sent)
        farmer.go(farmer.items()[0]["result"])
        told = farmer.page.locator("main").text_content()
        assert "Ghi trên điện thoại, lúc không có mạng" in told
        assert began.strftime("%d/%m/%Y %H:") in told
        with visitor(pair.box, "officer", size=DESK) as at_box:
            at_box.go("/products/standards/")
            assert NUMBER not in at_box.text, "the box has had no link yet"
            lots, held = pair.at_hub.ask("lot_copies"), len(pair.arrived())

            pair.wire.restore()
            until(lambda: pair.at_hub.ask("lot_copies") == lots + 1, 90, "the harvest's lot never came to the hub")
            pair.until_level(30)
            prove(pair, [])
            until(lambda: _lists_the_standard(at_box), 30, "the standard never came to the box")
            at_box.is_well()

        officer.go("/link/")
        assert f"{len(pair.arrived())}" in officer.text
        assert len(pair.arrived()) > held
        officer.is_well()
        officer.go("/trace/copies/?sort=-made")
        officer.touch("tbody a[href*='/trace/copies/']")
        assert f"{ENTRIES} kg" in officer.text.replace("\xa0", " "), "the lot of the harvest that closed the day"
        officer.is_well()
    kinds = pair.at_hub.ask("kinds", pair.name_of_box())
    assert not [kind for kind in kinds if kind.startswith("farm.diary.")], "the diary's entries stay in the commune"


def _lists_the_standard(at_box: Visitor) -> bool:
    at_box.go("/products/standards/")
    return NUMBER in at_box.text
