"""Lists over the search index: the same rows, order and pages, few matches or many. Files stand in for any table."""

from dataclasses import replace

import django_filters
import pytest
from django.db import connection
from django.test import RequestFactory

from langso.kernel import clock
from langso.kernel.access.scope import commune_scope
from langso.kernel.files.models import StoredFile
from langso.kernel.listing import Column, Listing
from langso.kernel.search import queries, rules, services

pytestmark = pytest.mark.django_db
KIND = "listing.test"
FAMILIES = ("Nguyễn", "Lò", "Vàng", "Giàng")


class SizeFilter(django_filters.FilterSet):
    small = django_filters.NumberFilter(field_name="size", lookup_expr="lt")


class PaperList(Listing[StoredFile]):
    columns = (
        Column("name", "Name", value=lambda row: row.name, sort="name"),
        Column("public", "Public", value=lambda row: row.public_at, sort="public_at"),
    )
    filterset = SizeFilter
    search_kind = KIND
    search_sort = "name"
    default_sort = "name"
    page_size = 20


def papers(numbers: range) -> list[StoredFile]:
    made = [
        StoredFile(
            sha256=f"{number:064x}", name=f"{FAMILIES[number % 4]} Văn {number:05d}", size=number, kept_at=clock.now()
        )
        for number in numbers
    ]
    StoredFile.objects.bulk_create(made)
    services.put_many(kind=KIND, documents=[services.Document(row.pk, row.name, row.name) for row in made])
    return made


@pytest.fixture
def few() -> list[StoredFile]:
    return papers(range(100))


@pytest.fixture(params=[rules.SORTED, rules.FEW], ids=["sorted by their documents", "walked"])
def many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[StoredFile]:
    """More than are looked up one by one, on either side of what is sorted by the documents."""
    monkeypatch.setattr(queries, "MOST", replace(queries.MOST, sorted=request.param))
    made = papers(range(rules.FEW + 200))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_searchdocument")
    return made


def asked(query: str) -> PaperList:
    return PaperList(RequestFactory().get(f"/papers/?{query}"), StoredFile.objects.all())


def numbers(listing: PaperList) -> list[int]:
    return [int(cells[0].text.split()[-1]) for cells in listing.rows]


def test_few_matches_are_sorted_paged_and_counted(few: list[StoredFile]) -> None:
    assert numbers(asked("q=lo")) == list(range(1, 80, 4))
    last = asked("q=van+LO&page=2")
    assert numbers(last) == [81, 85, 89, 93, 97]
    assert (last.count, last.next_url) == (25, "")
    assert numbers(asked("q=lo&sort=-name")) == list(range(97, 20, -4))
    assert numbers(asked("q=lo&small=30")) == [1, 5, 9, 13, 17, 21, 25, 29]
    assert numbers(asked("q=lo&page=3")) == []
    assert asked("q=nobody").count == 0


def test_many_matches_are_sorted_paged_and_counted(many: list[StoredFile]) -> None:
    assert asked("q=van").count == 501
    assert "500" in asked("q=van").count_text
    assert numbers(asked("q=nguyen+van"))[:3] == [0, 4, 8]
    assert numbers(asked("q=van&small=3000&page=2"))[0] == 3 + 4 * 20
    assert asked("q=van&small=30").count == 30
    assert asked("q=van&small=400&page=2").count == 400
    assert asked("q=van&small=900&page=46").count == 501
    assert numbers(asked("q=van&small=900&page=46")) == []
    in_pages = [number for page in range(1, 4) for number in numbers(asked(f"q=v&page={page}&small=50"))]
    assert sorted(in_pages) == list(range(50))


def test_many_matches_downwards_by_another_column_and_far_down(many: list[StoredFile]) -> None:
    assert numbers(asked("q=van&sort=-name"))[:3] == [3198, 3194, 3190]
    assert len(numbers(asked("q=van&sort=public"))) == 20
    assert numbers(asked("q=van&page=40"))[-1] == 3199, "the last of the Giàng"
    assert numbers(asked("q=van&page=41"))[:2] == [1, 5], "the first of the Lò"
    assert numbers(asked("q=van&page=160"))[-1] == 3198
    assert asked("q=van&page=160").next_url == ""


def test_words_of_many_matches_must_begin_so(many: list[StoredFile]) -> None:
    """Where many match, each row's own words are read instead of the index: the answer may not differ."""
    stray = StoredFile.objects.create(sha256="f" * 64, name="Avăn", size=1, kept_at=clock.now())
    services.put(kind=KIND, object_id=stray.pk, text="Avăn")
    assert all("Avăn" not in cells[0].text for cells in asked("q=van&sort=name").rows)
    assert [cells[0].text for cells in asked("q=avan").rows] == ["Avăn"]


def test_nothing_typed_is_the_whole_list(few: list[StoredFile]) -> None:
    assert asked("q=+.,").count == asked("").count == 100


def test_another_communes_rows_are_not_found(few: list[StoredFile]) -> None:
    with commune_scope("03405"):
        assert asked("q=lo").count == 0
        assert numbers(asked("q=lo")) == []


@pytest.mark.parametrize("q", ["", "q=lo&"])
def test_rows_without_a_value_stand_last_either_way(few: list[StoredFile], q: str) -> None:
    row = StoredFile.objects.get(size=5)
    StoredFile.objects.filter(pk=row.pk).update(public_at=clock.now())
    assert numbers(asked(f"{q}sort=public"))[0] == 5
    assert numbers(asked(f"{q}sort=-public"))[0] == 5


def test_few_matches_cost_four_queries_and_no_more_for_a_page(  # type: ignore[no-untyped-def]
    few: list[StoredFile], django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(4):
        listing = asked("q=lo")
        assert listing.rows
        assert listing.count


def test_a_page_number_of_ten_thousand_digits_is_harmless(few: list[StoredFile]) -> None:
    assert asked("page=" + "9" * 10_000).rows == []
