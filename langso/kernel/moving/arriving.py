"""The node at which a commune arrives: unpack everything in one transaction and prove that it is what was sent."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import connection

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.files import contents
from langso.kernel.journal import backlog
from langso.kernel.journal.history import AT_ONCE, let_wishes_wait, take_history
from langso.kernel.journal.reading import hear_entry, let_nobody_hear
from langso.kernel.journal.services import emit, identity, service
from langso.kernel.link import homes
from langso.kernel.link.down import read_again
from langso.kernel.link.models import NodeKey, Received, Uplink
from langso.kernel.moving import accounts, tables
from langso.kernel.moving.access import can_move
from langso.kernel.moving.bundle import Bundle, entry_from_json, open_bundle
from langso.kernel.moving.events import CommuneUnpacked
from langso.kernel.moving.leaving import JOURNAL, account_part, table_part
from langso.kernel.moving.models import Move, open_move
from langso.kernel.moving.refusals import BadBundle, MoveUnderWay, NothingMoves, NotHome, NotTheSame

HERE: Final = Move.Way.ARRIVING


def arrive(actor: Actor, *, place: Path, source: str = "") -> Move:
    """Unpack a bundle. A hub is the commune's home at once; a box waits for the hub's word. Again: changes nothing.

    `source` is the node that brings it, where that is known. It must be the commune's home until now.
    Raises `BadBundle`, `OtherVersion`, `MoveUnderWay`, `AccountClash`, `NotTheSame`; then nothing was kept.
    """
    require(can_move(actor), actor)
    bundle = open_bundle(place, known_keys())
    with bundle.archive:
        if source not in ("", bundle.manifest["source"]):
            raise BadBundle()
        known = Move.objects.filter(pk=UUID(bundle.manifest["move"]), sha256=bundle.sha256).first()
        if known is not None and known.state != Move.State.CANCELLED:
            return known
        bundle.prove()
        for content in bundle.files():
            contents.keep(content)  # before the rows that name them
        move = _unpack(actor, bundle)
    if move.state == Move.State.DONE:
        backlog.try_again(hear_entry)
    return move


def known_keys() -> list[bytes]:
    """The keys of the nodes that this one trusts: at a hub its boxes', at a box its hub's."""
    boxes = NodeKey.objects.filter(revoked_at=None).values_list("public", flat=True)
    return [bytes(key) for key in (*boxes, *Uplink.objects.values_list("hub_key", flat=True))]


@service
def _unpack(actor: Actor, bundle: Bundle) -> Move:
    said = bundle.manifest
    commune, move_id = said["commune"], UUID(said["move"])
    let_nobody_hear()
    if said["target"] != identity().node:
        raise BadBundle()
    if homes.homes_now()(commune) or open_move(commune) is not None:
        raise MoveUnderWay()
    if homes.is_hub() and homes.home_of(commune) != said["source"]:
        raise NotHome()
    Move.objects.filter(pk=move_id, state=Move.State.CANCELLED).delete()
    tables.remove(commune)
    rows = sum(tables.store(model, bundle.rows(table_part(model))) for model in tables.tables())
    rows += sum(accounts.store_accounts(model, list(bundle.rows(account_part(model)))) for model in accounts.TABLES)
    rows += (journal := _unpack_journal(bundle)).count
    if homes.is_hub():
        let_wishes_wait(commune, heard=journal.wishes)
    connection.check_constraints()
    _compare(bundle, commune)
    return _note(actor, bundle, rows)


@dataclass(slots=True)
class _Journal:
    """What a bundle's journal was: how many entries, and the wishes among them, which the former home has heard."""

    count: int = 0
    wishes: set[UUID] = field(default_factory=set)


def _unpack_journal(bundle: Bundle) -> _Journal:
    batch, told = [], _Journal()
    for row in bundle.rows(JOURNAL):
        entry = entry_from_json(row)
        batch.append(entry)
        told.count += 1
        if entry["to"]:
            told.wishes.add(entry["id"])
        if len(batch) == AT_ONCE:
            take_history(batch)
            batch = []
    take_history(batch)
    return told


def _compare(bundle: Bundle, commune: str) -> None:
    """What stands in the tables now, table by table, is what the manifest counted and hashed where it left."""
    parts: dict[str, dict[str, Any]] = bundle.manifest["parts"]
    for model in tables.tables():
        if tables.tally(tables.rows_of_commune(model, commune)) != parts[table_part(model)]:
            raise NotTheSame(f"{NotTheSame.message} ({model._meta.label})")


def _note(actor: Actor, bundle: Bundle, rows: int) -> Move:
    said, is_hub, now = bundle.manifest, homes.is_hub(), clock.now()
    move = Move.objects.create(
        id=UUID(said["move"]),
        way=HERE,
        state=Move.State.DONE if is_hub else Move.State.UNPACKED,
        commune=said["commune"],
        source=said["source"],
        target=said["target"],
        sha256=bundle.sha256,
        rows=rows,
        started_at=now,
        ended_at=now if is_hub else None,
    )
    emit(
        actor,
        CommuneUnpacked(move_id=move.pk, commune=move.commune, source=move.source, sha256=move.sha256, rows=rows),
    )
    if is_hub:
        # What the box wrote until now counts, also what is still on its way.
        last = Received.objects.filter(node=move.source).order_by("-started_at").first()
        homes.set_home(
            actor,
            commune=move.commune,
            node=move.target,
            to_epoch=last.epoch if last else "",
            to_seq=last.upto if last else None,
        )
    return move


@service
def become_home(actor: Actor, *, move_id: UUID, sha256: str) -> None:
    """The hub has said that this node is the commune's home: open it for writing. Again: changes nothing."""
    require(can_move(actor), actor)
    move = Move.objects.filter(pk=move_id, way=HERE, sha256=sha256).first()
    if move is None or move.state == Move.State.CANCELLED:
        raise NothingMoves()
    claimed = Move.objects.filter(pk=move_id, state=Move.State.UNPACKED).update(
        state=Move.State.DONE, ended_at=clock.now()
    )
    if claimed:
        homes.set_home(actor, commune=move.commune, node=identity().node)
        read_again()
