"""The one place where a form from a phone becomes an act: done once, however often it is sent.

Any form or endpoint that is sent with `Idempotency-Key` gets this; without the header nothing changes. The answer is
kept in the transaction of the act, so either both are there or neither.
"""

import logging
from collections.abc import Callable
from typing import Final

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.requests import ActorRequest
from langso.kernel.errors import DomainError, Invalid
from langso.kernel.journal.services import writing
from langso.kernel.offline import receipts, uploads
from langso.kernel.offline.keeping import tell_what_to_keep
from langso.kernel.offline.sent import Sent, read
from langso.kernel.refusals import refusal_json
from langso.kernel.ui.refusals import answer_to, wants_json

log = logging.getLogger(__name__)

COME_BACK_AFTER: Final = 5
"""Seconds until a phone should try again when the database was busy or away."""


class Busy(DomainError):
    code = "busy"
    status = 503
    message = _("The node is busy. It is tried again by itself.")


class _Undone(Exception):
    """Carries a refusal out of the transaction, which is rolled back on the way."""

    def __init__(self, response: HttpResponseBase) -> None:
        self.response = response


class OfflineMiddleware:
    """Stands inside `ActorMiddleware`, which says who sends, and around `RefusalMiddleware`, which answers refusals."""

    def __init__(self, get_response: Callable[[ActorRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: ActorRequest) -> HttpResponseBase:
        if request.method in ("GET", "HEAD"):
            return tell_what_to_keep(request, self.get_response(request))
        if "Idempotency-Key" not in request.headers:
            return self.get_response(request)
        try:
            return self._once(request, read(request))
        except receipts.KeyReused as reused:
            answer = answer_to(request, reused)
            answer["Content-Location"] = reused.url
            return answer
        except DomainError as refusal:
            return answer_to(request, refusal)
        except (OperationalError, InterfaceError):
            log.warning("a form from a phone found the database busy", exc_info=True)
            return busy(request)

    def _once(self, request: ActorRequest, sent: Sent) -> HttpResponseBase:
        try:
            with writing():
                receipt, is_new = receipts.claim(request.actor, sent)
                if is_new:
                    uploads.hand_over(request, sent.uploads)
                    with clock.acting_at(sent.acted_at):
                        response = self.get_response(request)
                    if response.status_code >= 400 or connection.needs_rollback:
                        raise _Undone(response)
                    receipts.fill(receipt, request, response)
                return receipts.answer_of(receipt, request)
        except _Undone as undone:
            return _refused(request, undone.response)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if "Idempotency-Key" in request.headers and isinstance(exception, (OperationalError, InterfaceError)):
            log.warning("a form from a phone found the database busy", exc_info=exception)
            return busy(request)
        return None


def busy(request: HttpRequest) -> HttpResponse:
    """503 with `Retry-After`."""
    answer = answer_to(request, Busy())
    answer["Retry-After"] = str(COME_BACK_AFTER)
    return answer


def _refused(request: ActorRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The refusal as it is; a page where JSON was asked for becomes the shape that a phone can show."""
    if response.status_code < 400:
        return busy(request)
    if response.status_code >= 500 or not wants_json(request):
        return response
    if response.headers.get("Content-Type", "").startswith("application/json"):
        return response
    log.error("%s answered a phone with a page and status %s", request.path, response.status_code)
    return refusal_json(Invalid(_("This was not accepted. Open the form and look.")), status=response.status_code)
