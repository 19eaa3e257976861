"""Acts in the environment of the measured node: `python -m tests.load.inside '[["counts", {}]]'` prints the answers."""

import json
import os
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from langso.community.organisations.testing import make_member, make_organisation  # noqa: E402
from langso.community.people.models import Person  # noqa: E402
from langso.community.places.testing import make_village  # noqa: E402
from langso.kernel.access.actors import Role  # noqa: E402
from langso.kernel.access.scope import commune_scope  # noqa: E402
from langso.kernel.accounts.testing import make_account  # noqa: E402
from langso.kernel.journal.queries import last_position  # noqa: E402
from tests.load.importing import import_register  # noqa: E402
from tests.load.journal import fill_journal  # noqa: E402
from tests.load.log_filling import measure_log  # noqa: E402
from tests.load.lots import make_lots  # noqa: E402
from tests.load.peers import bare_insert, key_lookups  # noqa: E402
from tests.load.register import VILLAGES  # noqa: E402


def begin() -> dict[str, str]:
    """The commune's villages and its officer; the officer's account and session."""
    for name in VILLAGES:
        make_village(name=name)
    office = make_organisation(name="UBND xã", kind="COMMUNE_OFFICE")
    officer = make_account(username="officer", name="Trần Văn Dũng")
    make_member(organisation_id=office, account_id=officer, role=Role.OFFICER)
    return {"account": str(officer), "session": session_of(officer)}


def residents(count: int) -> list[str]:
    """Sessions of so many residents of the register who have signed in by phone."""
    people = Person.objects.all().living_here().exclude(phone="").order_by("sort_name")
    step = max(1, people.count() // count)
    sessions = []
    for person_id, phone, name in list(people.values_list("pk", "phone", "name")[: step * count : step]):
        account = get_user_model().objects.filter(phone=phone).values_list("pk", flat=True).first()
        sessions.append(session_of(account or make_account(phone=phone, name=name, person_id=person_id)))
    return sessions


def session_of(account_id: UUID) -> str:
    """The cookie of a browser in which this account is signed in."""
    client = Client()
    client.force_login(get_user_model().objects.get(pk=account_id))
    return client.cookies["sessionid"].value


def counts() -> dict[str, int]:
    """How much this node holds."""
    return {"residents": Person.objects.all().living_here().count(), "entries": last_position()}


def settle() -> None:
    """Let PostgreSQL tidy up after an import and a bulk load now, as it does by itself in the minutes after them."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
            cursor.execute("CHECKPOINT")


ACTS: dict[str, Callable[..., Any]] = {
    "begin": begin,
    "residents": residents,
    "counts": counts,
    "import": import_register,
    "journal": fill_journal,
    "log": measure_log,
    "lots": make_lots,
    "lookups": key_lookups,
    "bare_insert": bare_insert,
    "settle": settle,
}


def main() -> None:
    with commune_scope(settings.COMMUNE):
        answers = [ACTS[name](**given) for name, given in json.loads(sys.argv[1])]
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
