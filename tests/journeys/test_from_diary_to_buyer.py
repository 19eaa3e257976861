"""From a household's diary to the buyer's QR page, through everybody on the way."""

import re
import time
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from tests.journeys.visitor import DESK, Visitor, visitor
from tests.node import Node

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("node")]


def log_a_spray(farmer: Visitor) -> int:
    """Touch the picture, the number, and the button; returns how many touches it took."""
    farmer.go("/diary/")
    farmer.is_well()
    farmer.touch("a[href*='/work/SPRAYING/']")
    farmer.is_well()
    farmer.page.locator("input[name=amount]").fill("30")
    farmer.send()
    return 2


def harvest(farmer: Visitor, kilos: str) -> None:
    farmer.go("/diary/")
    farmer.touch("a[href$='/harvest/']")
    farmer.is_well()
    farmer.page.locator("input[name=quantity_kg]").fill(kilos)
    farmer.send()


def wait_for(person: Visitor, path: str, words: str) -> None:
    """The worker reads the journal a moment later; look again until it shows."""
    for _ in range(60):
        person.go(path)
        if words in person.text:
            return
        time.sleep(0.5)
    raise AssertionError(f"{words!r} never came up at {path}:\n{person.text[:1500]}")


def codes_in(pdf: Path) -> list[str]:
    """Every QR code of a PDF, as a phone would read it."""
    document = pypdfium2.PdfDocument(pdf)
    found = [code.text for page in document for code in zxingcpp.read_barcodes(page.render(scale=3).to_pil())]
    document.close()
    return found


def test_a_spray_and_a_harvest_become_a_lot_that_a_buyer_can_read(node: Node) -> None:
    with visitor(node, "farmer") as farmer:
        assert log_a_spray(farmer) <= 3
        assert "30" in farmer.text
        harvest(farmer, "123,5")
        farmer.go("/diary/")
        assert "123,5" in farmer.text
        farmer.is_well()

    with visitor(node, "inspector", size=DESK) as inspector:
        inspector.go("/diary/checks/?sort=-written")
        inspector.is_well()
        inspector.touch("table a[href*='/diary/entries/']")
        assert "123,5" in inspector.text
        inspector.is_well()
        inspector.touch("form[action$='/confirmation/'] button")
        inspector.go("/diary/checks/?sort=-written")
        assert "123,5" not in inspector.page.locator("main table").inner_text()

    with visitor(node, "manager", size=DESK) as manager:
        wait_for(manager, "/trace/lots/?sort=-made", "123,5")
        row = manager.page.locator("tr", has_text="123,5").first
        code = row.locator("a").first.inner_text().replace("-", "")
        manager.press(row.locator("a").first)
        manager.is_well()
        held = manager.page.locator("a[href*='/release/'], form[action*='/release/']")
        assert held.count(), "harvested the day after a spray: the lot is held"
        lot_page = manager.page.url.removeprefix(node.address)
        release(manager, lot_page)
        issue(manager, lot_page)
        labels = print_labels(manager, lot_page)
        assert set(codes_in(labels)) == {f"{node.address}/lot/{code}"}
        assert len(codes_in(labels)) == 4

    with visitor(node) as buyer:
        buyer.go(f"/lot/{code}")
        assert "Củ dong riềng" in buyer.text
        assert re.search(r"30\s*ml", buyer.text)
        buyer.is_well()
        buyer.go(f"/lot/{code[:5].lower()}-{code[5:].lower()}")
        assert buyer.page.url.endswith(f"/lot/{code}")


def release(manager: Visitor, lot_page: str) -> None:
    """Let go of every hold, each with a reason."""
    for _ in range(5):
        manager.go(lot_page)
        way = manager.page.locator("main a[href*='/release/'], main form[action*='/release/'] button")
        if not way.count():
            return
        manager.press(way.first)
        reason = manager.page.locator("main [name=reason]")
        if reason.count():
            manager.is_well()
            reason.first.fill("Đã lấy mẫu, dư lượng dưới mức cho phép")
            manager.send()
    raise AssertionError("the lot stays held")


def issue(manager: Visitor, lot_page: str) -> None:
    manager.go(lot_page)
    manager.touch("form[action$='/issue/'] button[type=submit]")


def print_labels(manager: Visitor, lot_page: str) -> Path:
    manager.go(f"{lot_page}labels/")
    manager.is_well()
    manager.page.locator("[name=count]").fill("4")
    return manager.saved_file()


def test_a_code_that_was_never_issued_says_so_and_takes_a_report(node: Node) -> None:
    with visitor(node) as buyer:
        answer = buyer.page.goto(f"{node.address}/lot/0000000000A")
        assert answer is not None
        assert answer.status == 404
        buyer.go("/lot/")
        buyer.is_well()
