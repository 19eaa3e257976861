"""Keeping copies of lots at a node where they are not at home, from what their own node told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.journal.events import to_body
from langso.kernel.journal.services import service
from langso.kernel.text import Translated, fold
from langso.trade.trace.events import (
    LotFacts,
    LotHeld,
    LotQuantity,
    LotReleased,
    LotsMerged,
    LotSplit,
    LotsProcessed,
)
from langso.trade.trace.models import ActCopy, ActLine, HoldCopy, Kind, LotCopy

Act = LotSplit | LotsMerged | LotsProcessed


@service
def keep_lot_copy(
    actor: Actor, *, facts: LotFacts, told: dict[str, Any], told_at: datetime, issued: bool = False, withdrawn: str = ""
) -> None:
    """Write down what a lot of the open commune is now. `told`: the facts as JSON; `issued`: it became public then."""
    require(actor.is_system, actor)
    name = Translated.from_json(facts.product_name)
    said: dict[str, Any] = {
        "code": facts.code,
        "product_name": name,
        "search_text": fold(" ".join((facts.code, *name.texts(), facts.keeper)))[:400],
        "keeper": facts.keeper[:160],
        "facts": told,
        "state": facts.state,
        "produced_date": facts.produced_date,
        "told_at": told_at,
    }
    if issued:
        said["issued_at"] = told_at
    if withdrawn:
        said["withdrawn_reason"] = withdrawn[:300]
    LotCopy.objects.update_or_create(pk=facts.lot_id, defaults=said)


@service
def keep_act_copy(actor: Actor, *, act: Act, told_at: datetime) -> None:
    """Write down an act that turned lots of the open commune into others, and the lots that it made."""
    require(actor.is_system, actor)
    told = to_body(act)
    taken: Sequence[LotQuantity] = (act.taken,) if isinstance(act, LotSplit) else act.taken
    made: Sequence[LotFacts] = (act.made,) if isinstance(act, LotsMerged) else act.made
    told_made = [told["made"]] if isinstance(act, LotsMerged) else told["made"]
    row, _is_new = ActCopy.objects.update_or_create(
        pk=act.transformation_id,
        defaults={
            "kind": _kind(act),
            "done_date": act.done_date,
            "taken": [told["taken"]] if isinstance(act, LotSplit) else told["taken"],
            "made": [{"code": facts.code, "quantity": str(facts.quantity), "unit": facts.unit} for facts in made],
            "told": {name: told[name] for name in ("note", "lost", "unaccounted", "unit") if name in told},
        },
    )
    ActLine.objects.filter(act=row).delete()
    lines = [(each.lot_id, False) for each in taken] + [(facts.lot_id, True) for facts in made]
    ActLine.objects.bulk_create([ActLine(act=row, lot_id=lot_id, is_made=is_made) for lot_id, is_made in lines])
    for facts, said in zip(made, told_made, strict=True):
        keep_lot_copy(actor, facts=facts, told=said, told_at=told_at)


@service
def keep_hold_copy(actor: Actor, *, told: LotHeld | LotReleased, told_at: datetime) -> None:
    """Write down that a lot of the open commune is held, or was let go."""
    require(actor.is_system, actor)
    if isinstance(told, LotHeld):
        said: dict[str, Any] = {"lot_id": told.lot_id, "reason": told.reason[:300], "held_at": told_at}
    else:
        said = {"lot_id": told.lot_id, "released_at": told_at, "release_reason": told.reason[:300]}
    HoldCopy.objects.update_or_create(
        pk=told.hold_id, defaults=said, create_defaults={"reason": "", "held_at": told_at, **said}
    )


def _kind(act: Act) -> str:
    if isinstance(act, LotsProcessed):
        return act.kind
    return Kind.SPLIT if isinstance(act, LotSplit) else Kind.MERGE
