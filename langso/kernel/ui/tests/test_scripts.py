"""What the small scripts add, and what is left without them."""

import pytest
from django.test import Client

from langso.kernel.ui.testing import on_screen

pytestmark = [pytest.mark.django_db, pytest.mark.journey]

VOICE = """
const said = [];
window.said = said;
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => [{lang: "%s", name: "somebody"}],
  addEventListener() {}, cancel() {}, speak(words) { said.push(words); },
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_stepper_counts_in_the_readers_way(client: Client) -> None:
    with on_screen(client.get("/ui/")) as page:
        box = page.locator(".stepper").first
        number = box.locator("input")
        assert number.input_value() == "2,5"
        box.locator("[data-by='1']").click()
        assert number.input_value() == "3"
        box.locator("[data-by='-1']").click()
        box.locator("[data-by='-1']").click()
        assert number.input_value() == "2"
        number.fill("0.25")
        box.locator("[data-by='-1']").click()
        assert number.input_value() == "0", "not below the least"
        number.fill("499,75")
        box.locator("[data-by='1']").click()
        assert number.input_value() == "500", "not above the most"
        box.locator("[data-fill]").click()
        assert number.input_value() == "12,5"


def test_nothing_dead_is_shown_without_javascript(client: Client) -> None:
    with on_screen(client.get("/ui/"), javascript=False) as page:
        box = page.locator(".stepper").first
        assert box.locator("input").is_visible()
        assert not box.locator("[data-by]").first.is_visible()
        assert not box.locator("[data-fill]").is_visible()
        assert box.locator(".last-value").is_visible()


@pytest.mark.parametrize(("voice", "offered"), [("vi-VN", True), ("fr-FR", False)])
def test_listen_is_offered_when_the_phone_speaks_the_language(client: Client, voice: str, offered: bool) -> None:
    with on_screen(client.get("/help/"), script=VOICE % voice) as page:
        button = page.locator("button[data-listen]")
        assert button.is_visible() == offered
        if not offered:
            return
        button.click()
        spoken = page.evaluate("said.map(words => words.text)")
        assert spoken[0] == "Gọi giúp"
        assert len(spoken) == len(set(spoken)), "nothing is read twice"
        assert "Ngừng đọc" in button.inner_text()
        page.evaluate("said[said.length - 1].onend()")
        assert "Nghe" in button.inner_text()


def test_errors_take_the_focus(client: Client) -> None:
    with on_screen(client.get("/ui/"), width=1280) as page:
        assert "form-errors" in page.evaluate("document.activeElement.className")


def test_touching_an_error_leads_to_its_field(client: Client) -> None:
    with on_screen(client.get("/ui/")) as page:
        page.locator(".form-errors a").nth(2).click()
        assert page.evaluate("document.activeElement.name") == "refused-name"
