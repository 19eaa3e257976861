"""A helper acts for a resident, and the resident sees that somebody looked."""

import pytest

from tests.journeys.visitor import SIGN_IN_NAMES, visitor
from tests.node import Node

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("node")]


def test_a_helper_acts_for_a_resident_with_both_names_on_record(node: Node) -> None:
    with visitor(node, "helper") as helper:
        helper.go("/assist/")
        helper.is_well()
        helper.page.locator("main input[type=tel], main input[name=phone]").first.fill(SIGN_IN_NAMES["farmer"])
        helper.send()
        helper.is_well()
        helper.send()
        banner = helper.page.locator("form[action='/assist/end/']")
        assert banner.count() == 1
        helper.go("/diary/")
        helper.touch("a[href*='/work/WEEDING/']")
        helper.is_well()
        helper.page.locator("input[name=amount]").fill("3")
        helper.send()
        helper.go("/desk/accounts/")
        assert helper.page.locator("form[action='/assist/end/']").count(), "the banner is on every page, refusals too"
        helper.press(helper.page.locator("form[action='/assist/end/'] button"))
        helper.go("/diary/")
        assert not helper.page.locator("form[action='/assist/end/']").count()

    with visitor(node) as anybody:
        anybody.go("/demo/sms/")
        assert "0500" in anybody.text.replace("\xa0", " ")

    with visitor(node, "farmer") as farmer:
        farmer.go("/people/me/access-log/")
        farmer.is_well()
        assert farmer.page.locator("main").inner_text().strip()


def test_a_resident_signs_in_with_the_code_of_the_message(node: Node) -> None:
    with visitor(node) as resident:
        resident.go("/sign-in/")
        resident.is_well()
        resident.page.locator("input[name=phone]").fill("0500000002")
        resident.send()
        resident.is_well()
        code_page = resident.page.url
        resident.go("/demo/sms/")
        code = next(word for word in resident.text.split() if word.strip(".").isdigit() and len(word.strip(".")) == 6)
        resident.page.goto(code_page)
        resident.page.locator("input[name=code]").fill(code.strip("."))
        resident.send()
        resident.go("/home/")
        assert resident.page.url.endswith("/home/")
        resident.is_well()
