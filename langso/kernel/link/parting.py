"""At a box that had a copy: when it is let in again it parts from what the copy wrote, and nothing of its own is lost.

The hub keeps what the other machine sent first. This one ends its epoch where the two were last the same, begins
another, and tells again in it what it wrote since.
"""

from collections.abc import Mapping
from typing import Any

from langso.kernel.access.actors import Actor
from langso.kernel.journal.epochs import tell_again
from langso.kernel.journal.services import identity
from langso.kernel.link.proving import Ask, same_up_to


def part_from_copy(actor: Actor, ask: Ask, held: Mapping[str, Any]) -> int | None:
    """Part, when the hub holds something of the present epoch that this node did not write.

    `held`: epoch -> `{"upto", "hash"}` as the hub said. Returns how many entries are told again; None when there is no
    need: the hub holds the beginning of this journal, or all of it.
    """
    head = identity()
    upto = int(held.get(head.epoch, {}).get("upto", 0))
    same, _held = same_up_to(ask, head.epoch, min(upto, head.seq))
    if same == upto:
        return None
    return tell_again(actor, after=same)
