"""What boxes ask of their hub about a commune that moves, under `/moving/v1/`."""

import json
from pathlib import Path
from typing import Any, ClassVar, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from langso.kernel.access.actors import system
from langso.kernel.errors import DomainError
from langso.kernel.link.door import NodeRequest, door
from langso.kernel.link.refusals import LinkRefusal
from langso.kernel.link.wire.errors import Malformed
from langso.kernel.moving import arriving, leaving
from langso.kernel.moving.models import Move

PART: Final = 1024 * 1024
LARGEST: Final = 16 * 1024 * 1024 * 1024


class MoveRefused(LinkRefusal):
    code: ClassVar[str] = "move_refused"
    status: ClassVar[int] = 409
    message = _("The hub refused the move.")


@require_GET
@door
def offer(request: NodeRequest) -> dict[str, Any] | None:
    """For nodes: the move of a commune to the node that asks, if there is one."""
    moves = Move.objects.filter(way=Move.Way.LEAVING, commune=request.GET.get("commune", ""), target=request.node.pk)
    move = moves.exclude(state=Move.State.CANCELLED).order_by("-started_at").first()
    if move is None:
        return None
    return {"move": str(move.pk), "state": move.state, "sha256": move.sha256, "size": move.size}


@require_GET
@door
def bundle(request: NodeRequest) -> HttpResponse:
    """For nodes: a part of the bundle that waits for the node that asks."""
    move = Move.objects.filter(pk=_id(request), target=request.node.pk, state=Move.State.PACKED).first()
    if move is None:
        raise MoveRefused(why="nothing is packed for this node")
    with leaving.bundle_place(move).open("rb") as stream:
        stream.seek(_whole(request, "after"))
        return HttpResponse(stream.read(PART), status=206)


@require_POST
@door
def taken(request: NodeRequest) -> dict[str, Any]:
    """For nodes: the node holds the whole bundle; from now on it is the commune's home."""
    said = _json(request.body)
    move = Move.objects.filter(pk=_uuid(said.get("move")), target=request.node.pk).first()
    if move is None:
        raise MoveRefused(why="no such move")
    done = _refusing(lambda: leaving.let_go(system(), move_id=move.pk, sha256=str(said.get("sha256"))))
    return {"state": done.state}


@door
def arrival(request: NodeRequest) -> dict[str, Any]:
    """For nodes: GET how much of a bundle is here; POST unpacks it and makes this hub the commune's home."""
    move_id, sha256, place = _id(request), _sha256(request), _place(request)
    done = Move.objects.filter(pk=move_id, source=request.node.pk, sha256=sha256, state=Move.State.DONE).exists()
    if request.method == "POST" and not done:
        _refusing(lambda: arriving.arrive(system(), place=place, source=request.node.pk))
        done = True
    if done:
        place.unlink(missing_ok=True)  # also by whoever asks again after a kill
    return {"done": done, "have": place.stat().st_size if place.exists() else 0}


@require_POST
@door
def part(request: NodeRequest) -> dict[str, Any]:
    """For nodes: the next part of a bundle; a part that is here already is passed over."""
    place, at = _place(request), _whole(request, "at")
    place.parent.mkdir(mode=0o700, exist_ok=True)
    have = place.stat().st_size if place.exists() else 0
    if at > have or at + len(request.body) > LARGEST:
        raise MoveRefused(why="a part is missing before this one", have=have)
    if at == have:
        with place.open("ab") as stream:
            stream.write(request.body)
    return {"have": max(have, at + len(request.body))}


def _refusing(act) -> Any:  # type: ignore[no-untyped-def]
    try:
        return act()
    except DomainError as refusal:
        raise MoveRefused(why=f"{refusal.code}: {refusal}") from refusal


def _place(request: NodeRequest) -> Path:
    name = f"{_id(request)}.{_sha256(request)[:16]}.{request.node.pk}.arriving"
    return Path(settings.DATA) / "moves" / name


def _id(request: HttpRequest) -> UUID:
    return _uuid(request.GET.get("move"))


def _uuid(text: Any) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise Malformed("no id of a move") from None


def _sha256(request: HttpRequest) -> str:
    text = request.GET.get("sha256", "")
    if len(text) != 64 or not all(digit in "0123456789abcdef" for digit in text):
        raise Malformed("no hash")
    return text


def _whole(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "0")
    if not text.isdecimal() or len(text) > 18:
        raise Malformed(f"{name} is no number")
    return int(text)


def _json(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("no JSON") from None
    if not isinstance(said, dict):
        raise Malformed("no object")
    return said
