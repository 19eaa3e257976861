"""Pages without a link or with a bad one: from the phone, with their age, never another's; and the kill switch."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from langso.kernel.ui.browser import ask_devtools
from tests.faults.phone import KEPT, Phone, phone
from tests.node import Node, free_port, wait_until

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("node")]

WORKERS = "navigator.serviceWorker.getRegistrations().then(all => all.length)"
CACHES = "caches.keys()"


def a_lot(node: Node) -> str:
    """The address of some lot's public page."""
    return f"/lot/{json.loads(node.get('/api/lots')[1])['items'][0]['code']}"


def test_a_lot_that_was_scanned_is_read_again_with_its_age(node: Node) -> None:
    lot = a_lot(node)
    with phone(node) as buyer:
        buyer.go("/")
        buyer.has_all_pages()
        buyer.go(lot)
        told = buyer.text
        assert buyer.page.locator("#strip").inner_text() == ""
        buyer.offline()
        buyer.go(lot)
        assert buyer.text == told
        assert buyer.page.locator("#strip").inner_text().startswith("Dữ liệu lúc ")
        buyer.is_well()
        buyer.go("/products/")
        assert "Đang mất mạng" in buyer.text


def test_what_only_the_node_can_do_says_so_and_whom_to_call(farmer: Phone) -> None:
    farmer.go("/home/")
    farmer.has_all_pages()
    farmer.write("2")
    farmer.is_received()
    entry = farmer.page.url
    farmer.page.reload()
    farmer.offline()
    farmer.page.goto(entry)
    farmer.page.locator("#strip .info").wait_for()
    farmer.page.locator("form[action$='/undo/'] button").click()
    assert "cần có mạng" in farmer.page.locator("#strip .warning").inner_text()
    assert farmer.page.url == entry
    assert farmer.page.locator("a.corner-call").is_visible()
    farmer.go("/help/")
    assert "115" in farmer.text


def test_a_slow_link_shows_what_is_here_after_three_seconds(node: Node) -> None:
    with phone(node, "farmer") as held:
        held.go("/home/")
        held.has_all_pages()
        held.go("/diary/")
        held.wire.rtt = 6.0
        began = time.monotonic()
        look(held, "/diary/")
        assert 2.5 < time.monotonic() - began < 5.5
        assert held.page.locator("#strip").inner_text().startswith("Dữ liệu lúc ")
        began = time.monotonic()
        look(held, "/outbox/")
        assert time.monotonic() - began < 2.0, "forms and the outbox do not wait at all"
        held.wire.rtt = 0.0


def look(held: Phone, path: str) -> None:
    held.page.goto(held.node.address + path, wait_until="domcontentloaded")


def test_pages_of_a_desk_are_not_kept(node: Node) -> None:
    with phone(node, "officer") as officer:
        officer.go("/home/")
        officer.has_all_pages()
        officer.go("/people/")
        officer.go("/desk/")
        officer.page.wait_for_timeout(500)
        kept = officer.page.evaluate(KEPT)
        assert not {"/people/", "/desk/"} & set(kept), kept
        assert "/people/visits/new/" in kept


def test_a_phone_may_install_it(farmer: Phone) -> None:
    farmer.go("/home/")
    farmer.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    assert ask_devtools(farmer.page, "Page.getAppManifest")["errors"] == []
    told = ask_devtools(farmer.page, "Page.getInstallabilityErrors")["installabilityErrors"]
    errors = [each["errorId"] for each in told]
    assert [each for each in errors if each != "in-incognito"] == []


@contextmanager
def web_of(node: Node, **settings: str) -> Iterator[int]:
    """The port of another web process on the same node's folder, with other settings."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "langso.site.asgi:application", "--interface", "asginl"]
    environment = node.environment | {"LANGSO_DATA": str(node.data), **settings}
    with (node.data / "other-web.log").open("w") as log:
        process = subprocess.Popen([*command, "--port", str(port)], env=environment, stdout=log, stderr=log, text=True)
    other = Node(f"http://127.0.0.1:{port}", node.data, process, environment)
    try:
        wait_until(lambda: _answers(other), other)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _answers(other: Node) -> bool:
    try:
        return other.get("/sw.js")[0] == 200
    except OSError:
        return False


def test_the_kill_switch_removes_the_worker_and_what_it_kept_but_not_the_outbox(node: Node) -> None:
    with phone(node, "farmer") as held:
        held.go("/home/")
        held.has_all_pages()
        look(held, "/diary/")
        held.touch("a[href*='/work/WEEDING/']")
        held.wire.block("/diary/")
        held.type_work("3")
        held.save()
        form = held.page.url
        with web_of(node, LANGSO_SERVICE_WORKER="no") as other:
            held.wire.lead_to(other)
            held.page.goto(form)
            for _ in range(50):
                held.page.wait_for_timeout(200)
                if not held.page.evaluate(CACHES):
                    break
            assert held.page.evaluate(CACHES) == []
            held.page.goto(form)
            assert "data-sw" not in held.page.content()
            assert held.page.evaluate(WORKERS) == 0
            assert len(held.items()) == 1, "what is not sent stays"
            held.wire.mend()
            held.page.evaluate("dispatchEvent(new Event('online'))")
            held.until("sent")
