"""At a hub: codes that let a box join, and the joining itself.

The code is never sent. The box proves that it has it with a keyed hash over what it says, and the hub does the same
over its answer, so that both know each other's key from then on, whoever listens.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.access.actors import Actor, system
from langso.kernel.access.require import require
from langso.kernel.access.sources import SOURCES
from langso.kernel.errors import DomainError, NotHere
from langso.kernel.ids import public_code, read_public_code
from langso.kernel.journal.queries import tells_of
from langso.kernel.journal.services import emit, identity, service
from langso.kernel.link import homes
from langso.kernel.link.access import can_tend_link
from langso.kernel.link.events import NodeInvited, NodeJoined, NodeStarted
from langso.kernel.link.models import Invitation, Node, NodeKey, NodeState
from langso.kernel.link.refusals import BadCode, BadRequest, OtherCommune
from langso.kernel.link.signing import key_id
from langso.kernel.link.standing import end_keys, end_node

VALID_FOR: Final = timedelta(days=7)
DIGITS: Final = 23
"""Of five bits each: nobody can try them all, not even with a keyed hash in hand."""
OF_THE_JOURNAL: Final = ("kernel.", "community.organisations.", "community.places.")
"""Entries of these begin on any node: accounts, the office of the operator, boundaries."""


class NoHub(DomainError):
    code = "no_hub"
    message = _("Boxes are invited by a hub. This node is a commune's box; a hub is started with --role hub.")


class HomeTaken(DomainError):
    code = "home_taken"
    message = _("This commune has a box already. For new hardware: langso link replace. To end it: langso link retire.")


class RecordsHere(DomainError):
    code = "records_here"
    message = _("This hub keeps records of the commune. A box takes them over with: langso commune move.")


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """What a box says when it joins. `public` is its new key."""

    node: str
    commune: str
    public: bytes
    epoch: str
    version: str
    installation: str


@dataclass(frozen=True, slots=True)
class Joined:
    node: str
    at_home: bool


@service
def invite(actor: Actor, *, commune: str, keeps_home: bool = False) -> str:
    """Make a one-time code for a box of a commune; it is shown only now.

    `keeps_home`: the hub goes on keeping the commune's records until they are moved. Raises `NoHub`, `HomeTaken`,
    `RecordsHere`, `NotHere` for a code that is no commune of today.
    """
    require(can_tend_link(actor), actor)
    _must_be_hub()
    if SOURCES.places and SOURCES.places.commune(commune) is None:
        raise NotHere(_("There is no commune with this code today."))
    if homes.home_of(commune) not in ("", identity().node):
        raise HomeTaken()
    if not keeps_home and tells_of(commune, beside=OF_THE_JOURNAL):
        raise RecordsHere()
    return _make(actor, commune=commune, keeps_home=keeps_home)


@service
def replace(actor: Actor, *, commune: str) -> str:
    """End the keys of a commune's box at once and make a code for its new hardware. Raises `NotHere`, `NoHub`."""
    require(can_tend_link(actor), actor)
    _must_be_hub()
    node = homes.home_of(commune)
    if not Node.objects.filter(pk=node).exists():
        raise NotHere(_("This commune has no box."))
    end_keys(node)
    return _make(actor, commune=commune, replaces=node)


def invitation_of(keyed: bytes, said: bytes) -> Invitation | None:
    """The invitation, used or not, whose code made this keyed hash over what was said and whose time is not over."""
    for invitation in Invitation.objects.filter(expires_at__gt=clock.now()):
        if hmac.compare_digest(keyed_hash(bytes.fromhex(invitation.code_hash), said), keyed):
            return invitation
    return None


@service
def let_join(invitation: Invitation, request: JoinRequest) -> Joined:
    """Let a box in with its key. Raises `BadCode` when the code was used, `OtherCommune` when it is for another.

    The same box with the same key gets the same answer again: the first one may have been lost on the way.
    """
    now, actor = clock.now(), system(request.commune)
    if invitation.commune != request.commune:
        raise OtherCommune()
    if NodeKey.objects.filter(node_id=request.node, public=request.public, revoked_at=None).exists():
        return Joined(request.node, at_home=homes.home_of(request.commune) == request.node)
    used = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=now, used_by=request.node)
    if not used:
        raise BadCode()
    _admit(actor, invitation, request)
    number = key_id(request.public)
    NodeKey.objects.create(pk=number, node_id=request.node, public=request.public, given_at=now)
    emit(actor, NodeJoined(node=request.node, role="commune", commune=request.commune, key_id=number))
    if not invitation.keeps_home:
        homes.set_home(actor, commune=request.commune, node=request.node)
    return Joined(request.node, at_home=not invitation.keeps_home)


def _admit(actor: Actor, invitation: Invitation, request: JoinRequest) -> None:
    known = Node.objects.filter(pk=request.node).first()
    if known and invitation.replaces != known.pk:
        # A node that is here already may come back only as the one that the operator named.
        raise BadCode()
    if NodeKey.objects.filter(pk=key_id(request.public)).exists():
        raise BadRequest()
    place = SOURCES.places.commune(request.commune) if SOURCES.places else None
    said: dict[str, Any] = {
        "name": place.name if place else request.commune,
        "role": "commune",
        "state": NodeState.ACTIVE,
        "why": "",
        "version": request.version[:40],
        "installation": request.installation[:64],
        "installation_before": "",
        "ended_at": None,
    }
    Node.objects.update_or_create(pk=request.node, defaults=said, create_defaults={**said, "joined_at": clock.now()})
    if known:
        emit(actor, NodeStarted(node=known.pk))
    elif invitation.replaces:
        end_node(actor, node=invitation.replaces, state=NodeState.RETIRED, why=f"replaced by {request.node}")


def _make(actor: Actor, *, commune: str, replaces: str = "", keeps_home: bool = False) -> str:
    code, now = public_code(DIGITS), clock.now()
    Invitation.objects.create(
        code_hash=code_key(code).hex(),
        commune=commune,
        replaces=replaces,
        keeps_home=keeps_home,
        made_at=now,
        expires_at=now + VALID_FOR,
    )
    emit(actor, NodeInvited(commune=commune, replaces=replaces))
    return "-".join(code[at : at + 6] for at in range(0, len(code), 6))


def _must_be_hub() -> None:
    if not homes.is_hub():
        raise NoHub()


def code_key(typed: str) -> bytes:
    """The key that a code stands for. Raises `BadCode` when its check character does not fit."""
    code = read_public_code(typed)
    if code is None:
        raise BadCode()
    return hashlib.sha256(b"langso-link-1 join " + code.encode()).digest()


def keyed_hash(key: bytes, said: bytes) -> bytes:
    return hmac.new(key, said, hashlib.sha256).digest()


def read_join(body: bytes) -> JoinRequest:
    """What a box says, looked at before it is believed. Raises `BadRequest`."""
    try:
        said = json.loads(body)
        request = JoinRequest(
            node=said["node"],
            commune=said["commune"],
            public=bytes.fromhex(said["public"]),
            epoch=said["epoch"],
            version=said["version"],
            installation=said["installation"],
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadRequest() from None
    texts = (request.node, request.commune, request.epoch, request.version, request.installation)
    if not all(isinstance(text, str) and text.isascii() and text.isprintable() and len(text) <= 64 for text in texts):
        raise BadRequest()
    if len(request.public) != 32 or not 0 < len(request.node) <= 36:
        raise BadRequest()
    return request
