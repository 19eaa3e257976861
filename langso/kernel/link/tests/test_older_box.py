"""A box three versions behind still syncs: its batch was recorded and must be read for as long as `/link/v1/` is.

`recorded/three_versions_behind.batch` holds five entries as a box sent them: the kind `farm.weighing.weighed` in the
versions 1, 2 and 3, each with other fields, and a kind that no program knows any more.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from langso.kernel.access.actors import system
from langso.kernel.journal import events, reading
from langso.kernel.journal.catching_up import take_up_known
from langso.kernel.journal.events import Reach, all_versions, event, upcast
from langso.kernel.journal.listeners import LISTENERS, Listener
from langso.kernel.journal.models import Entry, Unheard
from langso.kernel.journal.verification import verify_journal
from langso.kernel.link import invitations
from langso.kernel.link.tests.boxes import Box
from langso.kernel.link.wire.batch import unpack_batch

pytestmark = pytest.mark.django_db

RECORDED = Path(__file__).parent / "recorded" / "three_versions_behind.batch"
WEIGHED, LENT = "farm.weighing.weighed.v4", "farm.weighing.scale_lent.v1"


@event(version=4, reach=Reach.PROVINCE)
class Weighed:
    crop: str
    quantity: Decimal
    unit: str
    moisture_percent: int | None


@pytest.fixture
def program_of_today(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """A program that writes version 4, lifts the others to it, and hears them all."""
    kinds, lifts, listeners = dict(events.KINDS), dict(events._UPCASTS), dict(LISTENERS)
    events.KINDS[WEIGHED] = Weighed
    upcast("farm.weighing.weighed.v1")(lambda body: {"crop": body["crop"], "kilograms": str(body["kilos"])})
    upcast("farm.weighing.weighed.v2")(lambda body: {"crop": body["crop"], "quantity": body["kilograms"], "unit": "KG"})
    upcast("farm.weighing.weighed.v3")(lambda body: {**body, "moisture_percent": None})
    heard: list[Any] = []
    LISTENERS["tests.today"] = Listener("tests.today", all_versions(WEIGHED), heard.append, copies=True)
    yield heard
    for here, before in ((events.KINDS, kinds), (events._UPCASTS, lifts), (LISTENERS, listeners)):
        here.clear()  # type: ignore[attr-defined]
        here.update(before)  # type: ignore[attr-defined]


def test_what_an_older_box_sends_is_kept_as_it_was_and_heard_in_todays_form(
    program_of_today: list[Any], settings: Settings
) -> None:
    settings.ROLE = "hub"
    box = Box("03390", node="recorded-box", epoch="recorded-epoch")
    box.join(invitations.invite(system(), commune="03390"))
    assert box.ask("POST", "/link/v1/journal", RECORDED.read_bytes()).said == {"upto": 5}
    while reading.read_all():
        pass
    assert [(fact.crop, fact.quantity, fact.unit) for fact in (heard.fact for heard in program_of_today)] == [
        ("dong", Decimal(12), "KG"),
        ("dong", Decimal("12.5"), "KG"),
        ("dong", Decimal("13.5"), "KG"),
        ("ngô", Decimal(40), "KG"),
    ]
    assert Entry.objects.get(seq=1, foreign=True).body == {"crop": "dong", "kilos": 12}
    assert list(Unheard.objects.values_list("kind", flat=True)) == [LENT]
    assert verify_journal() == []

    # A later program knows the kind again; what it says is lifted to today's form.
    upcast(LENT)(lambda body: {"crop": body["to"], "quantity": "0", "unit": "KG", "moisture_percent": None})
    events.KINDS["farm.weighing.scale_lent.v2"] = Weighed
    LISTENERS["tests.today"] = Listener("tests.today", (*all_versions(WEIGHED), LENT), program_of_today.append, True)
    assert take_up_known() == 1
    while reading.read_all():
        pass
    assert [heard.fact.crop for heard in program_of_today] == ["dong", "dong", "dong", "ngô", "Tổ 2"]


def test_the_recorded_bytes_are_read_as_they_were_written() -> None:
    batch = unpack_batch(RECORDED.read_bytes())
    assert (batch.node, batch.epoch, batch.first, batch.end) == ("recorded-box", "recorded-epoch", 1, 5)
    assert [entry.kind.rpartition(".")[2] for entry in batch.entries] == ["v1", "v2", "v3", "v1", "v1"]
    assert batch.entries[3].body == {"to": "Tổ 2", "until": "2026-11-21"}
    assert batch.last.hex() == "200f2ea9a11cdd1ca9067e24230ae5ac49dbd5e4303eba0e96981e987ba8fa9d"
