"""What boxes ask of their hub, under `/link/v1/`."""

import json
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from langso.kernel import clock
from langso.kernel.files import copying
from langso.kernel.journal.services import identity
from langso.kernel.link import homes, invitations, signing
from langso.kernel.link.door import NodeRequest, door
from langso.kernel.link.down import Cursor, answer_for, note_read
from langso.kernel.link.greeting import greet, keep_report
from langso.kernel.link.held import held_entries, proof
from langso.kernel.link.keys import own_key
from langso.kernel.link.models import Received
from langso.kernel.link.proving import PIECE
from langso.kernel.link.receiving import count_traffic, hash_at, receive
from langso.kernel.link.refusals import BadCode, BadRequest, LinkRefusal, NotHub
from langso.kernel.link.standing import rotate_key
from langso.kernel.link.wire.batch import MOST_ENTRIES, MOST_PACKED, Batch, pack_batch
from langso.kernel.link.wire.errors import Malformed
from langso.kernel.link.wire.loose import pack_document
from langso.kernel.refusals import refusal_json

MOST_PIECE = 256 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")


@csrf_exempt
@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """For nodes: a box gives its key, with proof that it has a code that this hub made."""
    try:
        if not homes.is_hub():
            raise NotHub()
        said = request.body
        invitation = invitations.invitation_of(_hex(request.headers.get("Langso-Proof", "")), said)
        if invitation is None:
            raise BadCode()
        asked = invitations.read_join(said)
        joined = invitations.let_join(invitation, asked)
    except LinkRefusal as refusal:
        return refusal_json(refusal)
    answer = {
        "node": identity().node,
        "name": settings.PUBLIC_URL,
        "public": signing.public_of(own_key()).hex(),
        "at_home": joined.at_home,
        "epochs": _epochs(joined.node),
        "time": _milliseconds(),
    }
    body = json.dumps(answer, sort_keys=True).encode()
    keyed = invitations.keyed_hash(bytes.fromhex(invitation.code_hash), body).hex()
    return JsonResponse({"said": answer, "proof": keyed})


@require_POST
@door
def hello(request: NodeRequest) -> dict[str, Any]:
    """For nodes: what the hub holds of the node that asks, and what time it is."""
    greet(request.node, _json(request.body))
    return {
        "node": identity().node,
        "name": settings.PUBLIC_URL,
        "epoch": identity().epoch,
        "epochs": _epochs(request.node.pk),
        "time": _milliseconds(),
    }


@door
def journal(request: NodeRequest) -> dict[str, Any] | HttpResponse | None:
    """For nodes: POST a batch of entries; GET `?epoch=&after=` what the hub holds of the node that asks."""
    if request.method == "POST":
        if len(request.body) > MOST_PACKED:
            raise Malformed(f"more than {MOST_PACKED} bytes")
        return {"upto": receive(request.node.pk, request.body)}
    epoch, after = _epoch(request), _whole(request, "after")
    entries = held_entries(node=request.node.pk, epoch=epoch, after=after, limit=MOST_ENTRIES)
    before = hash_at(request.node.pk, epoch, after)
    if not entries or before is None:
        return None
    return HttpResponse(
        pack_batch(Batch(request.node.pk, epoch, after + 1, before, entries[-1].travel_chain, entries)), status=206
    )


@require_GET
@door
def down(request: NodeRequest) -> HttpResponse | None:
    """For nodes: what is new for the communes of the node that asks. With `wait`, the answer waits for news."""
    cursor = Cursor.read(request.GET.get("after", ":0"))
    note_read(request.node, cursor)
    found = answer_for(request.node.pk, cursor)
    if found is None:
        return None
    body = pack_document(found)
    count_traffic(request.node.pk, bytes_down=len(body))
    return HttpResponse(body)


@require_GET
@door
def proof_of_copy(request: NodeRequest) -> dict[str, Any]:
    """For nodes: the hash of what the hub holds of them, worked out anew from the bodies, piece by piece."""
    limit = min(max(1, _whole(request, "limit")), PIECE)
    upto, found = proof(node=request.node.pk, epoch=_epoch(request), after=_whole(request, "after"), limit=limit)
    return {"upto": upto, "hash": found.hex() if found else ""}


@require_POST
@door
def report(request: NodeRequest) -> None:
    """For nodes: what a box says of itself, when it has changed."""
    keep_report(request.node, _json(request.body))


@door
def file(request: NodeRequest, sha256: str) -> dict[str, Any] | HttpResponse | None:
    """For nodes: PUT a piece of a file that was asked for; GET a piece of one that is public."""
    if not _SHA256.fullmatch(sha256):
        raise Malformed("no hash of a file")
    if request.method == "PUT":
        return _take_piece(request, sha256)
    found = copying.give(sha256, _whole(request, "from"), min(_whole(request, "length"), MOST_PIECE))
    if found is None:
        return None
    piece, size = found
    return HttpResponse(size.to_bytes(8, "big") + piece, status=206)


def _take_piece(request: NodeRequest, sha256: str) -> dict[str, Any]:
    communes = homes.communes_of(request.node.pk)
    if not copying.is_wanted(sha256, communes) or len(request.body) > MOST_PIECE:
        raise BadRequest()
    if request.GET.get("missing"):
        copying.note_missing(sha256, communes)
        return {"have": 0}
    have = copying.take(sha256, _whole(request, "from"), _whole(request, "size"), request.body)
    count_traffic(request.node.pk, bytes_up=len(request.body))
    return {"have": have}


@require_POST
@door
def key(request: NodeRequest) -> dict[str, Any]:
    """For nodes: a new key in place of the one that signs this."""
    said = _json(request.body)
    public, signature = _hex(said.get("public")), _hex(said.get("proof"))
    credential = signing.credential_of(request.headers.get(signing.HEADER, ""))
    before = credential.key_id if credential else ""
    if not signing.proves_key(public, signature, before):
        raise BadRequest()
    rotate_key(node=request.node.pk, public=public, before=before)
    return {"key": signing.key_id(public)}


def _epochs(node: str) -> dict[str, Any]:
    """Up to where each epoch of a node is held, with the hash there, oldest first."""
    rows = Received.objects.filter(node=node).order_by("started_at")
    return {row.epoch: {"upto": row.upto, "hash": bytes(row.hash).hex()} for row in rows}


def _milliseconds() -> int:
    return int(clock.now().timestamp() * 1000)


def _epoch(request: HttpRequest) -> str:
    return request.GET.get("epoch", "")[:36]


def _whole(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "0")
    if not text.isdecimal() or len(text) > 18:
        raise Malformed(f"{name} is no number")
    return int(text)


def _hex(text: Any) -> bytes:
    try:
        return bytes.fromhex(text)
    except (TypeError, ValueError):
        return b""


def _json(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        raise Malformed("no JSON") from None
    if not isinstance(said, dict):
        raise Malformed("no object")
    return said
