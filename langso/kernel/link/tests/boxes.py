"""A box as a hub sees it: it signs what it sends, over Django's own client. It can also be made to misbehave."""

import hashlib
import hmac
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from langso.kernel.access.actors import system
from langso.kernel.ids import new_id
from langso.kernel.journal import chain
from langso.kernel.journal.travel import Travelling, seal
from langso.kernel.link import invitations, signing
from langso.kernel.link.wire.batch import Batch, pack_batch
from langso.kernel.link.wire.loose import unpack_document

KIND = "kernel.link.tests.noted_by_box.v1"
NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)


@dataclass
class Reply:
    status: int
    said: dict[str, Any]

    @property
    def code(self) -> str:
        return str(self.said.get("code", ""))


@dataclass
class Box:
    """`seq` and `hash`: where its own journal stands, whatever the hub thinks of it."""

    commune: str
    node: str = field(default_factory=lambda: str(uuid4()))
    epoch: str = "epoch-1"
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    seq: int = 0
    hash: bytes = chain.GENESIS
    client: Client = field(default_factory=Client)

    @property
    def public(self) -> bytes:
        return signing.public_of(self.key)

    def join(self, code: str, **said: Any) -> Reply:
        body = json.dumps(
            {
                "node": self.node,
                "commune": self.commune,
                "public": self.public.hex(),
                "epoch": self.epoch,
                "version": "1.0",
                "installation": "copy-1",
                **said,
            }
        ).encode()
        proof = hmac.new(invitations.code_key(code), body, hashlib.sha256).hexdigest()
        answer = self.client.post(
            "/link/v1/join", body, content_type="application/json", headers={"Langso-Proof": proof}
        )
        return Reply(answer.status_code, answer.json())

    def ask(self, method: str, path: str, body: bytes = b"", *, at: float | None = None, header: str = "") -> Reply:
        """Send a signed request; `at` is the time that is signed, in seconds since 1970."""
        now = int((time.time() if at is None else at) * 1000)
        header = header or signing.sign_request(self.key, method=method, target=path, body=body, time_ms=now)
        answer = self.client.generic(method, path, body, "application/octet-stream", headers={"Langso": header})
        return Reply(answer.status_code, unpack_document(answer.content) if answer.content else {})

    def entries(self, count: int, **said: Any) -> list[Travelling]:
        """The next entries of its journal, sealed."""
        made = [
            Travelling(
                id=new_id(),
                node=self.node,
                epoch=self.epoch,
                seq=self.seq + place,
                commune=self.commune,
                to="",
                kind=KIND,
                body={"text": f"entry {self.seq + place}"},
                actor=uuid4(),
                on_behalf_of=None,
                reach=1,
                recorded_at=NOON + timedelta(seconds=self.seq + place),
                occurred_at=None,
                salt=bytes(range(16)),
                commitment=b"",
                travel_chain=b"",
            )
            for place in range(1, count + 1)
        ]
        made = [replace(entry, **said) for entry in made]
        self.seal(made)
        return made

    def seal(self, entries: Sequence[Travelling]) -> None:
        self.hash = seal(self.hash, entries)
        self.seq += len(entries)

    def batch(self, entries: Sequence[Travelling], *, previous: bytes | None = None, **said: Any) -> bytes:
        """The bytes of a batch of these entries; `previous` is needed when they are not the first of the epoch."""
        first = entries[0].seq
        before = chain.GENESIS if previous is None else previous
        made = Batch(self.node, self.epoch, first, before, entries[-1].travel_chain, entries)
        return pack_batch(replace(made, **said))

    def send(self, entries: Sequence[Travelling], *, previous: bytes | None = None, **said: Any) -> Reply:
        return self.ask("POST", "/link/v1/journal", self.batch(entries, previous=previous, **said))

    def hello(self, **said: Any) -> Reply:
        return self.ask("POST", "/link/v1/hello", json.dumps(said).encode())


def joined_box(commune: str = "03390") -> Box:
    """A box that this hub let in."""
    box = Box(commune)
    reply = box.join(invitations.invite(system(), commune=commune))
    assert reply.status == 200, reply
    return box
