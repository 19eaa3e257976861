"""Forms from a phone's outbox: each key once, whoever asks twice, whatever fell in between."""

import io
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from PIL import Image

from langso.farm.diary.models import Entry, EntryPhoto
from langso.farm.diary.testing import make_entry
from langso.farm.plots.testing import make_plot, make_season
from langso.kernel import clock
from langso.kernel.accounts import services as accounts
from langso.kernel.ids import new_id
from langso.kernel.journal.models import Entry as JournalEntry
from langso.kernel.offline import receipts
from langso.kernel.offline.models import Receipt, Upload
from langso.kernel.offline.sender import mark_of
from tests.cast import Cast, CastClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(cast: Cast) -> str:
    """The weeding form of An's season."""
    season = make_season(plot_id=make_plot(household_id=cast.household), organisation_id=cast.cooperative)
    return f"/diary/seasons/{season}/work/WEEDING/"


def fields(**more: str) -> dict[str, str]:
    return {"on_date": clock.today().isoformat(), "amount": "4", **more}


def send(
    client: CastClient, address: str, key: UUID | str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Any:
    given = {"Idempotency-Key": str(key), "Accept": "application/json", **(headers or {})}
    return client.post(address, {"client_id": str(key), **body}, headers=given)


def entries() -> int:
    return Entry.objects.count()


def test_a_form_is_done_once_and_answered_the_same_every_time(cast: Cast, address: str) -> None:
    client, key = cast.client("an"), new_id()
    first = send(client, address, key, fields())
    assert first.status_code == 201
    assert first.json()["url"] == f"/diary/entries/{Entry.objects.get().pk}/"
    assert first.json()["messages"] == ["Đã lưu."]
    again = send(client, address, key, fields())
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert entries() == 1
    assert JournalEntry.objects.filter(kind="farm.diary.field_work_logged.v1").count() == 1
    assert "Đã lưu." not in client.get("/diary/").content.decode(), "the phone has said it already"


def test_the_same_form_without_scripts_is_an_ordinary_page(cast: Cast, address: str) -> None:
    client = cast.client("an")
    answer = client.post(address, {"client_id": str(new_id()), **fields(), "picture": photo()}, follow=True)
    assert answer.status_code == 200
    assert "Đã lưu." in answer.content.decode()
    assert EntryPhoto.objects.count() == 1
    bad = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    answer = client.post(address, {"client_id": str(new_id()), **fields(amount="5"), "picture": bad}, follow=True)
    assert "không phải ảnh mở được" in answer.content.decode()
    assert (entries(), EntryPhoto.objects.count()) == (2, 1), "words are kept, whatever the picture is"
    wrong = client.post(address, {"client_id": str(new_id()), **fields(amount="bốn")})
    assert wrong.status_code == 422
    assert "form-errors" in wrong.content.decode()


def test_a_key_with_other_words_is_refused_and_says_where_the_first_are(cast: Cast, address: str) -> None:
    client, key = cast.client("an"), new_id()
    first = send(client, address, key, fields())
    other = send(client, address, key, fields(amount="40"))
    assert other.status_code == 409
    assert other.json()["error"]["code"] == "key_reused"
    assert other["Content-Location"] == first.json()["url"]
    assert entries() == 1


def test_a_refused_form_leaves_its_key_free_to_be_mended(cast: Cast, address: str) -> None:
    client, key = cast.client("an"), new_id()
    refused = send(client, address, key, fields(amount="bốn", on_date="2999-01-01"))
    assert refused.status_code == 422
    assert set(refused.json()["error"]["fields"]) == {"amount"}
    later = send(client, address, key, fields(on_date="2999-01-01"))
    assert later.status_code == 422, "what the service refuses comes back the same way as what the form refuses"
    assert "hôm nay" in later.json()["error"]["fields"]["on_date"]
    assert not Receipt.objects.exists()
    assert send(client, address, key, fields()).status_code == 201
    assert entries() == 1


def test_a_key_belongs_to_its_sender(cast: Cast, address: str) -> None:
    key = new_id()
    assert send(cast.client("an"), address, key, fields()).status_code == 201
    taken = send(cast.client("binh"), address, key, fields())
    assert (taken.status_code, taken.json()["error"]["code"]) == (403, "key_of_another")
    assert entries() == 1


def test_signed_out_is_said_in_json(cast: Cast, address: str) -> None:
    answer = send(cast.client("nobody"), address, new_id(), fields())
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "sign_in_needed")
    page = cast.client("nobody").post(address, fields(), headers={"Idempotency-Key": str(new_id())})
    assert (page.status_code, page.url.partition("?")[0]) == (302, "/sign-in/")


def test_what_was_written_under_one_name_is_not_sent_under_another(cast: Cast, address: str) -> None:
    an = {"X-Sender": mark_of(cast.actor("an"))}
    refused = send(cast.client("binh"), address, new_id(), fields(), an)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "another_sender")
    helper = cast.client("giang")
    accounts.start_assist(cast.actor("giang"), person_id=cast.person("an"))
    assert entries() == 0
    assert send(cast.client("an"), address, new_id(), fields(), an).status_code == 201
    assert helper.get("/diary/").status_code == 200


def test_a_helper_sends_in_a_residents_name_only_while_acting_for_them(cast: Cast, address: str) -> None:
    helper = cast.client("giang")
    helper.post("/assist/", {"person_id": str(cast.person("an"))})
    for_an = helper.get("/diary/").content.decode().split('data-who="')[1].split('"')[0]
    key = new_id()
    assert send(helper, address, key, fields(), {"X-Sender": for_an}).status_code == 201
    entry = JournalEntry.objects.get(kind="farm.diary.field_work_logged.v1")
    assert (entry.actor, entry.on_behalf_of) == (cast.account("giang"), cast.person("an"))
    helper.post("/assist/end/")
    for name in (None, "chi"):
        if name:
            helper.post("/assist/", {"person_id": str(cast.person(name))})
        refused = send(helper, address, new_id(), fields(amount="6"), {"X-Sender": for_an})
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "another_sender")
    assert entries() == 1


def test_acting_that_ran_out_says_so_in_json(cast: Cast, address: str) -> None:
    helper = cast.client("giang")
    helper.post("/assist/", {"person_id": str(cast.person("an"))})
    with clock.set_to(clock.now() + timedelta(minutes=16)):
        late = send(helper, address, new_id(), fields())
    assert (late.status_code, late.json()["error"]["code"]) == (409, "assist_over")
    assert entries() == 0


def test_the_nodes_clock_decides_and_both_are_shown_when_they_differ(cast: Cast, address: str) -> None:
    client, now = cast.client("an"), clock.now()
    wrong_year = (now - timedelta(days=365, hours=3)).isoformat()
    sent = send(client, address, new_id(), fields(), {"X-Client-Time": wrong_year, "X-Client-Age": "10800"})
    entry = JournalEntry.objects.get(kind="farm.diary.field_work_logged.v1")
    assert entry.occurred_at is not None
    assert abs(entry.occurred_at - (now - timedelta(hours=3))) < timedelta(minutes=1)
    assert entry.recorded_at - entry.occurred_at > timedelta(hours=2)
    page = client.get(sent.json()["url"]).content.decode()
    assert "Ghi trên điện thoại, lúc không có mạng" in page
    assert "Đồng hồ điện thoại chỉ" in page
    right = {"X-Client-Time": (now - timedelta(hours=1)).isoformat(), "X-Client-Age": "3600"}
    page = client.get(send(client, address, new_id(), fields(), right).json()["url"]).content.decode()
    assert "Ghi trên điện thoại" in page
    assert "Đồng hồ điện thoại chỉ" not in page
    at_once = {"X-Client-Time": now.isoformat(), "X-Client-Age": "1"}
    page = client.get(send(client, address, new_id(), fields(), at_once).json()["url"]).content.decode()
    assert "Ghi trên điện thoại" not in page


@pytest.mark.parametrize("headers", [{"X-Client-Age": "soon"}, {"X-Client-Time": "x", "X-Client-Age": "1e400"}])
def test_nonsense_about_time_is_left_out(cast: Cast, address: str, headers: dict[str, str]) -> None:
    assert send(cast.client("an"), address, new_id(), fields(), headers).status_code == 201
    assert JournalEntry.objects.get(kind="farm.diary.field_work_logged.v1").occurred_at is None


def test_too_large_and_not_a_key(cast: Cast, address: str) -> None:
    client = cast.client("an")
    large = send(client, address, new_id(), fields(remark="x" * 6_000_000))
    assert (large.status_code, large.json()["error"]["code"]) == (413, "too_large")
    assert send(client, address, "seven", fields()).status_code == 422
    assert entries() == 0


def test_a_foreign_page_cannot_send_and_is_told_in_json(cast: Cast, address: str) -> None:
    client = CastClient(enforce_csrf_checks=True)
    client.cookies = cast.client("an").cookies
    refused = send(client, address, new_id(), fields())
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "csrf_failed")
    client.get("/offline/pages/")
    token = {"X-CSRFToken": client.cookies["csrftoken"].value}
    assert send(client, address, new_id(), fields(), token).status_code == 201


def test_keys_are_kept_for_90_days(cast: Cast, address: str) -> None:
    client, key = cast.client("an"), new_id()
    send(client, address, key, fields())
    Receipt.objects.update(received_at=clock.now() - timedelta(days=89))
    assert receipts.clear(most=10) == 0
    Receipt.objects.update(received_at=clock.now() - timedelta(days=91))
    send(client, address, new_id(), fields(amount="5"))
    assert not Receipt.objects.filter(pk=key).exists(), "old ones go when a new one comes"
    assert send(client, address, key, fields()).status_code == 201, "the diary knows its own forms still"
    assert send(client, address, key, fields(amount="7")).status_code == 409
    assert entries() == 2


def photo(width: int = 600) -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.effect_noise((width, 400), 60).save(written, "JPEG")
    return SimpleUploadedFile("ruong.jpg", written.getvalue(), "image/jpeg")


def put(client: CastClient, upload: UUID, start: int, size: int, content: bytes) -> Any:
    headers = {"Upload-Offset": str(start), "Upload-Length": str(size), "Accept": "application/json"}
    return client.put(f"/offline/uploads/{upload}/", content, content_type="image/jpeg", headers=headers)


def test_a_picture_comes_in_parts_and_goes_on_where_the_link_broke(cast: Cast, address: str) -> None:
    client, upload, content = cast.client("an"), new_id(), photo().read()
    entry = send(client, address, new_id(), fields()).json()["url"]
    half, size = len(content) // 2, len(content)
    assert client.get(f"/offline/uploads/{upload}/").json() == {"received": 0}
    assert put(client, upload, 0, size, content[:half]).json() == {"received": half}
    assert put(client, upload, 0, size, content[:half]).json() == {"received": half}, "twice is once"
    assert put(client, upload, half + 1, size, content[half + 1 :]).json() == {"received": half}, "no holes"
    assert put(cast.client("binh"), upload, half, size, content[half:]).status_code == 404

    take = {"X-Upload": f"picture={upload}"}
    early = send(client, f"{entry}photos/", new_id(), {}, take)
    assert (early.status_code, early.json()["error"]["code"]) == (409, "upload_incomplete")
    assert put(client, upload, half, size, content[half:]).json() == {"received": size}
    first = send(client, f"{entry}photos/", key := new_id(), {}, take)
    assert first.status_code == 201, first.content
    assert send(client, f"{entry}photos/", key, {}, take).json() == first.json()
    assert EntryPhoto.objects.count() == 1
    assert not Upload.objects.exists(), "its parts are let go with the form that took them"


def test_a_picture_that_is_none_stays_for_the_phone_to_decide(cast: Cast, address: str) -> None:
    client, upload = cast.client("an"), new_id()
    entry = send(client, address, new_id(), fields()).json()["url"]
    put(client, upload, 0, 5, b"hello")
    refused = send(client, f"{entry}photos/", new_id(), {}, {"X-Upload": f"picture={upload}"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "no_picture")
    assert Upload.objects.exists()


@pytest.mark.parametrize("size", [0, -1, 16 * 1024 * 1024])
def test_sizes_that_cannot_be(cast: Cast, size: int) -> None:
    assert put(cast.client("an"), new_id(), 0, size, b"hello").status_code == 413


def test_the_api_takes_keys_too(cast: Cast, address: str) -> None:
    client, key = cast.client("an"), new_id()
    body = {**fields(), "client_id": str(key), "kind": "WORK", "unit": "HOUR", "activity": "WEEDING"}
    body["season_id"] = address.split("/")[3]
    answers = [
        client.post(
            "/api/diary/entries",
            json.dumps(body),
            content_type="application/json",
            headers={"Idempotency-Key": str(key)},
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()


def test_pages_say_whether_a_phone_may_keep_them(cast: Cast, address: str) -> None:
    client = cast.client("an")
    form, home, listed = client.get(address), client.get("/diary/"), client.get("/offline/pages/").json()["pages"]
    assert (form["Langso-Keep"], home["Langso-Keep"]) == ("form", "data")
    assert form["Langso-Reader"] == f"{mark_of(cast.actor('an'))}.vi"
    assert address in listed
    assert {"/home/", "/help/", "/diary/"} <= set(listed)
    assert "Langso-Keep" not in client.get("/sign-in/staff/", follow=False)
    send_page = client.post(address, {"client_id": str(new_id()), **fields()}, follow=True)
    assert "Langso-Keep" not in send_page, "it tells of one moment"
    assert "Langso-Keep" not in cast.client("dung").get("/people/"), "other people's data stays at the node"
    make_entry(season_id=UUID(address.split("/")[3]))


@override_settings(LANGUAGE_CODE="en")
def test_another_language_is_another_reader(cast: Cast) -> None:
    client = cast.client("an")
    answer = client.get("/diary/", headers={"Accept-Language": "en"})
    assert answer["Langso-Reader"].endswith(".en")
