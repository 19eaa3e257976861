"""The lists of the desk: residents, households, possible duplicates."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.filters import ChoiceFilter
from django_filters.filterset import FilterSet

from langso.community.people.models import DuplicatePair, Household, HouseholdStatus, Person
from langso.community.people.queries.cards import PERSON_KIND
from langso.community.people.rules.codes import Relation
from langso.community.people.rules.dates import AGE_BANDS, birth_years
from langso.community.people.texts import CLASSES, DISABILITIES, ETHNICITY_NAMES, GROUNDS, RELATIONS, SEXES
from langso.community.places import queries as places
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.listing import Column, Listing, address_of
from langso.kernel.phones import phone_on_screen
from langso.kernel.search.queries import narrow

STATES = (
    ("GONE", gettext_lazy("Moved away")),
    ("DIED", gettext_lazy("Died")),
    ("ALL", gettext_lazy("Everybody in the register")),
)


class VillageFilter(ChoiceFilter):
    """A filter by village whose choices are read when the page is made."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=gettext_lazy("Village"), empty_label=gettext_lazy("All"), choices=places.village_choices, **options
        )


def _choices(field: str, label: Any, choices: Any, **options: Any) -> ChoiceFilter:
    return ChoiceFilter(field_name=field, label=label, empty_label=gettext_lazy("All"), choices=choices, **options)


class PeopleFilter(FilterSet):
    """Without a chosen state, those who live here."""

    village = VillageFilter(field_name="household__village")
    sex = _choices("sex", gettext_lazy("Sex"), list(SEXES.items()))
    age = _choices("birth_year", gettext_lazy("Age"), [(band, band) for band in AGE_BANDS], method="by_age")
    ethnicity = _choices("ethnicity", gettext_lazy("Ethnicity"), list(ETHNICITY_NAMES.items()))
    household_class = _choices("household", gettext_lazy("Household"), list(CLASSES.items()), method="by_class")
    state = ChoiceFilter(
        label=gettext_lazy("Where they are"),
        empty_label=gettext_lazy("In the commune"),
        choices=STATES,
        method="by_state",
    )

    def by_age(self, rows: QuerySet[Person], name: str, band: str) -> QuerySet[Person]:
        first, last = birth_years(band, today=clock.today())
        rows = rows.filter(birth_year__lte=last)
        return rows if first is None else rows.filter(birth_year__gte=first)

    def by_class(self, rows: QuerySet[Person], name: str, kind: str) -> QuerySet[Person]:
        counted = HouseholdStatus.objects.filter(kind=kind, to_date=None)
        return rows.filter(household__in=counted.values("household"))

    def by_state(self, rows: QuerySet[Person], name: str, state: str) -> QuerySet[Person]:
        if state == "GONE":
            return rows.filter(household=None, death_date=None)
        return rows.filter(death_date__isnull=False) if state == "DIED" else rows

    def filter_queryset(self, queryset: QuerySet[Person]) -> QuerySet[Person]:
        rows: QuerySet[Person] = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.filter(household__isnull=False)


def where(person: Person) -> str:
    """The village, or why there is none."""
    if person.household:
        return person.household.village.name
    return _("died") if person.death_date else _("moved away")


def year(person: Person) -> str:
    return str(person.birth_year or "")


READ_TO_PICK = ("name", "birth_year", "death_date", "household__village__name")
"""The columns that the list of residents reads: nothing else of a record leaves the database for it."""


class PeopleList(Listing[Person]):
    """Only what it takes to pick a person: name, birth year, village."""

    title = gettext_lazy("Residents")
    columns: ClassVar[Sequence[Column[Any]]] = (
        Column(
            "name",
            gettext_lazy("Name"),
            value=lambda person: person.name,
            sort="sort_name",
            url=lambda person: address_of("people:person", person.pk),
        ),
        Column("year", gettext_lazy("Birth year"), value=year, sort="birth_year"),
        Column("village", gettext_lazy("Village"), value=where),
    )
    filterset = PeopleFilter
    search_kind = PERSON_KIND
    search_sort = "name"
    default_sort = "name"
    empty = gettext_lazy("Nobody is in the register yet. Import a list, or enter the first person.")
    csv_allowed = False


class PeopleToHelp(PeopleList):
    """The same list for helpers: a name leads to helping that person."""

    columns: ClassVar[Sequence[Column[Any]]] = (
        Column(
            "name",
            gettext_lazy("Name"),
            value=lambda person: person.name,
            sort="sort_name",
            url=lambda person: f"{reverse('accounts:assist-start')}?person_id={person.pk}",
        ),
        *PeopleList.columns[1:],
    )


class PeopleFile(PeopleList):
    """What stands in the CSV file. No personal numbers."""

    columns: ClassVar[Sequence[Column[Any]]] = (
        Column("household", gettext_lazy("Household code"), value=lambda person: code_of(person)),
        Column("name", gettext_lazy("Name"), value=lambda person: person.name, sort="sort_name"),
        Column("relation", gettext_lazy("Relation"), value=lambda person: RELATIONS.get(person.relation, "")),
        Column("sex", gettext_lazy("Sex"), value=lambda person: SEXES[person.sex]),
        Column("birth_date", gettext_lazy("Birth date"), value=lambda person: person.birth_date),
        Column("year", gettext_lazy("Birth year"), value=year, sort="birth_year"),
        Column("ethnicity", gettext_lazy("Ethnicity"), value=lambda person: ETHNICITY_NAMES.get(person.ethnicity, "")),
        Column("phone", gettext_lazy("Phone"), value=lambda person: phone_on_screen(person.phone)),
        Column("disability", gettext_lazy("Disability"), value=lambda person: DISABILITIES[person.disability]),
        Column("village", gettext_lazy("Village"), value=where),
    )
    csv_allowed = True


def code_of(person: Person) -> str:
    return person.household.code if person.household else ""


class HouseholdFilter(FilterSet):
    """Without a chosen state, households in which somebody lives."""

    village = VillageFilter(field_name="village")
    household_class = _choices("pk", gettext_lazy("Counts as"), list(CLASSES.items()), method="by_class")
    state = ChoiceFilter(
        label=gettext_lazy("State"),
        empty_label=gettext_lazy("Lived in"),
        choices=[("CLOSED", gettext_lazy("Closed")), ("ALL", gettext_lazy("All"))],
        method="by_state",
    )

    def by_class(self, rows: QuerySet[Household], name: str, kind: str) -> QuerySet[Household]:
        counted = HouseholdStatus.objects.filter(kind=kind, to_date=None)
        return rows.filter(pk__in=counted.values("household"))

    def by_state(self, rows: QuerySet[Household], name: str, state: str) -> QuerySet[Household]:
        return rows.filter(closed_date__isnull=False) if state == "CLOSED" else rows

    def filter_queryset(self, queryset: QuerySet[Household]) -> QuerySet[Household]:
        rows: QuerySet[Household] = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.filter(closed_date=None)


class HouseholdList(Listing[Household]):
    """Found by its code or by anybody who lives there."""

    title = gettext_lazy("Households")
    columns: ClassVar[Sequence[Column[Any]]] = (
        Column(
            "code",
            gettext_lazy("Code"),
            value=lambda household: household.code,
            sort="code",
            url=lambda household: address_of("people:household", household.pk),
        ),
        Column("head", gettext_lazy("Head"), value=lambda household: household.head_name or ""),
        Column("size", gettext_lazy("Number of people"), value=lambda household: household.size),
        Column("village", gettext_lazy("Village"), value=lambda household: household.village.name),
    )
    filterset = HouseholdFilter
    search_kind = PERSON_KIND
    default_sort = "code"
    empty = gettext_lazy("No household is in the register yet.")
    csv_allowed = False

    def _searched(self, rows: QuerySet[Household]) -> QuerySet[Household]:
        if not self.search_value:
            return rows
        people = narrow(Person.objects.all().known(), kind=PERSON_KIND, typed=self.search_value).rows
        return rows.filter(pk__in=people.filter(household__isnull=False).values("household"))


class HouseholdsToVisit(HouseholdList):
    """The same list for helpers: a code leads to the note of a visit."""

    columns: ClassVar[Sequence[Column[Any]]] = (
        Column(
            "code",
            gettext_lazy("Code"),
            value=lambda household: household.code,
            sort="code",
            url=lambda household: f"{reverse('people:visit')}?household={household.code}",
        ),
        *HouseholdList.columns[1:],
    )


class PairList(Listing[DuplicatePair]):
    """The strongest first."""

    title = gettext_lazy("Possible duplicates")
    columns: ClassVar[Sequence[Column[Any]]] = (
        Column(
            "first",
            gettext_lazy("One record"),
            value=lambda pair: picked(pair.first),
            url=lambda pair: address_of("people:pair", pair.pk),
        ),
        Column("second", gettext_lazy("Other record"), value=lambda pair: picked(pair.second)),
        Column("grounds", gettext_lazy("Why"), value=lambda pair: grounds_text(pair.grounds)),
        Column("found", gettext_lazy("Found on"), value=lambda pair: clock.local_date(pair.found_at), sort="found_at"),
        Column("weight", gettext_lazy("Strength"), value=lambda pair: pair.weight, sort="weight"),
    )
    default_sort = "-weight"
    empty = gettext_lazy("No two records look like the same person.")
    csv_allowed = False


def picked(person: Person) -> str:
    """Name, birth year and village in one line."""
    return ", ".join(part for part in (person.name, year(person), where(person)) if part)


def grounds_text(grounds: list[str]) -> str:
    return "; ".join(str(GROUNDS.get(ground, ground)) for ground in grounds)


def rows_of_people(actor: Actor) -> QuerySet[Person]:
    return Person.objects.all().visible_to(actor).select_related("household__village")


def rows_of_households(actor: Actor) -> QuerySet[Household]:
    head = Person.objects.filter(household=OuterRef("pk"), relation=Relation.HEAD)
    people = Person.objects.filter(household=OuterRef("pk")).order_by().values("household")
    return (
        Household.objects.all()
        .visible_to(actor)
        .select_related("village")
        .annotate(
            head_name=Subquery(head.values("name")[:1]),
            size=Subquery(people.annotate(size=Count("pk")).values("size")),
        )
    )


def rows_of_pairs() -> QuerySet[DuplicatePair]:
    return (
        DuplicatePair.objects.all().waiting().select_related("first__household__village", "second__household__village")
    )
