"""What people do on a node, for tests with real nodes: a process beside it, on its folder, as commands are.

Reads one JSON list a line, does it and answers with one JSON line `[exit code, what was printed]`:

    ["write", "03390", 1200]     diary entries that travel to the province
    ["tell", "…"]                the province says something to all communes
    ["count", "diary_kept.v1"]   how many entries of a kind the node holds
    ["forge", 600]               change a copy behind the program's back
    ["link", "status", "--json"] or any other command

The two kinds are known to this program alone, so the nodes keep them as they keep those of a newer program.
"""

import json
import os
import random
import sys
from io import StringIO

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup()

from django.core.management import CommandError, call_command  # noqa: E402

from langso.kernel.access.actors import system  # noqa: E402
from langso.kernel.access.scope import commune_scope  # noqa: E402
from langso.kernel.ids import new_id  # noqa: E402
from langso.kernel.journal.events import Reach, event  # noqa: E402
from langso.kernel.journal.models import Entry  # noqa: E402
from langso.kernel.journal.services import emit, writing  # noqa: E402

AT_ONCE = 100
NOTES = ("Làm cỏ quanh gốc", "Bón NPK 16-16-8", "Tưới buổi sáng, trời nắng", "Thu lứa đầu, củ to đều")


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


def count(kind: str) -> int:
    return Entry.objects.filter(kind__endswith=kind).count()


def forge(seq: int) -> None:
    """Change a copy behind the program's back."""
    Entry.objects.filter(seq=seq, foreign=True).update(body={"remark": "forged"})


OWN = {"write": write, "tell": tell, "count": count, "forge": forge}


def done(act: str, *arguments: object) -> tuple[int, str]:
    out = StringIO()
    try:
        if act in OWN:
            out.write(str(OWN[act](*arguments)))  # type: ignore[operator]
        else:
            call_command(act, *map(str, arguments), stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue()
    except (CommandError, Exception) as refused:
        return 1, f"{type(refused).__name__}: {refused}"
    return 0, out.getvalue().strip()


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(done(*json.loads(line))), flush=True)
