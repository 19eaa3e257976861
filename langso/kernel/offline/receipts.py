"""Each key once: the receipt is claimed first and filled last, in the transaction of what the form did."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.messages import get_messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.requests import ActorRequest
from langso.kernel.errors import AccessDenied, DomainError
from langso.kernel.offline.models import Receipt, Upload
from langso.kernel.offline.sent import OLDEST, Sent
from langso.kernel.ui.refusals import wants_json

KEPT: Final = OLDEST
UNUSED: Final = timedelta(days=14)
"""How long a picture waits whose rest never came."""
A_FEW: Final = 20
"""Old receipts that go whenever a new one comes: the table needs no caretaker."""


class KeyOfAnother(AccessDenied):
    code = "key_of_another"
    message = _("This key belongs to a form of somebody else.")


class KeyReused(DomainError):
    """The key came with another content before; `url` shows what that made."""

    code = "key_reused"
    message = _("This arrived already, with other words. What arrived stands; correct it there.")

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url


def claim(actor: Actor, sent: Sent) -> tuple[Receipt, bool]:
    """The receipt of this key, and whether it is new: only then the form may be done.

    Two sendings at once wait for each other here. Raises `KeyOfAnother`, `KeyReused`.
    """
    known = Receipt.objects.filter(pk=sent.key).first()
    if known is None:
        try:
            with transaction.atomic():
                return _new(actor, sent), True
        except IntegrityError:
            known = Receipt.objects.get(pk=sent.key)
    if (known.account_id, known.person_id) != (actor.account_id, actor.person_id):
        raise KeyOfAnother()
    if known.digest != sent.digest:
        raise KeyReused(known.url)
    return known, False


def _new(actor: Actor, sent: Sent) -> Receipt:
    receipt = Receipt(
        key=sent.key,
        commune=actor.commune,
        account_id=actor.account,
        person_id=actor.person_id,
        digest=sent.digest,
        received_at=clock.now(),
        acted_at=sent.acted_at,
        phone_at=sent.phone_at,
    )
    receipt.save(force_insert=True)
    return receipt


def fill(receipt: Receipt, request: ActorRequest, response: HttpResponseBase) -> None:
    """Write down what was answered: where the result is, or the JSON of an endpoint."""
    receipt.status, receipt.url = response.status_code, request.get_full_path()
    if isinstance(response, HttpResponseRedirect):
        receipt.status, receipt.url = 201, response.url
    elif isinstance(response, HttpResponse) and response.headers.get("Content-Type", "").startswith("application/json"):
        receipt.content = response.content.decode()
    if wants_json(request):
        receipt.said = [str(message) for message in get_messages(request)]
    receipt.save(force_update=True)
    clear(most=A_FEW)


def answer_of(receipt: Receipt, request: ActorRequest) -> HttpResponse:
    """The answer that a receipt holds: the same the first time and every time after."""
    if receipt.content:
        return HttpResponse(receipt.content, content_type="application/json", status=receipt.status)
    if not wants_json(request):
        return HttpResponseRedirect(receipt.url)
    told: dict[str, Any] = {"url": receipt.url, "messages": receipt.said, "received_at": receipt.received_at}
    return JsonResponse(told, status=receipt.status)


def clear(*, most: int) -> int:
    """Forget receipts older than 90 days and pictures that never arrived whole, at most so many; returns how many."""
    now, gone = clock.now(), 0
    for rows in (
        Receipt.objects.filter(received_at__lt=now - KEPT).order_by("received_at"),
        Upload.objects.filter(touched_at__lt=now - UNUSED).order_by("touched_at"),
    ):
        keys: list[UUID] = list(rows.values_list("pk", flat=True)[:most])
        if keys:
            rows.model._default_manager.filter(pk__in=keys).delete()
            gone += len(keys)
    return gone
