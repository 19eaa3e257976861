"""The measured records are what the diary itself writes."""

from langso.kernel.journal.events import from_body, to_body
from tests.load.diary import KINDS, Diary


def test_every_body_is_the_one_that_the_journal_would_hold() -> None:
    records = list(Diary().records(500))
    assert {record["kind"] for record in records} == {kind for kind, _weight in KINDS}
    for record in records:
        assert to_body(from_body(record["kind"], record["body"])) == record["body"]


def test_the_same_seed_draws_the_same_records_and_another_draws_others() -> None:
    assert list(Diary().records(50)) == list(Diary().records(50))
    assert list(Diary().records(50)) != list(Diary(7).records(50))
