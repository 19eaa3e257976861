"""What a node holds of a commune: rows, accounts and entries by table, with a sum over their content, as JSON.

python -m tests.faults.box.holding COMMUNE
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup()

from langso.kernel.accounts.models import Account  # noqa: E402
from langso.kernel.files.contents import verify  # noqa: E402
from langso.kernel.journal.models import Entry  # noqa: E402
from langso.kernel.journal.verification import verify_journal  # noqa: E402
from langso.kernel.moving import tables  # noqa: E402


def held(commune: str) -> dict[str, object]:
    entries = Entry.objects.filter(commune=commune)
    return {
        "tables": {
            model._meta.label: tables.tally(tables.rows_of_commune(model, commune)) for model in tables.tables()
        },
        "accounts": sorted(str(account) for account in Account.objects.all()),
        "entries": {str(row.pk): [row.body, row.reason, row.actor_name] for row in entries},
        "faults": [str(fault) for fault in [*verify_journal(), *verify()]],
    }


if __name__ == "__main__":
    print(json.dumps(held(sys.argv[1])))
