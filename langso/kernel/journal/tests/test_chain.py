"""The canonical form is the library's, whichever way it is written; a chain holds whichever way a time was told."""

import hashlib
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.clock import VIET_NAM
from langso.kernel.journal.chain import LARGEST_INTEGER, canonical, link
from langso.kernel.journal.envelope import envelope_here, envelope_of
from langso.kernel.journal.facts import BodyErased
from langso.kernel.journal.models import Entry
from langso.kernel.journal.services import emit, writing
from langso.kernel.journal.verification import verify_journal

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=6), values, max_size=6))
@example({"name": "Lò Văn An", "b": None, "a": [1, True, {"d": '\u2028\x7f\x01\t"\\/'}]})
@example({"é": 1, "z": 2, "\U0001f600": 3, "\ufb33": 4})
@example({"n": LARGEST_INTEGER, "m": -LARGEST_INTEGER})
@example({"n": LARGEST_INTEGER + 1})
@example({"n": 1.0, "m": 1e21})
@example({"s": "\ud800"})
def test_it_is_the_librarys_form_or_refused_as_the_library_refuses(value: dict[str, object]) -> None:
    try:
        expected = rfc8785.dumps(value)
    except Exception as refused:
        with pytest.raises(type(refused)):
            canonical(value)
    else:
        assert canonical(value) == expected


@pytest.mark.django_db
def test_a_moment_that_was_told_in_another_zone_is_the_same_moment() -> None:
    """A demo commune's past and a phone's clock are told in Viet Nam's time; the database gives them back in UTC."""
    morning = datetime(2026, 3, 2, 8, tzinfo=VIET_NAM)
    with writing(), clock.set_to(morning):
        emit(system("03390"), BodyErased(entry_id=uuid4()), occurred_at=morning)
    assert verify_journal() == []


def test_an_envelope_is_hashed_in_the_canonical_form_too() -> None:
    now = datetime(2026, 11, 1, tzinfo=UTC)
    entry = Entry(
        id=uuid4(), node='no"de', epoch="e\\1", seq=7, kind="a.b.c.v1", commitment=b"1" * 32, actor=uuid4(), reach=1,
        recorded_at=now, occurred_at=now,
    )  # fmt: skip
    envelope = envelope_here(envelope_of(entry), 2**52, b"2" * 32)
    assert link(b"0" * 32, envelope) == hashlib.sha256(b"0" * 32 + rfc8785.dumps(envelope)).digest()


@pytest.mark.django_db
def test_a_clock_that_is_a_year_wrong_changes_no_order() -> None:
    """Position and sequence say what came first; a time is only what somebody's clock said."""
    right = datetime(2026, 3, 2, 8, tzinfo=VIET_NAM)
    written = []
    for years in (0, 1, -1, 0):
        with writing(), clock.set_to(right.replace(year=2026 + years)):
            written.append(emit(system("03390"), BodyErased(entry_id=uuid4())))
    entries = Entry.objects.order_by("position")
    assert [entry.pk for entry in entries] == written
    assert [entry.seq for entry in entries] == [1, 2, 3, 4]
    assert verify_journal() == []
