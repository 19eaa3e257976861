"""What a province says to its commune, and what a node has of it.

python -m tests.faults.box.addressing say COMMUNE     at the hub: a standard to it, one to all, a hold of a copied lot
python -m tests.faults.box.addressing told COMMUNE    what a node has of these, as JSON
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup()

from langso.kernel import clock  # noqa: E402
from langso.kernel.access.actors import Actor, Role  # noqa: E402
from langso.kernel.access.scope import commune_scope, every_commune  # noqa: E402
from langso.kernel.accounts.models import Account  # noqa: E402
from langso.kernel.accounts.queries import actor_of  # noqa: E402
from langso.kernel.journal.reading import read_all  # noqa: E402
from langso.kernel.text import Translated  # noqa: E402
from langso.trade.products import services as products  # noqa: E402
from langso.trade.products.models import Standard  # noqa: E402
from langso.trade.trace import services as trace  # noqa: E402
from langso.trade.trace.models import Hold, LotCopy  # noqa: E402

SUSPECT = "Mẫu ở chợ không đạt"


def say(commune: str) -> None:
    with every_commune("a province speaks to its communes"):
        publish(commune)
        publish()
        for copy in LotCopy.objects.filter(commune=commune, issued_at__isnull=False)[:1]:
            trace.wish_hold(province_officer(), lot_id=copy.pk, reason=SUSPECT)
    while read_all():
        pass


def publish(*communes: str) -> None:
    number = f"TC {Standard.objects.count() + 1}"
    standard = products.StandardDescription(
        number=number,
        title=Translated(vi=f"Tiêu chuẩn {number}"),
        goods="miến dong",
        text=Translated(vi="Không dùng chất tẩy trắng."),
        valid_from=clock.today(),
        communes=communes,
    )
    products.publish_standard(province_officer(), standard=standard)


def province_officer() -> Actor:
    return next(
        actor for account in Account.objects.all() if (actor := actor_of(account.pk)).has_role(Role.PROVINCE_OFFICER)
    )


def told(commune: str) -> dict[str, list[str]]:
    with every_commune("standards belong to no commune"):
        standards = list(Standard.objects.order_by("number").values_list("number", flat=True))
    with commune_scope(commune):
        holds = list(Hold.objects.filter(released_at=None, reason__contains=SUSPECT).values_list("reason", flat=True))
    return {"standards": standards, "holds": holds}


if __name__ == "__main__":
    act, commune = sys.argv[1:]
    if act == "say":
        say(commune)
    print(json.dumps(told(commune)))
