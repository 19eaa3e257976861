"""A list answers what its address asks, whatever the address says."""

import csv
import io
from datetime import UTC, datetime

import django_filters
import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from langso.kernel.journal.models import ParkedEntry, WorkerSign
from langso.kernel.listing import Column, Listing, lists

pytestmark = pytest.mark.django_db


class WorkerFilter(django_filters.FilterSet):
    seen = django_filters.DateFilter(field_name="seen_at", lookup_expr="date")


class WorkerList(Listing[WorkerSign]):
    title = "Người làm"
    columns = (
        Column("worker", "Worker", value=lambda sign: sign.worker, sort="worker", url=lambda sign: f"/{sign.worker}/"),
        Column("seen", "Seen", value=lambda sign: sign.seen_at, sort="seen_at"),
    )
    filterset = WorkerFilter
    search_fields = ("worker",)
    default_sort = "-worker"
    empty = "Nobody works here."
    page_size = 3


@pytest.fixture(autouse=True)
def workers() -> None:
    WorkerSign.objects.bulk_create(
        [WorkerSign(worker=f"tho may {n}", seen_at=datetime(2026, 11, n, tzinfo=UTC)) for n in range(1, 9)]
    )


def asked(query: str) -> WorkerList:
    request: HttpRequest = RequestFactory().get(f"/workers/?{query}")
    return WorkerList(request, WorkerSign.objects.all())


def names(listing: WorkerList) -> list[str]:
    return [cells[0].text for cells in listing.rows]


def test_the_first_page_is_sorted_as_the_list_says() -> None:
    listing = asked("")
    assert names(listing) == ["tho may 8", "tho may 7", "tho may 6"]
    assert (listing.previous_url, listing.next_url) == ("", "/workers/?page=2")
    assert listing.count_text == "8"
    assert [header.direction for header in listing.headers] == ["descending", ""]


def test_pages_follow_each_other_without_gap_or_repetition() -> None:
    assert names(asked("page=1")) + names(asked("page=2")) + names(asked("page=3")) == [
        f"tho may {n}" for n in range(8, 0, -1)
    ]
    assert asked("page=3").next_url == ""
    assert names(asked("page=9")) == []


def test_a_column_sorts_one_way_and_then_the_other() -> None:
    once = asked("q=may&sort=seen&page=2")
    assert names(asked("sort=seen")) == ["tho may 1", "tho may 2", "tho may 3"]
    assert once.headers[1].url == "/workers/?q=may&sort=-seen"
    assert names(asked("sort=-seen"))[0] == "tho may 8"


def test_search_needs_all_words_and_no_diacritics() -> None:
    assert names(asked("q=Thợ+máy+3")) == ["tho may 3"]
    assert names(asked("q=3+tho")) == ["tho may 3"]
    assert asked("q=xyz").is_narrowed
    assert not asked("q=xyz").is_filtered, "a search alone leaves the filters folded on a phone"
    assert asked("q=xyz").count == 0


def test_filters_narrow_and_a_bad_value_finds_nothing_and_says_why() -> None:
    assert names(asked("seen=2026-11-05")) == ["tho may 5"]
    assert asked("seen=2026-11-05").is_filtered
    wrong = asked("seen=yesterday")
    assert names(wrong) == []
    assert wrong.filters is not None
    assert wrong.filters.form.errors["seen"]


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=²", "sort=nothing", "sort=--worker", "q=%00", "page=99999999999999999999"],
)
def test_nonsense_in_the_address_is_harmless(query: str) -> None:
    listing = asked(query)
    assert listing.count <= 8
    assert len(listing.rows) <= 3


def test_counting_stops_where_nobody_reads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "COUNT_UP_TO", 5)
    assert asked("").count == 6
    assert "5" in asked("").count_text
    assert asked("").count_text != "5"


def test_the_file_has_everything_that_was_found_and_no_formulas() -> None:
    WorkerSign.objects.create(worker="=1+1 may", seen_at=datetime(2026, 11, 9, tzinfo=UTC))
    answer = asked("q=may&format=csv&page=2").respond("never used")
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Worker", "Seen"]
    assert len(rows) == 10
    assert ["'=1+1 may", "2026-11-09 07:00"] in rows
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert 'filename="nguoi-lam-' in answer["Content-Disposition"]


def test_a_page_costs_two_queries(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    listing = asked("q=may")
    with django_assert_max_num_queries(2):
        assert listing.rows
        assert listing.count


def test_an_empty_list_is_not_narrowed() -> None:
    class Parked(Listing[ParkedEntry]):
        columns = (Column("listener", "Listener", value=lambda row: row.listener),)

    listing = Parked(RequestFactory().get("/"), ParkedEntry.objects.all())
    assert (listing.rows, listing.count, listing.is_narrowed, listing.can_search) == ([], 0, False, False)
