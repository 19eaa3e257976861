"""How a row of the RHoMIS survey (Rural Household Multi-Indicator Survey) is cleaned. Nothing is guessed silently.

Each reader returns the value we use and, when it had to mend something, says how. What cannot be known stays unknown
(None), which is no fault; what cannot be right is kept as told in the raw row and not used.

Sources. The data: Gorman, Hammond, Frelat, Caulfield and others, RHoMIS, 2025, doi:10.7910/DVN/WS38SA. Provinces: those
before the mergers of 1 July 2025, with the General Statistics Office's codes. Sào: 360 m² in northern Viet Nam, 500 m²
in the centre, 1,000 m² in the Central Highlands and the south. The food insecurity score: FAO, Voices of the Hungry,
2016.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import Text

UNKNOWN: Final = ""


@dataclass(frozen=True, slots=True)
class Province:
    """A province before July 2025. `sao_m2` is the size of one sào there."""

    code: str
    name: str
    sao_m2: int


PROVINCES: Final = {
    province.code: province
    for province in (
        Province("14", "Sơn La", 360),
        Province("19", "Thái Nguyên", 360),
        Province("64", "Gia Lai", 1000),
        Province("66", "Đắk Lắk", 1000),
        Province("67", "Đắk Nông", 1000),
    )
}

_REGIONS: Final = {
    "son_la": "14",
    "thai_nguyen": "19",
    "gia_lai": "64",
    "dak_lak": "66",
    "dak_nong": "67",
}
_OTHER_SPELLINGS: Final = {"daklak": "66", "daknong": "67"}
_DISTRICTS: Final = {"phu_binh": "19", "dong_hy": "19"}

_UNITS: Final = {"hectare": "HA", "m2": "M2", "sao": "SAO"}
_MENDED_UNITS: Final = {
    "hectar": "HA",
    "mã£â©t vuã£â´ng": "M2",
    "mã©t vuã´ng": "M2",
    "xã£â\u00a0o": "SAO",
    "sã\u00a0o": "SAO",
}
"""A spelling of hectare; "mét vuông", "sào" and "xào" whose UTF-8 was read as Latin and put in small letters, once or
twice."""
UNIT_NAMES: Final = {"HA": "ha", "M2": "m²", "SAO": "sào"}

LARGEST_HA: Final = Decimal(100)
"""More is no smallholder's: a wrong unit, but which one is not known."""
SMALLEST_HA: Final = Decimal("0.001")
"""Less than 10 m² (but for none at all) is a wrong unit, too."""

_ACTORS: Final = {
    f"{sex}_{age}": f"{sex}_{age}".upper() for sex in ("male", "female") for age in ("adult", "elder_adult", "youth")
}
_CROPS: Final = {
    "macca": "macadamia",
    "maccadamia": "macadamia",
    "ground_nuts": "groundnut",
    "rau": "vegetables",
    "other_vegetables": "vegetables",
    "zucchini": "courgette",
    "kholrabi": "kohlrabi",
}
FIES_QUESTIONS: Final = tuple(f"fies_{number}" for number in range(1, 9))

_ID: Final = re.compile(r"(vn_[a-z0-9]+_(20[0-9]{2}))_[0-9]+_[0-9]+")


class Unusable(ValueError):
    """A cell for which the whole row must be refused; `text` says why and what to do."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(str(text))


@dataclass(frozen=True, slots=True)
class Read:
    """A value, and how it was mended (None when it was taken as it stands)."""

    value: str | None
    mended: Text | None = None


def round_of(household: str, year: str) -> tuple[str, int]:
    """The survey round that an id names ("vn_crp_2020_17_1" is of `vn_crp_2020`) and its year. Raises `Unusable`."""
    match = _ID.fullmatch(household)
    if not match:
        raise Unusable(_("The id does not name a survey round, such as vn_crp_2020_17_1."))
    if match[2] != year:
        raise Unusable(_("The id and the column “year” tell different years. Mend one of them."))
    return match[1], int(year)


def sex(told: str) -> str:
    """MALE, FEMALE or, when nothing was told, UNKNOWN. Raises `Unusable` for any other letter."""
    try:
        return {"m": "MALE", "f": "FEMALE", "": "UNKNOWN"}[told]
    except KeyError:
        raise Unusable(_("Write m, f, or leave the cell empty.")) from None


def yes_no(told: str) -> bool | None:
    """`y`, `n`, or None when nothing was told or no answer was given. Raises `Unusable`."""
    try:
        return {"y": True, "n": False, "": None, "no_answer": None}[told]
    except KeyError:
        raise Unusable(_("Write y, n, no_answer, or leave the cell empty.")) from None


def number(told: str) -> Decimal | None:
    """A number as the survey's program writes it, with a point and without grouping. Raises `Unusable`."""
    if not told:
        return None
    try:
        value = Decimal(told)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:
        raise Unusable(_("This is not a number of zero or more. Write it with a point, such as 2.5."))
    return value


def province(told: str) -> Read:
    """The province's code, or None when the region is not told or not known."""
    if told in ("", *_REGIONS):
        return Read(_REGIONS.get(told))
    if told in _OTHER_SPELLINGS:
        code = _OTHER_SPELLINGS[told]
        return Read(code, _("Another spelling of %(province)s.") % {"province": PROVINCES[code].name})
    if told in _DISTRICTS:
        code = _DISTRICTS[told]
        return Read(code, _("A district of %(province)s.") % {"province": PROVINCES[code].name})
    return Read(None, _("Not a known province. The province stays unknown."))


def land_unit(told: str) -> Read:
    """HA, M2, SAO, or None when no unit or an unknown one is told."""
    if told in ("", *_UNITS):
        return Read(_UNITS.get(told))
    unit = _MENDED_UNITS.get(told)
    if unit is None:
        return Read(None, _("Not a known unit. The area stays unknown."))
    return Read(unit, _("Damaged or other spelling of %(unit)s.") % {"unit": UNIT_NAMES[unit]})


def land_ha(told: Decimal | None, unit: str | None, province_code: str | None) -> tuple[Decimal | None, Text | None]:
    """The land in hectares, to the square metre, and why a told area is not used.

    Hectare = 10,000 m², sào by province (`Province.sao_m2`). Unknown stays unknown: no unit, a sào of an unknown place.
    """
    if told is None or unit is None:
        return None, None
    if unit == "SAO" and province_code is None:
        return None, _("How large a sào is depends on the province, which is not known. The area stays unknown.")
    metres = {"HA": 10_000, "M2": 1}.get(unit) or PROVINCES[province_code or ""].sao_m2
    area = (told * metres / 10_000).quantize(Decimal("0.0001"))
    if area > LARGEST_HA:
        return None, _("More than 100 ha, so the unit cannot be right. The area stays unknown.")
    if told > 0 and area < SMALLEST_HA:
        return None, _("Less than 10 m², so the unit cannot be right. The area stays unknown.")
    return area, None


def people(told: Decimal | None, by_age: Decimal | None) -> tuple[int | None, Text | None]:
    """How many people live in the household: as told, else the sum of the age bands; and how contradictions are solved.

    Zero people is no household: the question was not asked.
    """
    told_people, banded = int(told or 0), int(by_age or 0)
    if told_people and banded and told_people != banded:
        return told_people, _("The age bands add up to %(sum)s. The number told is used.") % {"sum": banded}
    if not told_people and banded:
        return banded, _("No number told. The sum of the age bands is used.")
    if not told_people and (told is not None or by_age is not None):
        return None, _("Zero people: not asked. The number stays unknown.")
    return told_people or None, None


def crop(told: str) -> Read:
    """A crop under one name; synonyms are joined, unknown names kept."""
    if not told:
        return Read(None)
    name = _CROPS.get(told, told)
    return Read(name, None if name == told else _("Another name of %(crop)s.") % {"crop": name})


def control(told: str) -> tuple[tuple[str, ...] | None, Text | None]:
    """Who controls an income, as a set in a fixed order: the order in which people were named means nothing.

    "joint" only says that there are several. None when nothing is told, or a word is unknown.
    """
    if not told:
        return None, None
    words = set(told.split()) - {"joint"}
    unknown = sorted(words - set(_ACTORS))
    if unknown or not words:
        sentence = _("Not known: %(words)s. Who controls it stays unknown.")
        return None, sentence % {"words": ", ".join(unknown) or told}
    return tuple(sorted(_ACTORS[word] for word in words)), None


def by_gender(actors: tuple[str, ...] | list[str] | None) -> str:
    """WOMEN, MEN, BOTH or UNKNOWN: who of them has a say."""
    women = any(actor.startswith("FEMALE") for actor in actors or ())
    men = any(actor.startswith("MALE") for actor in actors or ())
    if women and men:
        return "BOTH"
    if women:
        return "WOMEN"
    return "MEN" if men else "UNKNOWN"


def fies_score(answers: Mapping[str, bool | None]) -> int | None:
    """The raw score of the Food Insecurity Experience Scale: how many of the eight questions got a yes.

    None unless all eight were answered.
    """
    told = [answers.get(question) for question in FIES_QUESTIONS]
    return None if None in told else sum(answer is True for answer in told)
