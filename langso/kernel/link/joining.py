"""At a box: joining a hub with a one-time code, and giving it a new key."""

import http.client
import json
import time
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from langso import __version__
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError
from langso.kernel.journal.services import emit, identity, service
from langso.kernel.link import homes, signing
from langso.kernel.link.access import can_tend_link
from langso.kernel.link.client import MOST_ANSWERED, Answer, Connection, Hub, LinkDown, checked_url, open_socket
from langso.kernel.link.events import NodeJoined, NodeKeyRotated
from langso.kernel.link.invitations import code_key, keyed_hash
from langso.kernel.link.keys import installation, next_key, own_key, promote_next_key
from langso.kernel.link.models import Node, NodeKey, NodeState, Uplink
from langso.kernel.link.parting import part_from_copy
from langso.kernel.link.proving import ask_hub
from langso.kernel.link.refusals import BY_CODE, BadCode, NotHub, Revoked

WITHIN: Final = 30.0
JOIN: Final = "/link/v1/join"


class NoHubReached(DomainError):
    code = "no_hub_reached"
    message = _("The hub could not be reached. Nothing was changed here.")


class HubsJoinNobody(DomainError):
    code = "hubs_join_nobody"
    message = _("This node is a hub. Boxes join it; it joins nobody.")


class NotJoined(DomainError):
    code = "not_joined"
    message = _("This node has not joined a hub. See: langso link join.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`at_home`: whether this box may change its commune's records from now on.

    `told_again`: so many entries that it wrote after it was copied are sent once more; None where it had no copy.
    """

    hub: str
    at_home: bool
    epochs: dict[str, Any]
    told_again: int | None = None


def join(actor: Actor, *, url: str, code: str) -> Outcome:
    """Join a hub with a code that it made.

    Raises `HttpsNeeded`, `BadCode`, `OtherCommune`, `NotHub`, `NoHubReached`, `HubsJoinNobody`.
    """
    require(can_tend_link(actor), actor)
    if homes.is_hub():
        raise HubsJoinNobody()
    address, secret, key = checked_url(url), code_key(code), next_key()
    said = json.dumps(
        {
            "node": identity().node,
            "commune": settings.COMMUNE,
            "public": signing.public_of(key).hex(),
            "epoch": identity().epoch,
            "version": __version__,
            "installation": installation(),
        }
    ).encode()
    began = time.time()
    answer = _ask(address, said, keyed_hash(secret, said).hex())
    body = json.dumps(answer.get("said"), sort_keys=True).encode()
    if answer.get("proof") != keyed_hash(secret, body).hex():
        raise BadCode()
    offset = round(answer["said"]["time"] - (began + time.time()) / 2 * 1000)
    promote_next_key()
    outcome = _note_joined(actor, address, answer["said"], offset)
    return replace(outcome, told_again=_part(actor, outcome))


def _part(actor: Actor, outcome: Outcome) -> int | None:
    """A box that had a copy of itself goes on from where the two were the same."""
    connection = Connection(hub_of(current_uplink()))
    try:
        return part_from_copy(actor, ask_hub(connection), outcome.epochs)
    except LinkDown as fault:
        raise NoHubReached() from fault
    finally:
        connection.close()


@service
def _note_joined(actor: Actor, url: str, said: dict[str, Any], offset_ms: int) -> Outcome:
    now, public = clock.now(), bytes.fromhex(said["public"])
    made = {
        "url": url,
        "hub": said["node"],
        "hub_name": str(said["name"])[:120],
        "hub_key": public,
        "joined_at": now,
        "state": NodeState.ACTIVE,
        "failing_since_at": None,
        "error": "",
        "offset_ms": offset_ms,
    }
    Uplink.objects.update_or_create(pk=1, defaults=made)
    Node.objects.update_or_create(
        pk=said["node"], defaults={"name": made["hub_name"], "role": "hub"}, create_defaults={
            "name": made["hub_name"], "role": "hub", "joined_at": now,
        },
    )  # fmt: skip
    NodeKey.objects.get_or_create(
        pk=signing.key_id(public), defaults={"node_id": said["node"], "public": public, "given_at": now}
    )
    number = signing.key_id(signing.public_of(own_key()))
    emit(actor, NodeJoined(node=said["node"], role="hub", commune=settings.COMMUNE, key_id=number))
    if said["at_home"]:
        homes.set_home(actor, commune=settings.COMMUNE, node=identity().node)
    return Outcome(str(said["name"]), bool(said["at_home"]), dict(said["epochs"]))


def rotate(actor: Actor) -> str:
    """Give the hub a new key of this node; returns its short name. Raises `NotJoined`, `LinkDown`, `LinkRefusal`.

    The old key ends when the hub has the new one. Called again after a cut, it finishes what was begun.
    """
    require(can_tend_link(actor), actor)
    hub, before, key = hub_of(current_uplink()), signing.key_id(signing.public_of(own_key())), next_key()
    public = signing.public_of(key)
    proof = key.sign(f"langso-link-1 rotate {before}".encode())
    try:
        ask_once(hub, "POST", "/link/v1/key", {"public": public.hex(), "proof": proof.hex()})
    except Revoked:
        finish_rotation(hub)
    promote_next_key()
    return _note_rotated(actor, signing.key_id(public), before)


def finish_rotation(hub: Hub) -> None:
    """See whether the hub knows the next key already. Raises `LinkRefusal` when it does not."""
    ask_once(hub, "POST", "/link/v1/hello", {}, next_key())


def ask_once(
    hub: Hub, method: str, path: str, said: dict[str, Any] | None = None, key: Ed25519PrivateKey | None = None
) -> Answer:
    """One request on a connection of its own. Raises `LinkDown`, `LinkRefusal`."""
    connection = Connection(hub, key)
    try:
        connection.ask(method, path, json.dumps(said).encode() if said is not None else b"")
        return connection.answer()
    finally:
        connection.close()


@service
def _note_rotated(actor: Actor, number: str, before: str) -> str:
    emit(actor, NodeKeyRotated(node=identity().node, key_id=number, before=before))
    return number


def current_uplink() -> Uplink:
    """The link of this box to its hub. Raises `NotJoined`."""
    uplink = Uplink.objects.first()
    if uplink is None:
        raise NotJoined()
    return uplink


def hub_of(uplink: Uplink) -> Hub:
    return Hub(uplink.url, bytes(uplink.hub_key), uplink.offset_ms)


def _ask(url: str, said: bytes, proof: str) -> dict[str, Any]:
    parts = urlsplit(url)
    try:
        with open_socket(url) as connected:
            connected.settimeout(WITHIN)
            asked = http.client.HTTPConnection(parts.netloc)
            asked.sock = connected
            asked.request("POST", parts.path + JOIN, said, {"Langso-Proof": proof, "Content-Type": "application/json"})
            response = asked.getresponse()
            answer = json.loads(response.read(MOST_ANSWERED))
    except (OSError, http.client.HTTPException) as broken:
        raise NoHubReached() from LinkDown(str(broken))
    except ValueError:
        raise NotHub() from None
    if response.status == 200 and isinstance(answer, dict):
        return answer
    code = answer.get("error", {}).get("code") if isinstance(answer, dict) else ""
    raise BY_CODE.get(code, NotHub)()
