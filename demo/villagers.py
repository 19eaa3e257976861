"""Villages, households and their people."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from demo.names import People, choose_people, given_name
from langso.community.people import services as people
from langso.community.people.rules.codes import CameBy, Disability, HouseholdClass, Relation, Sex
from langso.community.people.services import Arrival, PersonDetails
from langso.community.places import services as places
from langso.kernel import clock
from langso.kernel.access.actors import Actor

VILLAGES = 14
"""The sources name no village of the commune, so they are numbered."""
HOUSEHOLDS = 120
PHONES = {0: "+84500000001", 60: "+84500000002"}
"""Heads of households, by number, whose phones can sign in: one grows for the cooperative, one does not."""


@dataclass
class Home:
    """A household of the demo with those who live in it, the head first."""

    id: UUID
    village_id: UUID
    people: list[UUID] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@dataclass
class Villagers:
    actor: Actor
    chance: Random
    villages: list[UUID] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)

    def settle(self) -> None:
        """Villages first, then household after household."""
        for number in range(1, VILLAGES + 1):
            self.villages.append(places.enter_village(self.actor, name=f"Bản {number}", kind="BAN"))
        for number in range(HOUSEHOLDS):
            self.homes.append(self._home(self.villages[number % VILLAGES], PHONES.get(number, "")))

    def _home(self, village_id: UUID, phone: str) -> Home:
        folk = choose_people(self.chance)
        home = Home(people.form_household(self.actor, village_id=village_id, code="", address=""), village_id)
        surname = self.chance.choice(folk.surnames)
        age = self.chance.randint(27, 68)
        head = Sex.FEMALE if self.chance.random() < 0.22 else Sex.MALE
        self._person(home, folk, surname, head, age, Relation.HEAD, phone)
        if self.chance.random() < 0.85:
            other = Sex.MALE if head is Sex.FEMALE else Sex.FEMALE
            married_from = self.chance.choice(folk.surnames)
            self._person(home, folk, married_from, other, age + self.chance.randint(-5, 4), Relation.SPOUSE)
        for _ in range(self.chance.choice((0, 1, 2, 2, 2, 3, 3, 4))):
            sex = self.chance.choice((Sex.MALE, Sex.FEMALE))
            self._person(home, folk, surname, sex, max(0, age - self.chance.randint(20, 38)), Relation.CHILD)
        if self.chance.random() < 0.25:
            self._person(home, folk, surname, Sex.FEMALE, age + self.chance.randint(20, 30), Relation.PARENT)
        self._classify(home)
        return home

    def _person(
        self, home: Home, folk: People, surname: str, sex: Sex, age: int, relation: Relation, phone: str = ""
    ) -> None:
        born = clock.today() - timedelta(days=age * 365 + self.chance.randint(0, 364))
        only_year = age > 55 and self.chance.random() < 0.4
        name = f"{surname} {given_name(self.chance, folk, sex)}"
        details = PersonDetails(
            name=name,
            sex=sex,
            birth_date=None if only_year else born,
            birth_year=born.year if only_year else None,
            ethnicity=folk.code,
            personal_number="",
            phone=phone or (self._phone() if age >= 18 and self.chance.random() < 0.6 else ""),
            disability=Disability.MOTOR if self.chance.random() < 0.02 else "",
        )
        person = people.register_person(
            self.actor,
            details=details,
            household_id=home.id,
            relation=relation,
            arrival=Arrival(CameBy.REGISTERED, None),
            is_somebody_else=True,
        )
        home.people.append(person)
        home.names.append(name)

    def _phone(self) -> str:
        """With a prefix that no operator has: nobody's phone rings."""
        return f"+8450{self.chance.randrange(10_000_000):07d}"

    def _classify(self, home: Home) -> None:
        draw = self.chance.random()
        kind = HouseholdClass.POOR if draw < 0.16 else HouseholdClass.NEAR_POOR if draw < 0.27 else None
        if kind:
            since = date(clock.today().year, 1, 1)
            people.classify_household(self.actor, household_id=home.id, kind=kind, from_date=since)
