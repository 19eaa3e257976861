import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from langso.kernel.access.actors import system
from langso.kernel.errors import DomainError
from langso.kernel.journal.models import Head
from langso.kernel.link import comparing, invitations, joining, queries, standing
from langso.kernel.link.client import LinkDown


class Command(BaseCommand):
    help = "The link between nodes: invite, join, status, compare, rotate, revoke, retire, replace."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        invite = acts.add_parser("invite", help="at a hub: print a one-time code for a commune's box")
        invite.add_argument("commune", help="code of the commune")
        invite.add_argument(
            "--keep-home", action="store_true", help="the hub keeps the commune's records until they are moved"
        )
        join = acts.add_parser("join", help="at a box: join a hub with a code")
        join.add_argument("url", help="address of the hub, https://…")
        join.add_argument("code", help="the code that the hub's operator gave")
        status = acts.add_parser("status", help="how the link is")
        status.add_argument("--json", action="store_true", help="for programs")
        compare = acts.add_parser("compare", help="prove by hashes that the hub's copy is this box's journal")
        compare.add_argument("node", nargs="?", default="", help="at a hub: which box")
        acts.add_parser("rotate", help="at a box: change its key")
        for name, what in (("revoke", "let a box in no more, at once"), ("retire", "end a box for good")):
            end = acts.add_parser(name, help=f"at a hub: {what}")
            end.add_argument("node", help="its id: langso link status")
            end.add_argument("--reason", default="", help="why; kept in the journal")
        replace = acts.add_parser("replace", help="at a hub: end a box's key and print a code for its new hardware")
        replace.add_argument("commune", help="code of the commune")

    def handle(self, *args: Any, **options: Any) -> None:
        if Head._meta.db_table not in connection.introspection.table_names():
            raise CommandError("There is no node in this folder yet. Start it once: langso up --data DIR")
        try:
            getattr(self, f"_{options['act']}")(options)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        except LinkDown as fault:
            raise CommandError(f"the hub was not reached: {fault}") from fault

    def _invite(self, options: dict[str, Any]) -> None:
        code = invitations.invite(system(), commune=options["commune"], keeps_home=options["keep_home"])
        self.stdout.write(code)

    def _replace(self, options: dict[str, Any]) -> None:
        self.stdout.write(invitations.replace(system(), commune=options["commune"]))

    def _join(self, options: dict[str, Any]) -> None:
        joined = joining.join(system(), url=options["url"], code=options["code"])
        self.stdout.write(f"joined {joined.hub}")
        if joined.told_again is not None:
            self.stdout.write(f"parted from a copy of this box: {joined.told_again} entries are sent again")
        if not joined.at_home:
            self.stdout.write("The hub still keeps the commune's records. Move them here with: langso commune move")

    def _status(self, options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(queries.status(), ensure_ascii=False))
            return
        for line in queries.status_lines():
            self.stdout.write(line)

    def _compare(self, options: dict[str, Any]) -> None:
        found = comparing.compare(options["node"])
        for line in found.lines:
            self.stdout.write(line)
        if not found.same:
            sys.exit(1)

    def _rotate(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"the new key is {joining.rotate(system())}")

    def _revoke(self, options: dict[str, Any]) -> None:
        standing.revoke(system(), node=options["node"], reason=options["reason"])
        self.stdout.write("revoked: the node is let in no more")

    def _retire(self, options: dict[str, Any]) -> None:
        standing.retire(system(), node=options["node"], reason=options["reason"])
        self.stdout.write("retired: its communes are at home on this hub")
