"""The node that a commune leaves: close it, let the listeners finish, pack everything, and, once, let it go."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.access.scope import every_commune
from langso.kernel.files import contents
from langso.kernel.files.models import StoredFile
from langso.kernel.ids import new_id
from langso.kernel.journal.history import history_of, last_about, parked_about, strip_history, tell_copies
from langso.kernel.journal.queries import last_position, listeners_are_past
from langso.kernel.journal.services import emit, identity, service
from langso.kernel.link import homes
from langso.kernel.link.keys import own_key
from langso.kernel.link.models import Node, NodeState, Uplink
from langso.kernel.moving import accounts, tables
from langso.kernel.moving.access import can_move
from langso.kernel.moving.bundle import Writer, entry_to_json
from langso.kernel.moving.events import CommuneClosed, CommuneLeft, MoveCancelled
from langso.kernel.moving.models import Move, open_move
from langso.kernel.moving.refusals import (
    MoveUnderWay,
    NothingMoves,
    NotHome,
    ParkedFirst,
    StillHearing,
    UnknownTarget,
)

JOURNAL: Final = "journal"


def table_part(model: Any) -> str:
    return f"tables/{model._meta.label}"


def account_part(model: Any) -> str:
    return f"accounts/{model._meta.label}"


def bundle_place(move: Move) -> Path:
    return Path(settings.DATA) / "moves" / f"{move.pk}.bundle"


def sweep(move: Move) -> None:
    """Take away bundles of a move that is over: whoever is killed in the last moment leaves one lying."""
    for file in bundle_place(move).parent.glob(f"{move.pk}.*"):
        file.unlink(missing_ok=True)


@service
def close(actor: Actor, *, commune: str, target: str) -> UUID:
    """Close a commune for writing, because it moves to another node; returns the move's id, also of one under way.

    Raises `NotHome`, `UnknownTarget`, `MoveUnderWay` (to another node).
    """
    require(can_move(actor), actor)
    move = open_move(commune)
    if move is not None:
        if (move.way, move.target) != (Move.Way.LEAVING, target):
            raise MoveUnderWay()
        return move.pk
    if not homes.homes_now()(commune):
        raise NotHome()
    if target == identity().node or not _is_known(target):
        raise UnknownTarget()
    move = Move.objects.create(
        id=new_id(),
        way=Move.Way.LEAVING,
        state=Move.State.DRAINING,
        commune=commune,
        source=identity().node,
        target=target,
        started_at=clock.now(),
    )
    emit(actor, CommuneClosed(move_id=move.pk, commune=commune, target=target))
    return move.pk


def _is_known(node: str) -> bool:
    if Uplink.objects.filter(hub=node, state=NodeState.ACTIVE).exists():
        return True
    return Node.objects.filter(pk=node, state=NodeState.ACTIVE).exists()


def is_drained(move: Move) -> bool:
    """Whether every listener has digested what was written about the commune. Raises `ParkedFirst`."""
    if parked_about(move.commune):
        raise ParkedFirst()
    return listeners_are_past(last_about(move.commune))


@transaction.atomic
def pack(actor: Actor, *, move_id: UUID) -> Move:
    """Write the bundle of a drained move and close the commune for listeners too. Doing it again writes it anew.

    Everything is read inside one transaction, so that the bundle is one moment: what its journal holds was heard here,
    and what comes later is heard at the new home. Raises `NothingMoves`, `StillHearing`.
    """
    require(can_move(actor), actor)
    move = Move.objects.select_for_update().filter(pk=move_id).first()
    if move is None or move.state not in (Move.State.DRAINING, Move.State.PACKED):
        raise NothingMoves()
    position = move.position or last_position()
    if move.state == Move.State.DRAINING and not is_drained(move):
        raise StillHearing()
    Move.objects.filter(pk=move_id).update(state=Move.State.PACKED)
    place = bundle_place(move)
    writer = Writer(place.with_suffix(".part"))
    rows = _write(writer, move.commune, position)
    sha256 = writer.finish(
        own_key(),
        move=str(move.pk),
        commune=move.commune,
        source=move.source,
        target=move.target,
        packed_at=clock.now().isoformat(),
    )
    writer.place.replace(place)
    Move.objects.filter(pk=move_id).update(sha256=sha256, size=place.stat().st_size, rows=rows, position=position)
    move.refresh_from_db()
    return move


def _write(writer: Writer, commune: str, position: int) -> int:
    count, persons, named = 0, set[UUID](), set[UUID]()
    for model in tables.tables():
        rows = _watched(tables.rows_of_commune(model, commune), persons, named)
        count += writer.part(table_part(model), rows)
    concerned = accounts.accounts_of(commune, persons=persons, accounts=named)
    for each in accounts.TABLES:
        count += writer.part(account_part(each), accounts.account_rows(each, commune, concerned))
    count += writer.part(JOURNAL, map(entry_to_json, history_of(commune, upto=position)))
    for sha256 in files_of(commune):
        writer.file(sha256, contents.read(sha256))
    return count


def _watched(rows: Iterable[tables.Row], persons: set[UUID], named: set[UUID]) -> Iterable[tables.Row]:
    """The rows as they go by; their ids, and the accounts that they name, are remembered."""
    for row in rows:
        if isinstance(row.get("id"), str):
            persons.add(UUID(row["id"]))
        if row.get("account_id"):
            named.add(UUID(row["account_id"]))
        yield row


def files_of(commune: str) -> list[str]:
    with every_commune("the commune that moves is named"):
        rows = StoredFile.objects.filter(commune=commune).values_list("sha256", "thumb")
        return sorted({name for row in rows for name in row if name})


@service
def let_go(actor: Actor, *, move_id: UUID, sha256: str) -> Move:
    """Make the other node the commune's home, once, and take what is personal out of this one.

    `sha256` is what the other node holds: it must be what was packed. Doing it again changes nothing. Raises
    `NothingMoves`.
    """
    require(can_move(actor), actor)
    move = Move.objects.filter(pk=move_id, way=Move.Way.LEAVING, sha256=sha256).first()
    if move is None or not sha256:
        raise NothingMoves()
    claimed = Move.objects.filter(pk=move_id, state=Move.State.PACKED, sha256=sha256).update(
        state=Move.State.DONE, ended_at=clock.now()
    )
    if claimed:
        homes.set_home(actor, commune=move.commune, node=move.target)
        _clear(move)
        emit(
            actor,
            CommuneLeft(move_id=move.pk, commune=move.commune, target=move.target, sha256=sha256, rows=move.rows),
        )
    elif move.state != Move.State.DONE:
        raise NothingMoves()
    move.refresh_from_db()
    return move


def _clear(move: Move) -> None:
    """Nothing personal stays where the commune is not at home: its rows go; copies are made anew from what travels."""
    persons, named = set[UUID](), set[UUID]()
    for model in tables.tables():
        for _row in _watched(tables.rows_of_commune(model, move.commune), persons, named):
            pass
    concerned = accounts.accounts_of(move.commune, persons=persons, accounts=named)
    for sha256 in files_of(move.commune):
        transaction.on_commit(lambda sha256=sha256: contents.drop_unless_named(sha256))  # type: ignore[misc]
    tables.remove(move.commune)
    accounts.forget_accounts(move.commune, concerned)
    strip_history(move.commune, upto=move.position)
    tell_copies(move.commune, upto=move.position)
    transaction.on_commit(lambda: sweep(move))


@service
def cancel(actor: Actor, *, commune: str) -> None:
    """Let the commune stay where it is. Raises `NothingMoves`; a move that is done cannot be cancelled."""
    require(can_move(actor), actor)
    move = open_move(commune)
    if move is None:
        raise NothingMoves()
    Move.objects.filter(pk=move.pk, state=move.state).update(state=Move.State.CANCELLED, ended_at=clock.now())
    if move.way == Move.Way.ARRIVING:
        tables.remove(commune)
        tell_copies(commune, upto=last_position())
    emit(actor, MoveCancelled(move_id=move.pk, commune=commune))
    transaction.on_commit(lambda: sweep(move))
