"""Rows against the register and against each other: same persons, villages, heads, what households count as."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from langso.community.people.importers.rows import ReadRow
from langso.community.people.queries.known import KnownHousehold, KnownRecord, Register
from langso.community.people.rules.codes import Relation
from langso.community.people.rules.words import (
    bare_village,
)
from langso.community.people.services import NewHousehold, NewPerson
from langso.community.people.texts import FIELDS
from langso.community.places import queries as places
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.imports.importer import Checked
from langso.kernel.imports.values import Unreadable
from langso.kernel.text import fold


class Villages:
    """The commune's villages by what people call them."""

    def __init__(self, cards: Sequence[places.VillageCard]) -> None:
        self.by_name = {fold(card.name): card.id for card in cards}
        self.by_bare_name: dict[str, list[UUID]] = {}
        for card in cards:
            self.by_bare_name.setdefault(bare_village(card.name), []).append(card.id)
        self.names = ", ".join(card.name for card in cards[:12])

    @classmethod
    def of(cls, actor: Actor) -> "Villages":
        return cls(places.villages(actor))

    def named(self, typed: str) -> UUID:
        """The village; without the word for "village" in front only when one alone can be meant. Raises
        `Unreadable`."""
        if found := self.by_name.get(fold(typed)):
            return found
        alone = self.by_bare_name.get(fold(typed), [])
        if len(alone) == 1:
            return alone[0]
        sentence = _("The commune has no village of this name. Enter the village first, or write one of: %(names)s.")
        raise Unreadable(sentence % {"names": self.names})


class HouseholdsOfFile:
    """What the rows of a file have said of each household so far: the row that is its head, and its village."""

    def __init__(self) -> None:
        self.heads: dict[str, int] = {}
        self.first_village: dict[str, tuple[int, UUID]] = {}


class Judging:
    """Judges rows against the register and against each other."""

    def __init__(self, known: Register, villages: Villages, households: HouseholdsOfFile) -> None:
        self.known = known
        self.villages = villages
        self.heads = households.heads
        self.first_village = households.first_village

    def note_heads(self, rows: Iterable[ReadRow]) -> None:
        """Which row of the file heads which household: the first one that says so."""
        for each in rows:
            if each.relation == Relation.HEAD and not each.reading.problems:
                self.heads.setdefault(each.code, each.row.number)

    def judge(self, each: ReadRow) -> Checked[NewPerson]:
        record = self.known.same_person(each.details, each.code)
        if record and not each.reading.problems:
            return self._here(each, record)
        household = self.known.household(each.code)
        village_id = self._village(each, household)
        relation = self._relation(each, household)
        kind_from = self._kind_from(each, household)
        if each.reading.problems or village_id is None:
            return Checked.refuse(each.row, *each.reading.problems, key=each.key, repairs=each.reading.repairs)
        new = NewPerson(
            details=each.details,
            household=NewHousehold(
                code=household.code if household else each.code,
                village_id=village_id,
                address=each.row["address"],
                kind=None if household else each.kind,
                kind_from=kind_from,
            ),
            relation=relation,
            from_date=each.since,
        )
        return Checked.accept(each.row, new, key=each.key, repairs=each.reading.repairs)

    def _here(self, each: ReadRow, record: KnownRecord) -> Checked[NewPerson]:
        """The same person is in the register: with the same details, or with others that the sentence names."""
        differing = record.differing(each.details, each.code)
        if not differing:
            return Checked.already(each.row, record.id, key=each.key)
        names = ", ".join(str(FIELDS[name]) for name in differing)
        sentence = _("This person is in the register with other details: %(fields)s. Correct the record, or this row.")
        each.reading.problem("", sentence % {"fields": names})
        return Checked.refuse(each.row, *each.reading.problems, key=each.key)

    def _village(self, each: ReadRow, household: KnownHousehold | None) -> UUID | None:
        """The household's village: as the register, the first row or this row says; they must agree."""
        named = each.reading.value("village", self.villages.named)
        number, settled = self.first_village.get(each.code, (0, None))
        if household:
            settled = household.village_id
        if named and settled and named != settled:
            each.reading.problem("village", self._other_village(household, number))
        if named or settled:
            self.first_village.setdefault(each.code, (each.row.number, settled or named))  # type: ignore[arg-type]
        elif not each.row["village"]:
            sentence = _("The household is not in the register yet: say in which village it is.")
            each.reading.problem("village", sentence)
        return settled or named

    @staticmethod
    def _other_village(household: KnownHousehold | None, number: int) -> str:
        if household:
            sentence = _(
                "The register has this household in %(village)s. Correct the row, or correct the household first."
            )
            return sentence % {"village": household.village}
        return _("Row %(number)s puts the same household into another village.") % {"number": number}

    def _relation(self, each: ReadRow, household: KnownHousehold | None) -> Relation:
        """The relation; a household has one head."""
        if each.relation == Relation.HEAD:
            if household and household.head:
                sentence = _("The household has a head already: %(name)s.")
                each.reading.problem("relation", sentence % {"name": household.head})
            elif self.heads.get(each.code) not in (None, each.row.number):
                sentence = _("Row %(number)s is the head of this household already.")
                each.reading.problem("relation", sentence % {"number": self.heads[each.code]})
            return Relation.HEAD
        if not each.reading.problems and not (household and household.head) and each.code not in self.heads:
            self.heads[each.code] = each.row.number
            each.reading.repair("relation", _("Nobody is the head of this household: this person becomes it."))
            return Relation.HEAD
        return each.relation or Relation.UNKNOWN

    def _kind_from(self, each: ReadRow, household: KnownHousehold | None) -> date | None:
        """From when the household counts as what the list says: a list without a day means this year."""
        if each.kind is None:
            return None
        if household:
            if each.kind not in household.kinds:
                sentence = _("This household is in the register: change there what it counts as.")
                each.reading.problem("household_class", sentence)
            return None
        first = clock.today().replace(month=1, day=1)
        if each.relation == Relation.HEAD:
            sentence = _("Counted from %(day)s on.") % {"day": first.strftime("%d/%m/%Y")}
            each.reading.repair("household_class", sentence)
        return first
