from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from langso.community.organisations import services as organisations
from langso.kernel.access.actors import Role, system
from langso.kernel.access.scope import commune_scope
from langso.kernel.accounts import services as accounts
from langso.kernel.errors import DomainError


class Command(BaseCommand):
    help = "Make the first operator of a node: an account with a password, and its role in the commune office."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="name as others see it; the user name when empty")
        parser.add_argument("--office", default="UBND xã", help="name of the commune office that is founded")

    def handle(self, *args: Any, **options: Any) -> None:
        node = system(settings.COMMUNE)
        try:
            with commune_scope(settings.COMMUNE):
                office = organisations.found_organisation(node, kind="COMMUNE_OFFICE", name=options["office"])
                account, password = accounts.open_staff_account(
                    node, username=options["username"], name=options["name"] or options["username"]
                )
                for role in (Role.OPERATOR, Role.OFFICER):
                    organisations.add_member(node, organisation_id=office, account_id=account, role=role)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"user name: {options['username']}\npassword: {password}\nIt is shown only here, only now.")
