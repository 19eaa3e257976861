"""The door between nodes: who asks is known by a signature, and every answer carries the hub's own."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from langso.kernel import clock
from langso.kernel.link import homes, incidents, presence, signing
from langso.kernel.link.keys import own_key
from langso.kernel.link.models import Node
from langso.kernel.link.refusals import BadRequest, BadSignature, LinkRefusal, NotHub, UnknownKey, WrongTime
from langso.kernel.link.standing import key_in_force, refusal_for
from langso.kernel.link.wire.errors import Malformed
from langso.kernel.link.wire.loose import pack_document

log = logging.getLogger(__name__)

Said = dict[str, Any] | HttpResponse | None
Door = Callable[..., Said]

CLOCKS_APART: Final = 5 * 60 * 1000
"""Milliseconds by which the time of a request may differ from the hub's. A box signs with the hub's time."""
TYPE: Final = "application/octet-stream"


class NodeRequest(HttpRequest):
    """A request of another node. `door` sets `node`."""

    node: Node


def door(view: Door) -> Callable[..., HttpResponse]:
    """Let a view be asked by nodes that this hub knows. It returns a document, bytes as a response, or None (204)."""

    @csrf_exempt
    @wraps(view)
    def open_door(request: NodeRequest, *args: Any, **options: Any) -> HttpResponse:
        header = request.headers.get(signing.HEADER, "")
        try:
            request.node = _who_asks(request, header)
            answer = view(request, *args, **options)
        except Malformed as broken:
            incidents.note(incidents.MALFORMED, node=_name(request), detail=str(broken))
            return _refused(header, BadRequest())
        except LinkRefusal as refusal:
            return _refused(header, refusal)
        return signed(header, answer)

    return open_door


def signed(asked: str, said: Said, status: int = 200) -> HttpResponse:
    """The answer with this hub's signature over it and over the request that it answers."""
    if said is None:
        return HttpResponse(status=204)
    response = said if isinstance(said, HttpResponse) else HttpResponse(pack_document(said), status=status)
    response.headers["Content-Type"] = TYPE
    response.headers[signing.HEADER] = signing.sign_answer(
        own_key(), asked=asked, status=response.status_code, body=response.content
    )
    return response


def target_of(request: HttpRequest) -> str:
    """The address as it was signed."""
    return request.get_full_path()


def _who_asks(request: HttpRequest, header: str) -> Node:
    if not homes.is_hub():
        raise NotHub()
    credential = signing.credential_of(header)
    key = key_in_force(credential.key_id) if credential else None
    if credential is None or key is None:
        raise UnknownKey()
    body = request.body
    if not signing.request_is_signed(
        bytes(key.public), credential, method=request.method or "", target=target_of(request), body=body
    ):
        incidents.note(incidents.BAD_SIGNATURE, node=key.node_id, detail=f"{request.method} {request.path}")
        raise BadSignature()
    refusal = refusal_for(key)
    if refusal is not None:
        incidents.note(
            incidents.ENDED_NODE, node=key.node_id, detail=f"{refusal.code}: {request.method} {request.path}"
        )
        raise refusal
    now = int(clock.now().timestamp() * 1000)
    if abs(now - credential.time_ms) > CLOCKS_APART:
        raise WrongTime(time=now)
    presence.note(key.node_id)
    return key.node


def _refused(asked: str, refusal: LinkRefusal) -> HttpResponse:
    log.info("the link refused: %s", refusal.code)
    return signed(asked, {"code": refusal.code, **refusal.more}, refusal.status)


def _name(request: NodeRequest) -> str:
    return request.node.pk if hasattr(request, "node") else ""
