"""Each refusal as a page, as the way to the log-in page, and as JSON."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from langso.kernel.access.require import NotAllowed, SignInNeeded
from langso.kernel.errors import DomainError, Invalid, NotHere


class TakenAlready(DomainError):
    code = "taken_already"
    message = _("Name")


REFUSALS = {
    "taken": TakenAlready(),
    "invalid": Invalid("Too many", fields={"amount": "More than there is"}),
    "gone": NotHere("No such thing"),
    "forbidden": NotAllowed(),
    "stranger": SignInNeeded(),
}


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    raise REFUSALS[kind]


def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a programming error")


urlpatterns = [
    path("refuse/<kind>/", refuse),
    path("api/refuse/<kind>/", refuse),
    path("broken/", break_down),
    path("", include(settings.ROOT_URLCONF)),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.mark.parametrize(("kind", "status"), [("taken", 409), ("invalid", 422), ("gone", 404), ("forbidden", 403)])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_page_says_what_and_what_next(client: Client, kind: str, status: int, language: str) -> None:
    answer = client.get(f"/refuse/{kind}/", headers={"Accept-Language": language})
    assert answer.status_code == status
    page = answer.content.decode()
    assert f'<html lang="{language}">' in page
    assert f"{status} {REFUSALS[kind].code}" in page
    assert ("Bây giờ làm gì" if language == "vi" else "What you can do") in page
    assert 'href="/help/"' in page


def test_fields_stand_on_the_page(client: Client) -> None:
    assert "More than there is" in client.get("/refuse/invalid/").content.decode()


@pytest.mark.parametrize("address", ["/api/refuse/{}/", "/refuse/{}/"])
@pytest.mark.parametrize(
    ("kind", "status"), [("taken", 409), ("invalid", 422), ("gone", 404), ("forbidden", 403), ("stranger", 401)]
)
def test_scripts_get_json(client: Client, address: str, kind: str, status: int) -> None:
    answer = client.get(address.format(kind), headers={"Accept": "application/json"})
    assert answer.status_code == status
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "fields"}
    assert error["code"] == REFUSALS[kind].code


def test_stranger_is_sent_to_log_in_and_back(client: Client) -> None:
    answer = client.get("/refuse/stranger/?page=2")
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/refuse/stranger/%3Fpage%3D2")


@pytest.mark.parametrize(
    ("referer", "back"),
    [("http://testserver/form/?a=1", "/form/%3Fa%3D1"), ("http://elsewhere.example/form/", "/"), ("", "/")],
)
def test_stranger_who_wrote_comes_back_to_the_form(client: Client, referer: str, back: str) -> None:
    answer = client.post("/refuse/stranger/", headers={"Referer": referer})
    assert answer["Location"].endswith(f"?next={back}")


@override_settings(DEBUG=False)
def test_error_pages(client: Client) -> None:
    client.raise_request_exception = False
    missing = client.get("/no/such/page/")
    assert (missing.status_code, b"not_here" in missing.content) == (404, True)
    broken = client.get("/broken/")
    assert broken.status_code == 500
    assert "Hệ thống gặp lỗi" in broken.content.decode()
    assert "programming error" not in broken.content.decode()


def test_stale_form(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/i18n/setlang/", {"language": "en"})
    assert answer.status_code == 403
    assert "form_too_old" in answer.content.decode()


def test_policy_forbids_what_stands_inside_a_page(client: Client) -> None:
    for address in ("/ui/", "/refuse/gone/", "/api/refuse/gone/", "/no/such/page/"):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
