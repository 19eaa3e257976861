"""A thumb on a cheap phone without JavaScript: it touches what the page shows, and counts its touches."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client


@dataclass
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)
    folded: set[str] = field(default_factory=set)
    """Fields that one does not see without opening the fold."""


class Page(HTMLParser):
    """Links and forms of a page, with their words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.words: list[str] = []
        self._folds = 0
        self._href = ""
        self._form: Form | None = None
        self._in_button = self._in_script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._folds += tag == "details"
        self._in_script = tag in ("script", "style")
        if tag == "a":
            self._href = told.get("href", "")
            self.links.append((self._href, ""))
        elif tag == "form" and told.get("method") == "post":
            self._form = Form(told.get("action", ""))
            self.forms.append(self._form)
        elif tag == "button" and self._form and told.get("type") == "submit":
            self._in_button = True
            self._form.buttons.append("")
        elif tag in ("input", "textarea", "select") and self._form and told.get("name"):
            self._field(told)

    def _field(self, told: dict[str, str]) -> None:
        assert self._form
        if told.get("type") in ("radio", "checkbox") and "checked" not in told:
            return
        self._form.fields[told["name"]] = told.get("value", "")
        if self._folds:
            self._form.folded.add(told["name"])

    def handle_endtag(self, tag: str) -> None:
        self._folds -= tag == "details"
        if tag == "a":
            self._href = ""
        elif tag == "form":
            self._form = None
        elif tag == "button":
            self._in_button = False

    def handle_data(self, data: str) -> None:
        text = data.strip()
        if not text or self._in_script:
            return
        self.words.append(text)
        if self._href and self.links:
            href, words = self.links[-1]
            self.links[-1] = href, f"{words} {text}".strip()
        if self._in_button and self._form:
            self._form.buttons[-1] = f"{self._form.buttons[-1]} {text}".strip()


class Thumb:
    """`touch` follows a link or sends a form by the words on it; `type_number` fills the one number that is seen."""

    def __init__(self, client: Client, start: str) -> None:
        self.client, self.touches, self.numbers = client, 0, 0
        self._typed: dict[str, str] = {}
        self.address = start
        self._show(client.get(start))

    @property
    def text(self) -> str:
        return " ".join(self.page.words)

    def touch(self, words: str) -> None:
        self.touches += 1
        for href, label in self.page.links:
            if label == words or label.startswith(f"{words} "):
                self._go(href)
                return
        for form in self.page.forms:
            if words in form.buttons:
                self._send(form)
                return
        raise AssertionError(f"nothing here says {words!r}: {self.page.links}")

    def type_number(self, number: str) -> None:
        """Into the only empty field that is seen without unfolding anything."""
        self.numbers += 1
        [form] = [form for form in self.page.forms if "client_id" in form.fields]
        empty = [name for name, value in form.fields.items() if not value and name not in form.folded]
        numbers = [name for name in empty if name in ("amount", "quantity_kg", "quantity")]
        assert len(numbers) == 1, (numbers, form)
        self._typed = {numbers[0]: number}

    def _send(self, form: Form) -> None:
        typed, self._typed = self._typed, {}
        self._show(self.client.post(form.action or self.address, form.fields | typed, follow=True))

    def _go(self, href: str) -> None:
        self.address = self.address.partition("?")[0] + href if href.startswith("?") else href
        self._show(self.client.get(self.address, follow=True))

    def _show(self, answer: Any) -> None:
        assert answer.status_code == 200, answer.content.decode()[:2000]
        if getattr(answer, "redirect_chain", None):
            self.address = answer.redirect_chain[-1][0]
        self.page = Page(answer.content.decode())
