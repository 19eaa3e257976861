"""Finds out who acts, once per request, and opens the commune they act in."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from langso.kernel import clock
from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.scope import commune_scope
from langso.kernel.accounts import access, rules, selections, services
from langso.kernel.accounts.models import Account
from langso.kernel.accounts.queries import visitor
from langso.kernel.accounts.standing import Standing, standing_of
from langso.kernel.errors import AccessDenied, DomainError
from langso.kernel.refusals import refusal_json
from langso.kernel.ui.refusals import CsrfFailed, wants_json

COMMUNE_KEY = "commune"
ASSIST_KEY = "assist"
SEEN_KEY = "seen"
SAFE = ("GET", "HEAD", "OPTIONS")


class BadToken(AccessDenied):
    code = "bad_token"
    status = 401
    message = gettext_lazy("This key is not valid: it was never issued, it was revoked, or its time is over.")


class AssistOver(DomainError):
    code = "assist_over"
    message = gettext_lazy("You no longer act for the resident. It is sent once you act for them again.")


class ActorMiddleware:
    """Sets `request.actor` from the session or from `Authorization: Bearer …`, and keeps the actor's commune open while
    the request is answered.

    Synchronous like every view: under ASGI, Django runs it in a thread with the request's own context, so the open
    commune of one request is never seen by another.
    """

    def __init__(self, get_response: Callable[[ActorRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: ActorRequest) -> HttpResponseBase:
        address = get_adapter().get_client_ip(request)
        request.actor = replace(visitor(), address=address)
        try:
            refused = _identify(request)
        except AccessDenied as refusal:
            return refusal_json(refusal)
        request.actor = replace(request.actor, address=address)
        with commune_scope(request.actor.commune):
            response = refused or self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            chunks = cast("Iterator[bytes]", response.streaming_content)
            response.streaming_content = _within(request.actor.commune, chunks)
        return response

    def process_view(self, request: ActorRequest, view: Any, args: Any, options: Any) -> HttpResponse | None:
        """Ask a browser session for its CSRF token also where a view is exempt, as those of the JSON API are: they are
        for programs with a key, and a foreign page must not act through a visitor's session."""
        by_session = request.actor.signed_in and not getattr(request, "_dont_enforce_csrf_checks", False)
        if not by_session or not getattr(view, "csrf_exempt", False):
            return None
        return _CsrfOfSession(_not_exempt).process_view(request, _not_exempt, (), {})


def _not_exempt(request: HttpRequest) -> HttpResponse:
    """Stands for a view that is not exempt from the check; it is never called."""
    return HttpResponse()


class _CsrfOfSession(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return refusal_json(CsrfFailed())


def _identify(request: ActorRequest) -> HttpResponse | None:
    """Set `request.actor`; an answer ends the request here."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        request.actor = _by_token(request, token.strip())
        return None
    account = request.user
    if not isinstance(account, Account):
        return None
    standing = standing_of(account)
    request.actor = standing.actor(request.session.get(COMMUNE_KEY, ""))
    _keep_session(request, standing)
    if ASSIST_KEY in request.session:
        return _assist(request, standing)
    if account.must_change_password and request.path not in (reverse("accounts:password"), *_harmless()):
        return redirect("accounts:password")
    return None


def _by_token(request: ActorRequest, token: str) -> Actor:
    """A program's key counts alone: a session that comes along gives it nothing, and no CSRF token is needed."""
    row = selections.token_in_force(services.digest_of(token))
    if row is None:
        raise BadToken()
    services.mark_token_used(row)
    request.user = row.account
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    return standing_of(row.account).actor(only=Role(row.role) if row.role else None)


def _assist(request: ActorRequest, standing: Standing) -> HttpResponse | None:
    """Turn a helper into the resident they help. Once that is over, what they still send is not done in either name."""
    assist = selections.assist_in_force(UUID(request.session[ASSIST_KEY]), account_id=standing.account.pk)
    helper = standing.actor(assist.commune) if assist else request.actor
    if assist and helper.commune == assist.commune and access.can_assist(helper):
        request.actor = Actor(
            account_id=helper.account_id,
            name=helper.name,
            commune=assist.commune,
            person_id=assist.person_id,
            assisting=True,
            assisted_name=assist.person_name,
            assist_ends_at=assist.ends_at,
        )
        return None
    with commune_scope(request.actor.commune):
        services.end_assist(request.actor, assist_id=UUID(request.session.pop(ASSIST_KEY)))
    if request.method in SAFE or request.path in _harmless():
        messages.info(request, _("You no longer act for the resident. You are yourself again."))
        return None
    if wants_json(request):
        return refusal_json(AssistOver())
    return render(request, "accounts/assist_over.html", status=409)


def _keep_session(request: ActorRequest, standing: Standing) -> None:
    """Let the session end so long after its last use as the account's roles say."""
    length = rules.session_length(each.role for each in standing.memberships)
    seconds, now = int(length.total_seconds()), clock.now().timestamp()
    unused_for = now - request.session.get(SEEN_KEY, 0)
    if request.session.get_expiry_age() != seconds or unused_for > rules.refresh_after(length).total_seconds():
        request.session.set_expiry(seconds)
        request.session[SEEN_KEY] = now


def _harmless() -> tuple[str, ...]:
    """Acts that mean the same in whoever's name they are done."""
    return (reverse("accounts:assist-end"), reverse("accounts:logout"), reverse("set_language"))


def _within(commune: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """A streamed answer is read after the request has ended: open the commune again for each of its pieces."""
    source = iter(chunks)
    while True:
        with commune_scope(commune):
            chunk = next(source, None)
        if chunk is None:
            return
        yield chunk
