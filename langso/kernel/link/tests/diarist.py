"""What people do on a node, for tests with real nodes: runs beside it, on its folder, as a command does.

    python -m langso.kernel.link.tests.diarist write COMMUNE COUNT     diary entries that travel to the province
    python -m langso.kernel.link.tests.diarist tell TEXT               the province says something to all communes
    python -m langso.kernel.link.tests.diarist count KIND              how many entries of a kind the node holds

The kinds are known to this program alone, so the nodes keep them as they keep those of a newer program.
"""

import os
import random
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup()

from langso.kernel.access.actors import system  # noqa: E402
from langso.kernel.access.scope import commune_scope  # noqa: E402
from langso.kernel.ids import new_id  # noqa: E402
from langso.kernel.journal.events import Reach, event  # noqa: E402
from langso.kernel.journal.models import Entry  # noqa: E402
from langso.kernel.journal.services import emit, writing  # noqa: E402

AT_ONCE = 100
NOTES = (
    "Làm cỏ quanh gốc",
    "Bón NPK 16-16-8",
    "Tưới buổi sáng, trời nắng",
    "Thu lứa đầu, củ to đều",
    "Vun gốc lần hai",
)


@event(reach=Reach.PROVINCE)
class DiaryKept:
    entry_id: str
    season_id: str
    activity: str
    remark: str
    amount: int


@event(reach=Reach.COMMUNES)
class Announced:
    text: str


def write(commune: str, count: int) -> None:
    chance = random.Random(count)
    seasons = [str(new_id()) for _ in range(20)]
    with commune_scope(commune):
        for start in range(0, count, AT_ONCE):
            with writing():
                for _ in range(min(AT_ONCE, count - start)):
                    fact = DiaryKept(
                        entry_id=str(new_id()),
                        season_id=chance.choice(seasons),
                        activity=chance.choice(("WEEDING", "WATERING", "FERTILISING")),
                        remark=chance.choice(NOTES),
                        amount=chance.randrange(1, 40),
                    )
                    emit(system(commune, name="Giang"), fact, reason="vì mưa")


def tell(text: str) -> None:
    with writing():
        emit(system(), Announced(text=text))


def main(act: str, *arguments: str) -> None:
    if act == "write":
        write(arguments[0], int(arguments[1]))
    elif act == "tell":
        tell(arguments[0])
    else:
        print(Entry.objects.filter(kind__endswith=arguments[0]).count())


if __name__ == "__main__":
    main(*sys.argv[1:])
