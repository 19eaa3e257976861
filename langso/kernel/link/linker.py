"""The box's side of the link at work: one thread, two connections.

On one connection a question waits at the hub for news (a long poll); on the other, batches are sent the moment there is
something, several after each other. The two change places with each answer, so that both stay open. Any fault ends
both, is written down for the desk, and is tried again after a pause that grows; work on the box never waits for it.
"""

import json
import logging
import os
import random
import select
import threading
import time
from collections import deque
from contextlib import suppress
from datetime import timedelta
from typing import Final

from django.db import connections

from langso import __version__
from langso.kernel import clock
from langso.kernel.errors import DomainError
from langso.kernel.link import homes, reporting, uplink
from langso.kernel.link.carrying import Carrier
from langso.kernel.link.client import Connection, LinkDown
from langso.kernel.link.down import take_down
from langso.kernel.link.joining import hub_of
from langso.kernel.link.keys import installation
from langso.kernel.link.models import Uplink
from langso.kernel.link.refusals import Gap, WrongTime
from langso.kernel.link.sending import IN_FLIGHT, Outgoing, Parcel, note_confirmed
from langso.kernel.link.taking_back import take_back
from langso.kernel.link.wire.errors import Malformed

log = logging.getLogger(__name__)

POLL: Final = 50
"""Seconds that a question waits at the hub: with its answer some 400 bytes, so half a megabyte a day."""
ANSWER_WITHIN: Final = POLL + 15.0
UNJOINED_FOR: Final = 30.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
REPORTED_EVERY: Final = timedelta(minutes=5)


class Linker:
    """`run` goes on until `stop`; `ring` says that there may be something to send. Both from other threads."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self._bell, self._rope = os.pipe()
        os.set_blocking(self._bell, False)
        os.set_blocking(self._rope, False)
        self._pause = FIRST_PAUSE

    def ring(self) -> None:
        """Wake the thread. A bell that is ringing already is enough."""
        with suppress(BlockingIOError):
            os.write(self._rope, b"!")

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                self._one_session()
            except Exception:
                log.exception("the link stumbled")
                connections.close_all()
                self._wait(self._next_pause())
        os.close(self._rope)

    def _one_session(self) -> None:
        link = None if homes.is_hub() else uplink.active()
        if link is None:
            self._wait(UNJOINED_FOR)
            return
        session = Session(link, self.stop)
        try:
            self._talk(session)
        except WrongTime as refusal:
            uplink.set_clock(int(refusal.more.get("time", 0)))
            self._wait(FIRST_PAUSE)
        except (LinkDown, DomainError, Malformed) as fault:
            uplink.note_fault(fault)
            self._wait(self._next_pause())
        finally:
            session.close()

    def _talk(self, session: "Session") -> None:
        session.greet()
        self._pause = FIRST_PAUSE
        while not self.stop.is_set():
            session.send_all(self.stop)
            session.report()
            session.listen()
            if session.heard(self._bell):
                self._quieten()

    def _next_pause(self) -> float:
        pause, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE)
        return pause * random.uniform(0.5, 1.0)  # noqa: S311 (boxes that lost the hub together come back apart)

    def _wait(self, seconds: float) -> None:
        """Until so long has passed, or somebody rings after the first second."""
        end = time.monotonic() + seconds
        while not self.stop.is_set() and time.monotonic() < end:
            if select.select([self._bell], [], [], min(1.0, max(0.0, end - time.monotonic())))[0]:
                self._quieten()
                if uplink.was_just_joined():
                    return

    def _quieten(self) -> None:
        with suppress(BlockingIOError):
            while os.read(self._bell, 512):
                pass


class Session:
    """Two connections to the hub, from the greeting on until something goes wrong."""

    def __init__(self, link: Uplink, stop: threading.Event | None = None) -> None:
        self.link = link
        hub = hub_of(link)
        self.carrier = Carrier(hub, stop or threading.Event())
        self.sending, self.waiting = Connection(hub), Connection(hub)
        self.outgoing = Outgoing({})
        self.reported_at = clock.now() - REPORTED_EVERY
        self.asked = ""

    def greet(self) -> None:
        """Say who this is and learn where the hub stands."""
        said = {"version": __version__, "installation": installation(), **reporting.written_upto()}
        began = time.time()
        self.sending.ask("POST", "/link/v1/hello", json.dumps(said).encode())
        answer = self.sending.answer()
        held = {epoch: state["upto"] for epoch, state in answer.said["epochs"].items()}
        take_back(self.sending, held)
        self.outgoing = Outgoing(held)
        for epoch, upto in held.items():
            note_confirmed(epoch, upto)
        uplink.note_contact(hub_ms=answer.said["time"], began=began)

    def send_all(self, stop: threading.Event) -> None:
        """Send what there is, a few batches ahead of the answers."""
        on_the_way: deque[Parcel] = deque()
        confirmed: Parcel | None = None
        while not stop.is_set():
            parcel = self.outgoing.next() if len(on_the_way) < IN_FLIGHT else None
            if parcel:
                self.sending.ask("POST", "/link/v1/journal", parcel.data)
                on_the_way.append(parcel)
                continue
            if not on_the_way:
                break
            confirmed = self._confirm(on_the_way)
        if confirmed:
            uplink.note_contact()

    def _confirm(self, on_the_way: deque[Parcel]) -> Parcel:
        parcel = on_the_way.popleft()
        try:
            upto = self.sending.answer().said["upto"]
        except Gap as gap:
            self._drain(on_the_way)
            upto = int(gap.more.get("upto", 0))
            self.outgoing.go_back(parcel.epoch, upto)
        note_confirmed(parcel.epoch, upto)
        return parcel

    def _drain(self, on_the_way: deque[Parcel]) -> None:
        """What was sent after a gap is refused as well: read those answers, and send it all again."""
        while on_the_way:
            on_the_way.popleft()
            try:
                self.sending.answer()
            except Gap:
                continue

    def report(self) -> None:
        """Tell the hub how this box is, when that has changed."""
        if clock.now() - self.reported_at < REPORTED_EVERY:
            return
        self.reported_at = clock.now()
        state = reporting.changed_state(self.link)
        if state:
            self.sending.ask("POST", "/link/v1/report", json.dumps(state).encode())
            self.sending.answer()
            reporting.note_told(state)
        uplink.note_contact()

    def listen(self) -> None:
        """Ask for news, on the connection that has waited longest, unless a question is waiting already."""
        if not self.waiting.in_flight:
            self.asked = uplink.cursor()
            self.waiting.ask("GET", f"/link/v1/down?after={self.asked}&wait={POLL}")

    def heard(self, bell: int) -> bool:
        """Wait for the hub's answer or the bell; True when it rang. Takes in what the hub says."""
        ready, _, _ = select.select([bell, self.waiting.fileno()], [], [], ANSWER_WITHIN)
        if not ready:
            raise LinkDown("the hub did not answer in time")
        if self.waiting.fileno() in ready:
            answer = self.waiting.answer()
            if answer.said:
                take_down(answer.said, asked=self.asked)
                self.carrier.carry(answer.said.get("files", ()))
            self.sending, self.waiting = self.waiting, self.sending
        return bell in ready

    def close(self) -> None:
        self.sending.close()
        self.waiting.close()
        self.carrier.wait(5)
