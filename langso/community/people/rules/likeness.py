"""When two records may be the same person. The rule suggests; a person decides."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from langso.community.people.rules.codes import Ground, Sex
from langso.community.people.rules.names import alike, one_slip_apart

WEIGHTS = {
    Ground.SAME_NUMBER: 100,
    Ground.SAME_NAME_AND_DATE: 80,
    Ground.NEAR_NUMBER: 70,
    Ground.SAME_PHONE_AND_NAME: 60,
    Ground.LIKE_NAME_AND_DATE: 55,
    Ground.LIKE_NAME_YEAR_HOUSEHOLD: 50,
    Ground.SAME_NAME_YEAR_VILLAGE: 30,
}


@dataclass(frozen=True, slots=True)
class Likened:
    """What the rule looks at of one record."""

    id: UUID
    name: str
    folded_name: str
    sex: str
    birth_date: date | None
    birth_year: int | None
    personal_number: str
    phone: str
    household_id: UUID | None
    village_id: UUID | None


def alike_key(folded_name: str, birth_year: int | None) -> str:
    """What records of one name and birth year share: quick to look up, where a name alone is borne by hundreds."""
    return f"{folded_name}|{birth_year or ''}"


def grounds_of(one: Likened, other: Likened) -> tuple[Ground, ...]:
    """Why the two may be one person, strongest first; empty when nothing speaks for it, or sex or numbers speak
    against it."""
    if one.id == other.id or _speaks_against(one, other):
        return ()
    like = alike(one.name, other.name)
    same_name = one.folded_name == other.folded_name
    same_year = one.birth_year is not None and one.birth_year == other.birth_year
    same_date = one.birth_date is not None and one.birth_date == other.birth_date
    speaks = {
        Ground.SAME_NUMBER: _both_and_same(one.personal_number, other.personal_number),
        Ground.SAME_NAME_AND_DATE: same_name and same_date,
        Ground.NEAR_NUMBER: like and _one_slip(one.personal_number, other.personal_number),
        Ground.SAME_PHONE_AND_NAME: like
        and _both_and_same(one.phone, other.phone)
        and _same_or_unknown_year(one, other),
        Ground.LIKE_NAME_AND_DATE: like and not same_name and same_date,
        Ground.LIKE_NAME_YEAR_HOUSEHOLD: like and same_year and _both_and_same(one.household_id, other.household_id),
        Ground.SAME_NAME_YEAR_VILLAGE: (
            same_name and same_year and _a_day_unknown(one, other) and _both_and_same(one.village_id, other.village_id)
        ),
    }
    return tuple(ground for ground in Ground if speaks[ground])


def weight_of(grounds: tuple[Ground, ...]) -> int:
    """How strongly the grounds speak together, 0 to 100: the strongest, and a little for each further one."""
    if not grounds:
        return 0
    return min(100, max(WEIGHTS[ground] for ground in grounds) + 5 * (len(grounds) - 1))


def _speaks_against(one: Likened, other: Likened) -> bool:
    if Sex.UNKNOWN not in (one.sex, other.sex) and one.sex != other.sex:
        return True
    mine, theirs = one.personal_number, other.personal_number
    return bool(mine and theirs) and mine != theirs and not one_slip_apart(mine, theirs)


def _both_and_same(one: object, other: object) -> bool:
    return bool(one) and one == other


def _one_slip(one: str, other: str) -> bool:
    return bool(one and other) and one_slip_apart(one, other)


def _a_day_unknown(one: Likened, other: Likened) -> bool:
    return one.birth_date is None or other.birth_date is None


def _same_or_unknown_year(one: Likened, other: Likened) -> bool:
    return one.birth_year is None or other.birth_year is None or one.birth_year == other.birth_year
