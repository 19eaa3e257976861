"""Turns a service's refusal into an answer: a page with the next step, the log-in page, or JSON for a script."""

import sys
from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.csrf import csrf_failure as django_csrf_failure
from django.views.defaults import page_not_found as django_page_not_found
from django.views.defaults import server_error as django_server_error

from langso.kernel.disk import DiskFull, is_full
from langso.kernel.errors import AccessDenied, DomainError, NotHere
from langso.kernel.refusals import refusal_json


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks: an address of the API, or JSON preferred to HTML."""
    if request.path.startswith("/api/"):
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def page_before(request: HttpRequest) -> str:
    """The page on which the visitor stood: this one when it was only read, else the form's page, else the start."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    address = urlsplit(referer)
    return f"{address.path}?{address.query}" if address.query else address.path or "/"


def refusal_page(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """`ui/refusal.html` with the refusal's sentence, what to do next and the way back."""
    shown = {
        "code": refusal.code,
        "status": refusal.status,
        "message": refusal.message,
        "fields": refusal.fields,
        "back_url": page_before(request) if request.method not in ("GET", "HEAD") else "",
    }
    return render(request, "ui/refusal.html", shown, status=refusal.status)


def answer_to(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """The refusal for whoever asks: JSON, the log-in page, or a page with what to do next."""
    if wants_json(request):
        return refusal_json(refusal)
    if refusal.status == 401:
        return redirect_to_login(page_before(request))
    return refusal_page(request, refusal)


class CsrfFailed(AccessDenied):
    code = "csrf_failed"
    message = _("A browser that is signed in must send the page's CSRF token with every act.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's `CSRF_FAILURE_VIEW`, with JSON for those who asked for it: a phone fetches a new token and goes on."""
    return refusal_json(CsrfFailed()) if wants_json(request) else django_csrf_failure(request, reason)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's `handler404`, with JSON for those who asked for JSON."""
    if wants_json(request):
        return refusal_json(NotHere(_("There is nothing at this address.")))
    return django_page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`; a full disk, wherever it was met, is no error of the program and is said in words."""
    if not is_full(sys.exc_info()[1]):
        return django_server_error(request)
    return refusal_json(DiskFull()) if wants_json(request) else refusal_page(request, DiskFull())


class RefusalMiddleware:
    """Catches `DomainError`s that a view let pass. Anything else stays a programming error (500)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer_to(request, exception) if isinstance(exception, DomainError) else None
