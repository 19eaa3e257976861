"""What the journal promises to those who write, read and check it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
import time_machine

from langso.kernel.access.actors import Actor, Membership, Role, system
from langso.kernel.access.require import NotAllowed
from langso.kernel.access.scope import commune_scope
from langso.kernel.errors import Invalid
from langso.kernel.journal import parking, reading
from langso.kernel.journal.erasure import erase_body
from langso.kernel.journal.events import Reach, event, from_body, to_body
from langso.kernel.journal.listeners import LISTENERS, Heard, Listener
from langso.kernel.journal.models import Cursor, Entry, ParkedEntry
from langso.kernel.journal.queries import last_position, listener_cards, parked_cards
from langso.kernel.journal.services import EmittedOutsideService, emit, service, writing
from langso.kernel.journal.verification import verify_journal

pytestmark = pytest.mark.django_db


@event()
class Noted:
    text: str
    amount: Decimal = Decimal("1.50")
    day: date = date(2026, 11, 21)


@event(reach=Reach.PROVINCE)
class Published:
    thing_id: UUID


OPERATOR = Actor(account_id=uuid4(), name="Oanh", commune="03390", memberships=(Membership(Role.OPERATOR, uuid4()),))


@pytest.fixture
def listeners() -> Iterator[dict[str, Listener]]:
    """No listeners but those a test registers itself."""
    known = dict(LISTENERS)
    LISTENERS.clear()
    yield LISTENERS
    LISTENERS.clear()
    LISTENERS.update(known)


def write(*facts: object) -> None:
    with writing():
        for fact in facts:
            emit(system("03390"), fact)


def listen(hear, *kinds: str) -> Listener:  # type: ignore[no-untyped-def]
    listener = Listener(f"tests.{hear.__name__}", kinds, hear)
    LISTENERS[listener.name] = listener
    return listener


NOTED, PUBLISHED = "kernel.journal.tests.noted.v1", "kernel.journal.tests.published.v1"


def test_an_entry_says_who_what_when_and_where() -> None:
    helper = Actor(account_id=uuid4(), person_id=uuid4(), name="Giang", commune="03390", assisting=True)
    with writing():
        entry_id = emit(helper, Noted(text="xin chào"), reason="vì bận")
    entry = Entry.objects.get(pk=entry_id)
    assert (entry.kind, entry.commune, entry.position, entry.seq) == (NOTED, "03390", 1, None)
    assert (entry.actor, entry.on_behalf_of, entry.actor_name) == (helper.account_id, helper.person_id, "Giang")
    assert entry.body == {"text": "xin chào", "amount": "1.50", "day": "2026-11-21"}
    assert entry.reason == "vì bận"
    assert from_body(entry.kind, entry.body) == Noted(text="xin chào")


def test_bodies_are_read_back_as_they_were_written() -> None:
    fact = Published(thing_id=uuid4())
    assert from_body(PUBLISHED, to_body(fact)) == fact
    with pytest.raises(KeyError):
        from_body("kernel.journal.tests.published.v9", to_body(fact))


def test_only_what_travels_has_a_sequence_and_it_has_no_gaps() -> None:
    write(Noted(text="1"), Published(thing_id=uuid4()), Noted(text="2"), Published(thing_id=uuid4()))
    assert list(Entry.objects.order_by("position").values_list("position", "seq")) == [
        (1, None),
        (2, 1),
        (3, None),
        (4, 2),
    ]
    assert verify_journal() == []


def test_a_failed_act_leaves_nothing() -> None:
    @service
    def fail(actor: Actor) -> None:
        emit(actor, Noted(text="never"))
        raise Invalid("no")

    with pytest.raises(Invalid):
        fail(system("03390"))
    assert last_position() == 0
    assert not Entry.objects.exists()


def test_a_failed_inner_act_that_was_caught_leaves_only_the_outer_one() -> None:
    @service
    def inner(actor: Actor) -> None:
        emit(actor, Noted(text="inner"))
        raise Invalid("no")

    with writing():
        emit(system("03390"), Noted(text="before"))
        with pytest.raises(Invalid):
            inner(system("03390"))
        emit(system("03390"), Noted(text="after"))
    assert [entry.body["text"] for entry in Entry.objects.order_by("position")] == ["before", "after"]


def test_emit_belongs_into_a_service() -> None:
    with pytest.raises(EmittedOutsideService):
        emit(system("03390"), Noted(text="loose"))


def test_reach_can_be_narrowed_but_not_widened() -> None:
    with writing():
        emit(system("03390"), Published(thing_id=uuid4()), reach=Reach.HERE)
        with pytest.raises(ValueError, match="PROVINCE"):
            emit(system("03390"), Published(thing_id=uuid4()), reach=Reach.PUBLIC)
    assert Entry.objects.get().seq is None


def test_listeners_hear_their_kinds_in_order_with_the_commune_open(listeners: dict[str, Listener]) -> None:
    heard: list[tuple[str, str]] = []

    def note(entry: Heard[Noted]) -> None:
        heard.append((entry.fact.text, entry.commune))

    listen(note, NOTED)
    write(Noted(text="a"), Published(thing_id=uuid4()), Noted(text="b"))
    assert reading.read_all() == 2
    assert reading.read_all() == 0
    assert heard == [("a", "03390"), ("b", "03390")]


def test_a_failing_entry_is_tried_again_then_parked_and_the_others_go_on(listeners: dict[str, Listener]) -> None:
    heard: list[str] = []
    broken = True

    def picky(entry: Heard[Noted]) -> None:
        if entry.fact.text == "bad" and broken:
            raise RuntimeError("cannot digest")
        heard.append(entry.fact.text)

    def easy(entry: Heard[Noted]) -> None:
        pass

    listen(picky, NOTED)
    listen(easy, NOTED)
    write(Noted(text="a"), Noted(text="bad"), Noted(text="c"))
    with time_machine.travel(datetime(2026, 11, 21, 8, tzinfo=UTC), tick=False) as clock:
        for _ in range(reading.ATTEMPTS):
            reading.read_all()
            clock.shift(timedelta(seconds=10))
        reading.read_all()
    assert heard[0] == "a"
    assert heard[-1] == "c"
    assert Cursor.objects.get(listener="tests.easy").position == 3
    (card,) = parked_cards()
    assert (card.listener, card.position, card.attempts) == ("tests.picky", 2, reading.ATTEMPTS)
    assert "cannot digest" in card.error

    with pytest.raises(parking.StillFails):
        parking.retry_parked(OPERATOR, parked_id=card.id)
    broken = False
    parking.retry_parked(OPERATOR, parked_id=card.id)
    assert "bad" in heard
    assert parked_cards() == []
    with pytest.raises(parking.AlreadySettled):
        parking.retry_parked(OPERATOR, parked_id=card.id)


def test_setting_a_parked_entry_aside_needs_an_operator_and_a_reason(listeners: dict[str, Listener]) -> None:
    write(Noted(text="a"))
    parked = ParkedEntry.objects.create(
        listener="tests.gone", entry=Entry.objects.get(), error="x", attempts=3, parked_at=datetime.now(UTC)
    )
    with pytest.raises(NotAllowed):
        parking.dismiss_parked(Actor(account_id=uuid4(), commune="03390"), parked_id=parked.id, reason="x")
    with pytest.raises(Invalid):
        parking.dismiss_parked(OPERATOR, parked_id=parked.id, reason=" ")
    with pytest.raises(parking.ListenerGone):
        parking.retry_parked(OPERATOR, parked_id=parked.id)
    parking.dismiss_parked(OPERATOR, parked_id=parked.id, reason="entered by hand")
    assert Entry.objects.order_by("-position")[0].reason == "entered by hand"


def test_a_listener_far_behind_other_kinds_saves_its_way(listeners: dict[str, Listener], monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(reading, "SKIP_SAVED_EVERY", 2)

    def note(entry: Heard[Noted]) -> None:
        raise AssertionError

    listen(note, NOTED)
    write(Published(thing_id=uuid4()), Published(thing_id=uuid4()))
    reading.read_all()
    assert Cursor.objects.get().position == 2
    assert listener_cards()[0].behind == 0


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"body": {"text": "forged"}}, "body"),
        ({"actor": uuid4()}, "envelope"),
        ({"commune": "03405"}, "envelope"),
        ({"chain": bytes(32)}, "envelope"),
        ({"travel_chain": b"1" * 32}, "travels"),
    ],
)
def test_verification_finds_what_was_changed(change: dict[str, object], what: str) -> None:
    write(Noted(text="a"), Published(thing_id=uuid4()), Noted(text="c"))
    Entry.objects.filter(position=2).update(**change)
    faults = verify_journal()
    assert faults
    assert faults[0].position == 2
    assert any(what in fault.what for fault in faults)


def test_verification_finds_what_was_taken_out() -> None:
    write(Noted(text="a"), Noted(text="b"), Noted(text="c"))
    Entry.objects.filter(position=3).delete()
    assert "head" in verify_journal()[0].what
    Entry.objects.filter(position=2).delete()
    assert verify_journal()


def test_an_erased_body_leaves_a_chain_that_verifies() -> None:
    with writing():
        entry_id = emit(OPERATOR, Noted(text="personal"), reason="personal too")
    write(Noted(text="b"))
    assert erase_body(OPERATOR, entry_id=entry_id, reason="asked for")
    assert not erase_body(OPERATOR, entry_id=entry_id, reason="again")
    erased = Entry.objects.get(pk=entry_id)
    assert (erased.body, erased.reason, erased.actor_name) == ({"erased": True}, "", "")
    assert verify_journal() == []
    with pytest.raises(NotAllowed):
        erase_body(Actor(account_id=uuid4(), commune="03390"), entry_id=entry_id, reason="no")


def test_entries_of_two_communes_share_one_journal() -> None:
    write(Noted(text="a"))
    with commune_scope("03405"), writing():
        emit(system("03405"), Noted(text="b"))
    assert list(Entry.objects.order_by("position").values_list("commune", flat=True)) == ["03390", "03405"]
