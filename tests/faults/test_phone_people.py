"""One phone, several people: what each wrote is sent under their own name, or waits and says why."""

import pytest

from tests.faults.phone import KEPT, Phone, phone
from tests.journeys.visitor import SIGN_IN_NAMES
from tests.node import Node

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("node")]


def sign_out(held: Phone) -> None:
    held.press(held.page.locator("form[action='/sign-out/'] button"))


def test_refused_items_stay_with_the_reason_and_are_mended(farmer: Phone) -> None:
    farmer.open_work()
    farmer.offline()
    farmer.page.locator("main form details summary").click()
    farmer.type_work("3")
    farmer.page.locator("input[name=on_date]").evaluate(
        "each => { each.removeAttribute('max'); each.value = '2040-01-01' }"
    )
    farmer.save()
    farmer.online()
    farmer.until("wrong")
    assert "hôm nay" in farmer.page.locator("main .form-errors").inner_text(), "the form itself says why"
    farmer.go("/outbox/")
    row = farmer.page.locator("#outbox-list li").first
    assert "Cần sửa" in row.inner_text()
    assert "hôm nay" in row.inner_text()
    assert farmer.page.locator("[data-outbox-link].needs b").inner_text() == "1"
    farmer.is_well()
    key = farmer.items()[0]["id"]
    farmer.press(row.locator("[data-act=edit]"))
    farmer.page.locator("main .form-errors").wait_for()
    assert farmer.page.locator("input[name=amount]").input_value() == "3"
    farmer.page.locator("input[name=on_date]").evaluate("each => { each.value = each.max }")
    farmer.page.locator("main form[data-outbox] button[type=submit]").click()
    farmer.is_received()
    farmer.until("sent")
    assert farmer.items()[0]["id"] == key
    farmer.is_once_at_the_node()


def test_mended_after_the_first_words_had_arrived_makes_no_second_entry(farmer: Phone) -> None:
    farmer.open_work()
    farmer.wire.block("/diary/")
    farmer.wire.lose_answer("/diary/")
    farmer.type_work("3")
    farmer.save()
    farmer.has_tried()
    farmer.go("/outbox/")
    farmer.press(farmer.page.locator("[data-act=edit]"))
    farmer.page.locator("input[name=amount]").fill("33")
    farmer.wire.mend()
    farmer.page.locator("main form[data-outbox] button[type=submit]").click()
    farmer.page.locator("main .form-errors").wait_for()
    assert "đã đến nơi với nội dung cũ" in farmer.text
    farmer.press(farmer.page.locator("main .form-errors a"))
    farmer.is_received()
    assert "3 giờ" in farmer.text, "the first words stand, to be corrected there"
    farmer.go("/outbox/")
    assert "đã đến nơi" in farmer.text
    assert farmer.page.locator("[data-act=see]").count() == 1
    assert farmer.page.locator("[data-act=edit]").count() == 0
    assert len([key for key in farmer.received() if key == farmer.items()[0]["id"]]) == 1


def test_too_large_for_a_proxy_on_the_way(farmer: Phone) -> None:
    farmer.open_work()
    farmer.wire.answer("/diary/", "413 Too Large", "Content-Type: text/html", "<h1>413 Request Entity Too Large</h1>")
    farmer.type_work("5")
    farmer.page.locator("main form[data-outbox] button[type=submit]").click()
    farmer.page.locator("main .form-errors").wait_for()
    assert "Nặng quá" in farmer.text
    assert farmer.states() == ["wrong"]
    farmer.send()
    farmer.is_received()
    farmer.is_once_at_the_node()


def test_a_session_that_ended_asks_for_sign_in_and_then_sends(farmer: Phone) -> None:
    farmer.open_work()
    farmer.context.clear_cookies(name="sessionid")
    farmer.type_work("4")
    farmer.save()
    farmer.until("login")
    farmer.go("/outbox/")
    farmer.sign_in("farmer")
    farmer.go("/outbox/")
    farmer.until("sent")
    farmer.is_once_at_the_node()


def test_a_token_that_is_gone_is_fetched_anew(farmer: Phone) -> None:
    farmer.open_work()
    farmer.context.clear_cookies(name="csrftoken")
    farmer.type_work("4")
    farmer.save()
    farmer.until("sent")
    farmer.is_once_at_the_node()


def test_two_people_on_one_phone(farmer: Phone) -> None:
    farmer.go("/home/")
    farmer.has_all_pages()
    farmer.open_work("WATERING")
    farmer.type_work("11")
    farmer.page.wait_for_timeout(600)
    farmer.open_work()
    farmer.wire.block("/diary/")
    farmer.type_work("5")
    farmer.save()
    farmer.agrees = False
    farmer.page.locator("form[action='/sign-out/'] button").click()
    farmer.page.wait_for_timeout(300)
    assert "Còn việc chưa gửi" in farmer.asked[-1]
    farmer.go("/home/")
    assert farmer.page.url.endswith("/home/"), "still signed in"
    farmer.agrees = True
    sign_out(farmer)
    kept = farmer.page.evaluate(KEPT)
    assert not [path for path in kept if path.startswith(("/diary/", "/home/"))], kept
    farmer.wire.mend()

    farmer.sign_in("neighbour")
    farmer.go("/outbox/")
    farmer.page.locator("#outbox-others").wait_for()
    assert "1 việc của người khác" in farmer.text
    assert farmer.page.locator("#outbox-list li").count() == 0
    farmer.page.wait_for_timeout(500)
    assert farmer.states() == ["wait"]
    sign_out(farmer)

    farmer.sign_in("farmer")
    farmer.go("/outbox/")
    farmer.until("sent")
    farmer.is_once_at_the_node()
    farmer.open_work("WATERING")
    farmer.page.wait_for_timeout(300)
    assert farmer.page.locator("input[name=amount]").input_value() == "11", "a draft outlives the sign-out"


def test_what_a_helper_wrote_for_a_resident_is_never_sent_for_another(node: Node) -> None:
    def assist(held: Phone, who: str) -> None:
        held.go("/assist/")
        held.page.locator("main input[name=phone]").fill(SIGN_IN_NAMES[who])
        held.send()
        held.send()
        held.page.locator("form[action='/assist/end/']").wait_for()

    def stop(held: Phone) -> None:
        held.press(held.page.locator("form[action='/assist/end/'] button"))

    with phone(node, "helper") as helper:
        assist(helper, "farmer")
        helper.open_work()
        helper.wire.block("/diary/")
        helper.type_work("6")
        helper.save()
        stop(helper)
        assert "Còn việc chưa gửi" in helper.asked[-1]
        helper.wire.mend()
        helper.wire.writes.clear()
        for who in ("", "neighbour"):
            if who:
                assist(helper, who)
            helper.go("/outbox/")
            helper.page.locator("#outbox-others").wait_for()
            helper.page.wait_for_timeout(300)
            assert (helper.states(), helper.wire.writes) == (["wait"], []), who
        stop(helper)
        assist(helper, "farmer")
        helper.go("/outbox/")
        helper.until("sent")
        helper.go(helper.items()[0]["result"])
        assert "/" in helper.page.locator("main details .by").first.text_content(), "both names stand with the entry"
        stop(helper)


def test_a_household_visit_without_a_link(node: Node) -> None:
    with phone(node, "helper") as helper:
        helper.go("/people/visits/new/")
        helper.is_well()
        helper.offline()
        helper.page.locator("[name=household_code]").fill("khong-co")
        helper.page.locator("label", has_text="Giúp làm giấy tờ").click()
        helper.page.locator("[name=remark]").fill("Hẹn làm thẻ bảo hiểm tuần sau")
        helper.page.locator("main form[data-outbox] button[type=submit]").click()
        helper.page.locator(".saved").wait_for()
        helper.online()
        helper.until("wrong")
        helper.page.locator("main .form-errors").wait_for()
        helper.page.locator("[name=household_code]").fill(_a_household(helper))
        helper.page.locator("main form[data-outbox] button[type=submit]").click()
        helper.page.wait_for_url("**/people/visits/")
        assert "Hẹn làm thẻ bảo hiểm" in helper.text


def _a_household(helper: Phone) -> str:
    other = helper.context.new_page()
    other.goto(f"{helper.node.address}/people/households/")
    code = other.locator("main table a[href*='household=']").first.inner_text()
    other.close()
    return code
