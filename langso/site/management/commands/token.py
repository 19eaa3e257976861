from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from langso.kernel.access.actors import Role, system
from langso.kernel.accounts.queries import demo_accounts
from langso.kernel.accounts.services import issue_token
from langso.kernel.errors import DomainError


class Command(BaseCommand):
    help = "Print a bearer token for a role of the demo commune."

    def add_arguments(self, parser: ArgumentParser) -> None:
        roles = [role.value.lower() for role in Role]
        parser.add_argument(
            "--as", dest="role", required=True, type=str.lower, choices=roles, help="whose token: a role of the demo"
        )
        parser.add_argument("--days", type=int, default=30, help="how long it lasts (30)")

    def handle(self, *args: Any, **options: Any) -> None:
        role = Role(options["role"].upper())
        holder = next((account for account in demo_accounts() if account.role == role), None)
        if holder is None:
            raise CommandError(f"no demo account is {role.value.lower()}: start the node with --demo first")
        try:
            label = f"langso token --as {role.value.lower()}"
            token = issue_token(system(), account_id=holder.account_id, label=label, days=options["days"])
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(token)
