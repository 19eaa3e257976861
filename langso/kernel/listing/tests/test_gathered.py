"""A list of values behaves as one of rows: search, filters, order, pages, CSV."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.test import RequestFactory
from django_filters.filters import ChoiceFilter

from langso.kernel.listing import Column, Gathered, GatheredFilter


@dataclass(frozen=True)
class Fruit:
    name: str
    folded: str
    weight: int | None


FRUITS = [Fruit("Ổi", "oi", 200), Fruit("Bưởi", "buoi", 1500), Fruit("Mơ", "mo", None), Fruit("Bơ", "bo", 300)]


class FruitFilter(GatheredFilter):
    size = ChoiceFilter(label="Size", choices=[("BIG", "big")], method="by_size")

    def by_size(self, rows: Sequence[Fruit], name: str, value: str) -> list[Fruit]:
        return [fruit for fruit in rows if (fruit.weight or 0) > 250]


class FruitList(Gathered):
    title = "Fruits"
    columns = (
        Column("name", "Name", value=lambda fruit: fruit.name, sort="folded"),
        Column("weight", "Weight", value=lambda fruit: fruit.weight, sort="weight"),
        Column("code", "Code", value=lambda fruit: fruit.folded.upper(), in_table=False),
    )
    filterset = FruitFilter
    search_fields = ("folded",)
    default_sort = "name"
    page_size = 2


def listed(query: str = "") -> FruitList:
    request: HttpRequest = RequestFactory().get(f"/fruits/{query}")
    return FruitList(request, FRUITS)


def names(query: str = "") -> list[str]:
    return [fruit.name for fruit in listed(query).found]


def test_it_is_searched_without_marks_filtered_and_sorted() -> None:
    assert names() == ["Bơ", "Bưởi", "Mơ", "Ổi"]
    assert names("?q=bu") == ["Bưởi"]
    assert names("?q=bưởi") == ["Bưởi"]
    assert names("?size=BIG") == ["Bơ", "Bưởi"]
    assert names("?size=HUGE") == []
    assert names("?q=b&size=BIG&sort=-name") == ["Bưởi", "Bơ"]


def test_what_is_not_known_stands_last_whichever_way() -> None:
    assert names("?sort=weight") == ["Ổi", "Bơ", "Bưởi", "Mơ"]
    assert names("?sort=-weight") == ["Bưởi", "Bơ", "Ổi", "Mơ"]


def test_it_has_pages_and_a_count() -> None:
    first, second = listed(), listed("?page=2")
    assert (first.count, len(first.rows), bool(first.next_url), bool(first.previous_url)) == (4, 2, True, False)
    assert (len(second.rows), bool(second.next_url), bool(second.previous_url)) == (2, False, True)


def test_a_column_that_only_the_file_has_room_for_is_in_the_file() -> None:
    shown = listed()
    assert [cell.label for cell in shown.rows[0]] == ["Name", "Weight"]
    assert [header.label for header in shown.headers] == ["Name", "Weight"]
    text = shown.csv().content.decode("utf-8-sig")
    assert text.splitlines()[:2] == ["Name,Weight,Code", "Bơ,300,BO"]
    assert len(text.splitlines()) == 5
