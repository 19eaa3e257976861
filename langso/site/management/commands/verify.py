import sys
from argparse import ArgumentParser
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from langso.kernel.access.actors import system
from langso.kernel.backup.databases import pragma_faults
from langso.kernel.backup.services import note_check
from langso.kernel.files import contents
from langso.kernel.journal.queries import last_position
from langso.kernel.journal.verification import verify_journal
from langso.kernel.transparency.rules.notes import BadNote, read_verifier
from langso.kernel.transparency.rules.proofs import NotProven, check_proof
from langso.kernel.transparency.texts import PROOF_FAULTS


class Command(BaseCommand):
    help = (
        "Check the database, the journal's hash chains and every kept file, or one proof file of a log; "
        "exit code 1 when something is not whole."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("proof", nargs="?", help="a proof file: check it with nothing but the log's key")
        parser.add_argument("--key", default="", help="the log's key, as its page /log/…/key says it")
        parser.add_argument("--records-only", action="store_true", help="leave the kept files out")
        parser.add_argument("--only-tell", action="store_true", help="do not put what is found on the operator's desk")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["proof"]:
            self._check_proof(Path(options["proof"]), options["key"])
            return
        faults = [*_each(_database_faults), *_each(_journal_faults), *_unreadable_rows()]
        if not options["records_only"]:
            faults += _each(_file_faults)
        for fault in faults:
            self.stdout.write(fault)
        if not options["only_tell"]:
            self._put_on_desk(faults)
        if faults:
            sys.exit(1)
        self.stdout.write(f"{last_position()} entries and all files, whole")

    def _check_proof(self, file: Path, key: str) -> None:
        try:
            proven = check_proof(file.read_bytes(), read_verifier(key))
        except NotProven as problem:
            raise CommandError(str(PROOF_FAULTS[problem.fault])) from problem
        except (OSError, BadNote) as problem:
            raise CommandError(f"{problem}. Give the file, and --key with the log's key.") from problem
        log = proven.checkpoint
        self.stdout.write(
            f"{proven.kind}, recorded {proven.recorded_at}: line {proven.index} of {log.size}, {log.origin}"
        )

    def _put_on_desk(self, faults: list[str]) -> None:
        try:
            note_check(system(), source="VERIFY", faults=faults[:20])
        except DatabaseError as problem:
            self.stderr.write(f"this could not be put on the operator's desk: {problem}")


def _each(look) -> list[str]:  # type: ignore[no-untyped-def]
    """What one look finds; records that cannot even be read are a finding."""
    try:
        return list(look())
    except Exception as problem:
        return [f"{look.__name__.strip('_').replace('_', ' ')} cannot be told: {type(problem).__name__}: {problem}"]


def _database_faults() -> Iterator[str]:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            yield from pragma_faults(lambda statement: cursor.execute(statement).fetchall(), thorough=True)


def _unreadable_rows() -> Iterator[str]:
    """Read every row of every table: a value that is none of its column's kind cannot be read."""
    for model in apps.get_models():
        try:
            deque(model._base_manager.values_list().iterator(chunk_size=2_000), maxlen=0)
        except Exception as problem:
            yield f"table {model._meta.db_table} cannot be read to its end: {type(problem).__name__}: {problem}"


def _journal_faults() -> Iterator[str]:
    for fault in verify_journal():
        yield f"journal entry {fault.position}: {fault.what}"


def _file_faults() -> Iterator[str]:
    for fault in contents.verify():
        yield f"file {fault.sha256}: {fault.what}"
