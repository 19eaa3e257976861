import shutil
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from langso.kernel.access.actors import system
from langso.kernel.errors import DomainError
from langso.kernel.journal.reading import read_all
from langso.kernel.link import homes
from langso.kernel.link.client import LinkDown
from langso.kernel.link.models import Uplink
from langso.kernel.moving import arriving, leaving
from langso.kernel.moving.carrying import Carrier
from langso.kernel.moving.models import Move, open_move
from langso.kernel.moving.refusals import NothingMoves, StillHearing

LONGEST_WAIT = 600.0


class Command(BaseCommand):
    help = (
        "Move a commune between a hub and its box: `commune move CODE --to NODE`; again: goes on; `commune state CODE`."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        move = acts.add_parser("move", help="close, pack, carry, prove, and change the home once; again to go on")
        move.add_argument("commune", help="code of the commune")
        move.add_argument("--to", default="", help="the node it goes to (langso link status); a box's hub: hub")
        move.add_argument("--bundle", default="", help="carry it in this file, on a stick, instead of over the link")
        move.add_argument("--cancel", action="store_true", help="let it stay where it is")
        state = acts.add_parser("state", help="where the move of a commune stands on this node")
        state.add_argument("commune", help="code of the commune")

    def handle(self, *args: Any, **options: Any) -> None:
        act = self._state if options["act"] == "state" else self._move
        try:
            act(options)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        except LinkDown as fault:
            raise CommandError(f"the hub was not reached; nothing is lost, call it again later: {fault}") from fault

    def _move(self, options: dict[str, Any]) -> None:
        commune = options["commune"]
        if options["cancel"]:
            leaving.cancel(system(), commune=commune)
        elif self._is_done(commune, options["to"]):
            pass  # called again after it had come to its end, perhaps by somebody who did not see that
        elif homes.homes_now()(commune):
            self._leave(commune, options["to"], options["bundle"])
        elif homes.is_hub():
            self._arrive_at_hub(options["bundle"])
        else:
            self._come(commune, options["bundle"])
        self._state(options)

    def _is_done(self, commune: str, to: str) -> bool:
        """Whether the last move of the commune is the one that is asked for. What it left lying is swept away."""
        last = Move.objects.filter(commune=commune).order_by("-started_at").first()
        if last is None or last.state != Move.State.DONE:
            return False
        if homes.homes_now()(commune):
            done = last.way == Move.Way.ARRIVING and to in ("", last.target)
        else:
            done = last.way == Move.Way.LEAVING and self._named(to) == last.target
        if done:
            leaving.sweep(last)
        return done

    def _named(self, to: str) -> str:
        uplink = Uplink.objects.first()
        return uplink.hub if to == "hub" and uplink is not None else to

    def _leave(self, commune: str, to: str, bundle: str) -> None:
        target = self._named(to or getattr(open_move(commune), "target", ""))
        move = Move.objects.get(pk=leaving.close(system(), commune=commune, target=target))
        if move.state == Move.State.DRAINING or not leaving.bundle_place(move).exists():
            self._wait(lambda: leaving.is_drained(move), "the listeners")
            if not homes.is_hub():
                self._wait_for_hub(commune)
            self._wait(lambda: self._is_packed(move), "the listeners")
            move.refresh_from_db()
        if bundle and not Path(bundle).exists():
            self._write_out(move, Path(bundle))
        elif not homes.is_hub():
            self._hand_over(move)

    def _is_packed(self, move: Move) -> bool:
        try:
            leaving.pack(system(), move_id=move.pk)
        except StillHearing:
            return False
        return True

    def _write_out(self, move: Move, file: Path) -> None:
        file.touch(mode=0o600)
        shutil.copyfile(leaving.bundle_place(move), file)
        self.stdout.write(f"{file} holds personal data and is not encrypted: do not let it out of your hands")

    def _hand_over(self, move: Move) -> None:
        carrier = Carrier(system(), move.commune)
        try:
            carrier.hand_over(move)
        finally:
            carrier.close()

    def _wait_for_hub(self, commune: str) -> None:
        carrier = Carrier(system(), commune)
        try:
            self._wait(carrier.send_journal, "the hub to hold the journal of this box")
        finally:
            carrier.close()

    def _arrive_at_hub(self, bundle: str) -> None:
        if not bundle:
            raise NothingMoves()
        arriving.arrive(system(), place=Path(bundle))

    def _come(self, commune: str, bundle: str) -> None:
        carrier = Carrier(system(), commune)
        try:
            offer = carrier.offered()
            if offer is None or not offer["sha256"]:
                raise NothingMoves()
            place = Path(bundle) if bundle else carrier.fetch(offer)
            carrier.take_over(place)
            if not bundle:
                place.unlink(missing_ok=True)
        finally:
            carrier.close()

    def _wait(self, done, for_whom: str) -> None:  # type: ignore[no-untyped-def]
        end = time.monotonic() + LONGEST_WAIT
        while not done():
            if time.monotonic() > end:
                raise CommandError(
                    f"still waiting for {for_whom}; the commune stays closed: call it again, or --cancel"
                )
            if not read_all():
                time.sleep(0.2)

    def _state(self, options: dict[str, Any]) -> None:
        commune = options["commune"]
        where = (
            "at home on this node"
            if homes.homes_now()(commune)
            else f"at home on {homes.home_of(commune) or 'the hub'}"
        )
        self.stdout.write(f"{commune} is {where}")
        move = Move.objects.filter(commune=commune).order_by("-started_at").first()
        if move is not None:
            way = f"to {move.target}" if move.way == Move.Way.LEAVING else f"from {move.source}"
            self.stdout.write(
                f"move {move.pk} {way}: {move.state}, {move.rows} rows, {move.sha256 or 'not packed yet'}"
            )
