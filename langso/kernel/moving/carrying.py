"""At a box: a commune's bundle over the link, in parts that go on where they were cut off, and the last word."""

import json
from pathlib import Path
from threading import Event
from typing import Any, Final

from django.conf import settings

from langso.kernel.access.actors import Actor
from langso.kernel.journal.queries import own_epochs
from langso.kernel.link.client import Connection
from langso.kernel.link.joining import current_uplink, hub_of
from langso.kernel.link.linker import Session
from langso.kernel.link.models import Confirmed
from langso.kernel.moving import arriving, leaving
from langso.kernel.moving.models import Move
from langso.kernel.moving.refusals import BadBundle

PART: Final = 1024 * 1024
DOOR: Final = "/moving/v1"


class Carrier:
    """Talks to the hub about one commune's move."""

    def __init__(self, actor: Actor, commune: str) -> None:
        self.actor, self.commune = actor, commune
        self.connection = Connection(hub_of(current_uplink()))

    def close(self) -> None:
        self.connection.close()

    def offered(self) -> dict[str, Any] | None:
        """What the hub holds ready for this box, or what became of it."""
        return self._ask("GET", f"{DOOR}/offer?commune={self.commune}") or None

    def fetch(self, offer: dict[str, Any]) -> Path:
        """Bring the bundle here, from where it was cut off; returns the file. Raises `BadBundle`."""
        place = Path(settings.DATA) / "moves" / f"{offer['move']}.{offer['sha256'][:16]}.arriving"
        place.parent.mkdir(mode=0o700, exist_ok=True)
        with place.open("ab") as stream:
            while stream.tell() < offer["size"]:
                self.connection.ask("GET", f"{DOOR}/bundle?move={offer['move']}&after={stream.tell()}")
                part = self.connection.answer().body
                if not part:
                    raise BadBundle()
                stream.write(part)
        return place

    def take_over(self, place: Path) -> Move:
        """Unpack, tell the hub, and open the commune here once the hub has made this box its home."""
        move = arriving.arrive(self.actor, place=place)
        if move.state == Move.State.UNPACKED:
            self.confirm(move)
        move.refresh_from_db()
        return move

    def confirm(self, move: Move) -> None:
        said = json.dumps({"move": str(move.pk), "sha256": move.sha256}).encode()
        self._ask("POST", f"{DOOR}/taken", said)
        arriving.become_home(self.actor, move_id=move.pk, sha256=move.sha256)

    def send_journal(self) -> bool:
        """Send what the hub lacks of this box's journal; True when it holds all: nothing travels beside the bundle.

        The worker may be doing the same: what the hub has already, it passes over.
        """
        session = Session(current_uplink())
        try:
            session.greet()
            session.send_all(Event())
        finally:
            session.close()
        held = dict(Confirmed.objects.values_list("epoch", "upto"))
        return all(held.get(epoch, 0) >= last for epoch, last in own_epochs().items())

    def hand_over(self, move: Move) -> Move:
        """Send the bundle and the last word; the hub unpacks it and is the home from that moment on."""
        about = f"move={move.pk}&sha256={move.sha256}"
        state = self._ask("GET", f"{DOOR}/arrival?{about}")
        if not state.get("done"):
            with leaving.bundle_place(move).open("rb") as stream:
                stream.seek(int(state.get("have", 0)))
                while part := stream.read(PART):
                    at = stream.tell() - len(part)
                    self._ask("POST", f"{DOOR}/part?{about}&at={at}", part)
            self._ask("POST", f"{DOOR}/arrival?{about}")
        return leaving.let_go(self.actor, move_id=move.pk, sha256=move.sha256)

    def _ask(self, method: str, path: str, body: bytes = b"") -> dict[str, Any]:
        self.connection.ask(method, path, body)
        return self.connection.answer(within=900.0).said
