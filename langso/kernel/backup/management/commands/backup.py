import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.backup import services
from langso.kernel.backup.checking import check_snapshot
from langso.kernel.backup.failures import BackupFailed
from langso.kernel.backup.folder import open_folder
from langso.kernel.backup.manifest import snapshots
from langso.kernel.backup.taking import Taken, take_backup


class Command(BaseCommand):
    help = "Take a snapshot of the running node into a folder, check it, list what is there: `backup [list|check]`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", nargs="?", choices=["take", "list", "check"], default="take")
        parser.add_argument("--to", default="", help="folder on another disk; LANGSO_BACKUP_TO when left out")
        parser.add_argument("--from", dest="source", default="", help="folder to list or check")
        parser.add_argument("--snapshot", default="", help="which one to check; the newest sound one when left out")
        parser.add_argument("--keep", type=int, default=14, help="how many sound snapshots stay (14)")
        parser.add_argument(
            "--verify", choices=["full", "quick"], default="full", help="how a new one is checked (full)"
        )
        parser.add_argument("--scheduled", action="store_true", help="as the worker does: the folder must be there")

    def handle(self, *args: Any, **options: Any) -> None:
        place = options["to"] or options["source"] or settings.BACKUP_TO
        if not place:
            raise CommandError("which folder? Give --to DIR (or --from DIR), or set LANGSO_BACKUP_TO")
        if options["keep"] < 1:
            raise CommandError("--keep needs at least 1")
        act = {"take": self._take, "list": self._list, "check": self._check}[options["act"]]
        try:
            act(Path(place), options)
        except BackupFailed as failure:
            raise CommandError(str(failure)) from failure

    def _take(self, place: Path, options: dict[str, Any]) -> None:
        started_at = clock.now()
        try:
            taken = take_backup(
                place,
                keep=options["keep"],
                thorough=options["verify"] == "full",
                phrase=settings.BACKUP_PASSPHRASE,
                must_be_there=options["scheduled"],
            )
        except BackupFailed as failure:
            self._note(services.note_failure, place=str(place), started_at=started_at, failure=failure)
            raise
        self._note(services.note_backup, place=str(place), started_at=started_at, taken=taken)
        self._say(taken)

    def _note(self, note, **what: Any) -> None:  # type: ignore[no-untyped-def]
        """A database that cannot be written to must not take the backup's own outcome with it."""
        try:
            note(system(), **what)
        except DatabaseError as problem:
            self.stderr.write(f"this could not be written into the node's own records: {problem}")

    def _say(self, taken: Taken) -> None:
        self.stdout.write(
            f"{taken.name}: {taken.position} entries, {taken.size:,} bytes of records, {taken.files} files; "
            f"the folder grew by {taken.added:,} bytes"
        )
        for fault in taken.faults:
            self.stdout.write(fault)
        if taken.faults:
            self.stdout.write("NOT WHOLE: the snapshot is kept, earlier ones stay; see docs/operate/backup.md")
            sys.exit(1)
        self.stdout.write("read again and whole. The folder holds personal data and keys: lock it away.")

    def _list(self, place: Path, options: dict[str, Any]) -> None:
        for snapshot in snapshots(open_folder(place, phrase=settings.BACKUP_PASSPHRASE)):
            manifest = snapshot.manifest
            state = "whole" if snapshot.sound else "not checked" if snapshot.faults is None else "NOT WHOLE"
            when = snapshot.taken_at.astimezone(clock.VIET_NAM)
            self.stdout.write(
                f"{snapshot.name}  {when:%d/%m/%Y %H:%M}  {manifest.head.position} entries  "
                f"{manifest.database.size:,} bytes  {len(manifest.files)} files  {state}"
            )

    def _check(self, place: Path, options: dict[str, Any]) -> None:
        snapshot, faults = check_snapshot(place, wanted=options["snapshot"], phrase=settings.BACKUP_PASSPHRASE)
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            sys.exit(1)
        self.stdout.write(f"{snapshot.name} is whole")
