"""What a hub lets a box do with moves: its own ones, once, and nothing that it did not pack or sign."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from langso.kernel.access.actors import system
from langso.kernel.access.scope import commune_scope
from langso.kernel.journal.events import event
from langso.kernel.journal.queries import last_position
from langso.kernel.journal.reading import read_all
from langso.kernel.journal.services import emit, identity, writing
from langso.kernel.journal.verification import verify_journal
from langso.kernel.link import homes, invitations
from langso.kernel.link.keys import own_key
from langso.kernel.link.models import CommuneHome
from langso.kernel.link.signing import public_of
from langso.kernel.link.tests.boxes import Box, joined_box
from langso.kernel.moving import arriving, leaving, tables
from langso.kernel.moving.bundle import Writer, open_bundle
from langso.kernel.moving.gate import CommuneMoving
from langso.kernel.moving.models import Move
from langso.kernel.moving.refusals import BadBundle, MoveUnderWay, NothingMoves, NotHome, OtherVersion, UnknownTarget
from tests.cast import ELSEWHERE, HOME, Cast

pytestmark = pytest.mark.django_db
NODE = system()


@event()
class Noted:
    text: str


@pytest.fixture(autouse=True)
def hub(settings: Settings, tmp_path: Path) -> None:
    settings.ROLE, settings.DATA = "hub", tmp_path


@pytest.fixture
def box(cast: Cast) -> Box:
    """A box of the cast's commune whose records the hub still keeps."""
    made = Box(HOME)
    reply = made.join(invitations.invite(NODE, commune=HOME, keeps_home=True))
    assert reply.status == 200, reply
    return made


@pytest.fixture
def packed(box: Box) -> Move:
    move_id = leaving.close(NODE, commune=HOME, target=box.node)
    while not leaving.is_drained(Move.objects.get(pk=move_id)):
        read_all()
    return leaving.pack(NODE, move_id=move_id)


def taken(box: Box, move: Move, sha256: str = "") -> Any:
    said = json.dumps({"move": str(move.pk), "sha256": sha256 or move.sha256}).encode()
    return box.ask("POST", "/moving/v1/taken", said)


def write_something() -> None:
    with writing():
        emit(system(HOME), Noted(text="somebody wrote"))


def rows_here() -> int:
    return sum(tables.tally(tables.rows_of_commune(model, HOME))["count"] for model in tables.tables())


def test_closed_while_it_moves_and_home_elsewhere_afterwards(box: Box, packed: Move) -> None:
    with commune_scope(HOME), pytest.raises(CommuneMoving):
        write_something()
    assert taken(box, packed).status == 200
    assert homes.home_of(HOME) == box.node
    left = {model._meta.label for model in tables.tables() if any(tables.rows_of_commune(model, HOME))}
    assert left == {"organisations.OrganisationCopy"}, "nothing but copies, made of what travels"
    with commune_scope(HOME), pytest.raises(homes.HomeElsewhere):
        write_something()
    assert taken(box, packed).status == 200, "said twice, done once"
    assert CommuneHome.objects.filter(commune=HOME).count() == 1
    assert verify_journal() == []


def test_the_command_called_again_finds_the_move_done_and_sweeps_up(box: Box, packed: Move) -> None:
    taken(box, packed)
    left = leaving.bundle_place(packed)
    left.touch()  # as a kill between the last commit and the sweeping leaves it
    said, before = io.StringIO(), last_position()
    call_command("commune", "move", HOME, "--to", box.node, stdout=said)
    assert f"{HOME} is at home on {box.node}" in said.getvalue()
    assert (left.exists(), last_position()) == (False, before)
    with pytest.raises(CommandError):
        call_command("commune", "move", HOME, "--to", joined_box(ELSEWHERE).node)


def test_the_home_changes_only_for_the_bundle_that_was_packed(box: Box, packed: Move) -> None:
    assert taken(box, packed, "0" * 64).status == 409
    stranger = joined_box(ELSEWHERE)
    assert taken(stranger, packed).status == 409
    assert stranger.ask("GET", f"/moving/v1/offer?commune={HOME}").status == 204
    assert stranger.ask("GET", f"/moving/v1/bundle?move={packed.pk}").status == 409
    leaving.cancel(NODE, commune=HOME)
    assert taken(box, packed).status == 409
    assert homes.home_of(HOME) == ""
    assert rows_here() > 20


def test_a_move_is_closed_once_and_only_for_a_known_node(box: Box, packed: Move) -> None:
    assert leaving.close(NODE, commune=HOME, target=box.node) == packed.pk
    with pytest.raises(MoveUnderWay):
        leaving.close(NODE, commune=HOME, target=identity().node)
    with pytest.raises(UnknownTarget):
        leaving.close(NODE, commune=ELSEWHERE, target=str(uuid4()))
    taken(box, packed)
    with pytest.raises(NotHome):
        leaving.close(NODE, commune=HOME, target=box.node)
    with pytest.raises(NothingMoves):
        leaving.cancel(NODE, commune=HOME)


def bundle_of(box: Box, place: Path, **said: Any) -> str:
    """A bundle without a row, as a box might make it up."""
    writer = Writer(place)
    for model in tables.tables():
        writer.part(leaving.table_part(model), [])
    told = {"move": str(uuid4()), "commune": HOME, "source": box.node, "target": identity().node} | said
    return writer.finish(box.key, **told)


def test_a_hub_takes_a_commune_only_from_the_box_that_is_its_home(box: Box, tmp_path: Path) -> None:
    before = rows_here()
    for number, said in enumerate(({}, {"target": box.node}, {"source": identity().node}, {"commune": ELSEWHERE})):
        place = tmp_path / f"{number}.bundle"
        bundle_of(box, place, **said)
        with pytest.raises((MoveUnderWay, NotHome, BadBundle)):
            arriving.arrive(NODE, place=place, source=box.node)
    assert rows_here() == before
    assert not Move.objects.exists()


def test_what_is_not_signed_by_a_known_node_or_was_changed_is_refused(box: Box, packed: Move, tmp_path: Path) -> None:
    stranger = Box(HOME)
    bundle_of(stranger, tmp_path / "strange.bundle")
    with pytest.raises(BadBundle):
        arriving.arrive(NODE, place=tmp_path / "strange.bundle")
    with pytest.raises(BadBundle):
        arriving.arrive(NODE, place=Path(__file__))
    changed = tmp_path / "changed.bundle"
    with zipfile.ZipFile(leaving.bundle_place(packed)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace("Lò Văn An".encode(), "Lò Văn Ấn".encode()))
    bundle = open_bundle(changed, [public_of(own_key())])
    with bundle.archive, pytest.raises(BadBundle):
        bundle.prove()


def test_another_form_of_the_tables_is_refused(box: Box, tmp_path: Path) -> None:
    bundle_of(box, tmp_path / "new.bundle", migrations="of next year")
    with pytest.raises(OtherVersion):
        arriving.arrive(NODE, place=tmp_path / "new.bundle")


def test_parts_come_in_order_and_twice_is_once(box: Box) -> None:
    about = f"move={uuid4()}&sha256={'a' * 64}"
    assert box.ask("POST", f"/moving/v1/part?{about}&at=0", b"abc").said == {"have": 3}
    assert box.ask("POST", f"/moving/v1/part?{about}&at=0", b"abc").said == {"have": 3}
    assert box.ask("POST", f"/moving/v1/part?{about}&at=9", b"xyz").status == 409
    assert box.ask("GET", f"/moving/v1/arrival?{about}").said == {"done": False, "have": 3}
    assert box.ask("POST", f"/moving/v1/arrival?{about}").status == 409, "that is no bundle"
    assert box.ask("POST", "/moving/v1/part?move=x&sha256=y&at=0", b"abc").status == 400


def test_wherever_a_bit_turns_the_bundle_is_refused(box: Box, packed: Move, tmp_path: Path) -> None:
    whole, place = leaving.bundle_place(packed).read_bytes(), tmp_path / "turned.bundle"
    refused = 0
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        turned = bytearray(whole)
        turned[at] ^= 1 << at % 8
        place.write_bytes(bytes(turned))
        try:
            bundle = open_bundle(place, [public_of(own_key())])
            with bundle.archive:
                bundle.prove()
                list(bundle.files())
        except BadBundle:
            refused += 1
        else:
            assert bundle.sha256 == packed.sha256, "what was read is what was packed: the bit meant nothing"
    assert refused > 30
