"""The parts that make a website an app: the worker, its kill switch, the manifest, what every page tells a phone."""

import json
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client, override_settings
from PIL import Image

from langso.kernel.offline.sender import mark_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db

BUILT = Path(django_settings.REPOSITORY) / "build" / "static"


def test_the_worker_is_asked_for_anew_and_names_the_files_of_this_version(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    told = json.loads(answer.content.decode().split("self.SHELL=")[1].split("};")[0] + "}")
    assert told["pages"] == ["/offline/", "/outbox/"]
    assert all((BUILT / file.removeprefix("/static/")).is_file() for file in told["files"])


@override_settings(SERVICE_WORKER=False)
def test_switched_off_it_removes_itself(client: Client) -> None:
    script = client.get("/sw.js").content.decode()
    assert "unregister" in script
    assert "caches.delete" in script
    assert "fetch" not in script
    assert "data-sw" not in client.get("/").content.decode()


@pytest.mark.parametrize(("language", "name"), [("vi", "Làng số"), ("en", "Digital village")])
def test_manifest_and_icons(client: Client, language: str, name: str) -> None:
    told = json.loads(client.get("/manifest.webmanifest", headers={"Accept-Language": language}).content)
    assert (told["short_name"], told["lang"], told["display"]) == (name, language, "standalone")
    for icon in told["icons"]:
        with Image.open(BUILT / icon["src"].removeprefix("/static/")) as drawn:
            assert f"{drawn.width}x{drawn.height}" == icon["sizes"]
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}


def test_a_mark_says_nothing_and_differs_by_account_and_person(cast: Cast) -> None:
    marks = {who: mark_of(cast.actor(who)) for who in ("an", "binh", "giang", "nobody")}
    assert len(set(marks.values())) == 4
    assert marks["nobody"] == ""
    assert marks["an"] == mark_of(cast.actor("an"))
    assert cast.accounts["an"].hex[:8] not in marks["an"]
    assert f'data-who="{marks["an"]}"' in cast.client("an").get("/home/").content.decode()


def test_a_worker_that_looks_ahead_uses_up_no_message(cast: Cast) -> None:
    client = cast.client("an")
    client.post("/account/password/", {})
    client.post("/assist/end/")
    quiet = client.get("/home/", headers={"X-Quiet": "1"})
    seen = client.get("/home/")
    assert quiet["Langso-Keep"] == "data"
    assert ("messages" in seen.content.decode()) == ("Langso-Keep" not in seen)
