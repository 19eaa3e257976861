"""Persons, and who lived where when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from langso.community.people.models.households import Household
from langso.community.people.rules.codes import CameBy, Disability, LeftBy, Relation, Sex
from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.scope import CommuneField, CommuneManager, CommuneModel, CommuneQuerySet
from langso.kernel.ids import new_id


class PersonQuerySet(CommuneQuerySet["Person"]):
    def known(self) -> "PersonQuerySet":
        """Everybody once, without the records that were merged into another."""
        return self.filter(merged_into__isnull=True)

    def living_here(self) -> "PersonQuerySet":
        return self.known().filter(household__isnull=False)

    def visible_to(self, actor: Actor) -> "PersonQuerySet":
        """Staff of the commune see everybody, a resident their own household, nobody else anybody."""
        if actor.has_role(Role.OFFICER, Role.HELPER):
            return self.known()
        if actor.person_id is None:
            return self.none()
        own = Person.objects.filter(pk=actor.person_id).values("household")
        return self.known().filter(Q(pk=actor.person_id) | Q(household__in=own))


PersonManager = CommuneManager.from_queryset(PersonQuerySet)


class Person(CommuneModel):
    """One person, one record.

    `household` is where they live now: null for who moved out, died or was merged away. `folded_name` and `sort_name`
    are the search and order forms of `name`, `alike_key` the search form with the birth year, by which duplicates are
    found. A birth year may stand without a date. `personal_number` is sensitive: it is masked on screens, kept out of
    the search index and out of the journal.
    """

    commune = CommuneField(db_index=False)
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    folded_name = models.CharField(max_length=160)
    alike_key = models.CharField(max_length=170)
    sort_name = models.CharField(max_length=400)
    sex = models.CharField(max_length=8, choices=[(sex.value, sex.value) for sex in Sex])
    birth_date = models.DateField(null=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    ethnicity = models.CharField(max_length=2, blank=True)
    personal_number = models.CharField(max_length=12, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    disability = models.CharField(max_length=16, blank=True, choices=[(kind.value, kind.value) for kind in Disability])
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="people", db_index=False)
    relation = models.CharField(
        max_length=16, blank=True, choices=[(relation.value, relation.value) for relation in Relation]
    )
    death_date = models.DateField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="absorbed")
    registered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[PersonManager["Person"]] = PersonManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "personal_number"],
                condition=~Q(personal_number="") & Q(merged_into__isnull=True),
                name="people_personal_number",
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(relation=Relation.HEAD.value), name="people_one_head"
            ),
            models.CheckConstraint(condition=Q(sex__in=[sex.value for sex in Sex]), name="people_sex"),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True) | Q(birth_year__isnull=False), name="people_birth_year"
            ),
            models.CheckConstraint(
                condition=Q(household__isnull=True, relation="") | (Q(household__isnull=False) & ~Q(relation="")),
                name="people_relation",
            ),
            models.CheckConstraint(
                condition=Q(household__isnull=True) | Q(death_date__isnull=True, merged_into__isnull=True),
                name="people_lives_here",
            ),
        ]
        indexes = [
            models.Index(fields=["commune", "sort_name"], name="people_person_order"),
            models.Index(fields=["household", "commune", "relation"], name="people_person_household"),
            models.Index(fields=["commune", "alike_key"], name="people_person_alike"),
            # Whole indexes: where a value is given as a parameter, SQLite uses none that leaves the empty ones out.
            models.Index(fields=["commune", "phone"], name="people_person_phone"),
            models.Index(fields=["commune", "personal_number"], name="people_person_number"),
            models.Index(fields=["commune", "birth_date"], name="people_person_birth"),
            models.Index(fields=["commune", "birth_year"], name="people_person_year"),
        ]

    def __str__(self) -> str:
        return self.name


class Residence(CommuneModel):
    """A stay of a person in a household. An empty `from_date` means: nobody wrote down since when.

    On the day of a move the person belongs to the new household: a stay covers `from_date <= day < to_date`.
    """

    commune = CommuneField(db_index=False)
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="residences")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="residences")
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    came_by = models.CharField(max_length=16, choices=[(way.value, way.value) for way in CameBy])
    came_from = models.CharField(max_length=200, blank=True)
    came_because = models.CharField(max_length=200, blank=True)
    left_by = models.CharField(max_length=16, blank=True, choices=[(way.value, way.value) for way in LeftBy])
    left_for = models.CharField(max_length=200, blank=True)
    left_because = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(to_date__isnull=True), name="people_one_open_residence"
            ),
            models.CheckConstraint(
                condition=Q(from_date__isnull=True) | Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="people_residence_order",
            ),
            models.CheckConstraint(
                condition=Q(to_date__isnull=True, left_by="") | (Q(to_date__isnull=False) & ~Q(left_by="")),
                name="people_residence_end",
            ),
        ]
