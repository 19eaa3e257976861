"""Filling a node with the demo commune: Bình Lư's codes and places are real, its people and figures are generated."""

from collections.abc import Callable
from random import Random

from demo.fields import Fields
from demo.goods import Goods
from demo.institutions import Institutions
from demo.past import Past
from demo.villagers import Villagers
from langso.farm.diary.testing import make_input_list
from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.access.scope import open_commune
from langso.kernel.journal.queries import last_position

SETTLED = 400
"""Days ago: the register was made before everything else."""


def fill(*, seed: int, report: Callable[[str], object]) -> str:
    """Make the commune in the open scope; returns what was made, in a sentence. One seed gives the same people."""
    actor, chance, past = system(open_commune()), Random(seed), Past(clock.today())
    villagers = Villagers(actor, chance)
    institutions = Institutions(villagers)
    past.add(SETTLED, villagers.settle)
    past.add(SETTLED - 1, institutions.found)
    past.add(SETTLED - 2, make_input_list)
    past.play()
    report(f"{len(villagers.homes)} households in {len(villagers.villages)} villages")
    goods = Goods(actor, institutions, past)
    goods.plan_products()
    past.play()
    report(f"{len(goods.ids)} products")
    fields = Fields(institutions, past, actor, chance, product_id=goods.ids["roots"])
    fields.plan()
    goods.plan_lots(fields)
    past.play()
    return f"{len(fields.growers)} seasons with their diaries; the journal holds {last_position()} entries"
