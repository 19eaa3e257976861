"""The phone loses its link, its power, its room, its answers: nothing is lost, nothing arrives twice."""

from pathlib import Path

import pytest

from langso.kernel.ui.browser import ask_devtools
from tests.faults.phone import Phone, kill, lasting_phone
from tests.faults.wire import Wire
from tests.node import Node

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("node")]


def test_saved_here_and_received_are_two_things(farmer: Phone) -> None:
    farmer.open_work()
    farmer.offline()
    farmer.type_work("3,5")
    farmer.save()
    farmer.page.locator(".saved").wait_for()
    assert "Đã lưu trên máy" in farmer.text
    assert "Đã gửi" not in farmer.text
    assert farmer.states() == ["wait"]
    farmer.online()
    farmer.until("sent")
    farmer.is_received()
    assert "3,5" in farmer.text
    farmer.is_once_at_the_node()


def test_forms_and_the_last_data_open_without_a_link(farmer: Phone) -> None:
    farmer.go("/home/")
    farmer.has_all_pages()
    farmer.go("/help/")
    farmer.offline()
    farmer.open_work("WATERING")
    farmer.type_work("2")
    farmer.save()
    farmer.go("/diary/")
    strip = farmer.page.locator("#strip").inner_text()
    assert strip.startswith("Dữ liệu lúc "), strip
    assert farmer.page.locator("[data-outbox-link] b").inner_text() == "1"
    farmer.go("/outbox/")
    farmer.page.locator("text=Đã lưu trên máy, chờ gửi").first.wait_for()
    assert "Tưới" in farmer.text
    farmer.is_well()
    farmer.go("/people/me/")
    assert "Đang mất mạng" in farmer.text
    farmer.online()
    farmer.go("/outbox/")
    farmer.until("sent")
    farmer.page.locator("text=Đã gửi").first.wait_for()
    farmer.is_well()


def test_an_answer_that_is_lost_after_the_commit_makes_no_second_entry(farmer: Phone) -> None:
    farmer.open_work()
    farmer.wire.lose_answer("/diary/")
    farmer.type_work("4")
    farmer.save()
    farmer.page.evaluate("dispatchEvent(new Event('online'))")
    farmer.until("sent")
    assert farmer.wire.writes == [farmer.items()[0]["id"]] * 2, "sent twice, with the same key"
    farmer.is_once_at_the_node()


def test_nothing_overtakes_and_a_busy_node_is_not_pressed(farmer: Phone) -> None:
    farmer.go("/diary/")
    farmer.has_all_pages()
    farmer.offline()
    for amount in ("1", "2", "3"):
        farmer.write(amount)
    farmer.wire.writes.clear()
    farmer.wire.answer("/diary/", "503 Busy", "Content-Type: application/json\r\nRetry-After: 2", '{"error": {}}')
    farmer.online()
    farmer.page.wait_for_timeout(1200)
    first = farmer.items()[0]["id"]
    assert farmer.wire.writes == [first], "the others wait behind the first"
    farmer.page.evaluate("dispatchEvent(new Event('online'))")
    farmer.page.wait_for_timeout(300)
    assert farmer.wire.writes == [first], "the node asked for two seconds"
    farmer.page.wait_for_timeout(1000)
    farmer.page.evaluate("dispatchEvent(new Event('online'))")
    farmer.until("sent", "sent", "sent")
    farmer.is_once_at_the_node()


def test_two_tabs_send_each_form_once(farmer: Phone) -> None:
    farmer.go("/diary/")
    farmer.has_all_pages()
    farmer.offline()
    for amount in ("1", "2", "3", "4", "5"):
        farmer.write(amount)
    other = farmer.context.new_page()
    other.goto(f"{farmer.node.address}/outbox/")
    farmer.go("/outbox/")
    farmer.wire.writes.clear()
    farmer.online()
    other.evaluate("dispatchEvent(new Event('online'))")
    farmer.until(*["sent"] * 5)
    assert sorted(farmer.wire.writes) == sorted(item["id"] for item in farmer.items()), "five forms, five requests"
    farmer.is_once_at_the_node()


def test_killed_with_queued_items_and_a_draft(node: Node, tmp_path: Path) -> None:
    with Wire(node.port) as wire:
        with lasting_phone(node, wire, tmp_path) as (held, pids):
            held.sign_in("farmer")
            held.go("/diary/")
            held.has_all_pages()
            held.offline()
            held.write("1")
            held.write("2")
            held.open_work("WATERING")
            held.type_work("7", remark="Mương cạn")
            held.page.wait_for_timeout(700)
            keys = [item["id"] for item in held.items()]
            kill(pids)
        with lasting_phone(node, wire, tmp_path) as (held, _pids):
            held.go("/outbox/")
            assert [item["id"] for item in held.items()] == keys
            held.go("/diary/")
            if "/sign-in/" in held.page.url:  # a browser that is killed may not have written its cookies yet
                held.sign_in("farmer")
                held.go("/diary/")
            held.until("sent", "sent")
            held.is_once_at_the_node()
            held.open_work("WATERING")
            held.page.locator("textarea[name=remark]").wait_for()
            assert held.page.locator("input[name=amount]").input_value() == "7"
            assert held.page.locator("textarea[name=remark]").input_value() == "Mương cạn"


def test_a_full_phone_says_so_and_keeps_what_was_typed(farmer: Phone) -> None:
    farmer.open_work()
    farmer.type_work("6")
    ask_devtools(farmer.page, "Storage.overrideQuotaForOrigin", origin=farmer.node.address, quotaSize=1)
    farmer.page.locator("main form[data-outbox] button[type=submit]").click()
    farmer.page.locator("main .form-errors").wait_for()
    assert "Máy hết chỗ" in farmer.text
    assert farmer.page.locator("input[name=amount]").input_value() == "6"
    farmer.send()
    farmer.is_received()
    assert "6" in farmer.text


def test_what_the_browser_threw_away_is_not_passed_over_in_silence(farmer: Phone) -> None:
    farmer.open_work()
    farmer.offline()
    farmer.type_work("8")
    farmer.save()
    ask_devtools(farmer.page, "Storage.clearDataForOrigin", origin=farmer.node.address, storageTypes="indexeddb")
    farmer.page.evaluate("dispatchEvent(new CustomEvent('outbox', { detail: 0 }))")
    farmer.online()
    for page in ("/home/", "/outbox/"):
        farmer.go(page)
        farmer.page.locator("#strip .danger").wait_for()
        assert "đã xoá 1 việc chưa gửi" in farmer.page.locator("#strip").inner_text()
    farmer.go("/home/")
    farmer.page.locator("[data-outbox-link]").wait_for()
    assert farmer.page.locator("#strip .danger").count() == 0, "told until the outbox was opened"


def test_the_outbox_warns_before_anything_is_thrown_away_and_nags_after_a_day(farmer: Phone) -> None:
    farmer.go("/outbox/")
    farmer.page.locator("#outbox-none").wait_for()
    farmer.is_well()
    farmer.open_work()
    farmer.wire.block("/diary/")
    farmer.type_work("9")
    farmer.save()
    farmer.has_tried()
    farmer.make_older(hours=25)
    farmer.go("/outbox/")
    farmer.page.locator("#outbox-unsafe").wait_for()
    assert "Máy đầy có thể tự xoá" in farmer.text
    assert "đã hơn một ngày" in farmer.page.locator("#strip .warning").inner_text()


def test_a_hotspot_that_answers_for_the_node_is_no_receipt(farmer: Phone) -> None:
    farmer.open_work()
    farmer.wire.answer("/diary/", "200 OK", "Content-Type: text/html", "<h1>Mời đăng nhập Wi-Fi</h1>")
    farmer.type_work("2")
    farmer.save()
    farmer.has_tried()
    assert farmer.states() == ["wait"]
    farmer.page.evaluate("dispatchEvent(new Event('online'))")
    farmer.until("sent")
    farmer.is_once_at_the_node()
