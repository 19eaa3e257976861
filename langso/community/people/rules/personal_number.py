"""The personal number (số định danh cá nhân) of twelve digits.

Source of the form: Decree 137/2015/NĐ-CP, Article 13: three digits for the province or city where the birth was
registered, one for century and sex, two for the year of birth, six at random. The province codes are those of the 63
provinces before July 2025; numbers were not changed by the merger, so a number says nothing about where somebody
lives now. There is no check digit. That a year of birth must not lie in the future is our own rule: the form alone
lets `012390…` mean 2090.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from langso.community.people.rules.codes import Sex

PROVINCES_OF_BIRTH = {
    "001": "Hà Nội", "002": "Hà Giang", "004": "Cao Bằng", "006": "Bắc Kạn", "008": "Tuyên Quang", "010": "Lào Cai",
    "011": "Điện Biên", "012": "Lai Châu", "014": "Sơn La", "015": "Yên Bái", "017": "Hòa Bình", "019": "Thái Nguyên",
    "020": "Lạng Sơn", "022": "Quảng Ninh", "024": "Bắc Giang", "025": "Phú Thọ", "026": "Vĩnh Phúc", "027": "Bắc Ninh",
    "030": "Hải Dương", "031": "Hải Phòng", "033": "Hưng Yên", "034": "Thái Bình", "035": "Hà Nam", "036": "Nam Định",
    "037": "Ninh Bình", "038": "Thanh Hóa", "040": "Nghệ An", "042": "Hà Tĩnh", "044": "Quảng Bình", "045": "Quảng Trị",
    "046": "Huế", "048": "Đà Nẵng", "049": "Quảng Nam", "051": "Quảng Ngãi", "052": "Bình Định", "054": "Phú Yên",
    "056": "Khánh Hòa", "058": "Ninh Thuận", "060": "Bình Thuận", "062": "Kon Tum", "064": "Gia Lai", "066": "Đắk Lắk",
    "067": "Đắk Nông", "068": "Lâm Đồng", "070": "Bình Phước", "072": "Tây Ninh", "074": "Bình Dương",
    "075": "Đồng Nai", "077": "Bà Rịa - Vũng Tàu", "079": "Hồ Chí Minh", "080": "Long An", "082": "Tiền Giang",
    "083": "Bến Tre",
    "084": "Trà Vinh", "086": "Vĩnh Long", "087": "Đồng Tháp", "089": "An Giang", "091": "Kiên Giang", "092": "Cần Thơ",
    "093": "Hậu Giang", "094": "Sóc Trăng", "095": "Bạc Liêu", "096": "Cà Mau",
}  # fmt: skip


class NumberFault(StrEnum):
    """What is wrong with a personal number."""

    NOT_DIGITS = "NUMBER_NOT_DIGITS"
    OLD_CARD = "NUMBER_OLD_CARD"
    """Nine digits: an old identity card, not a personal number."""
    LENGTH = "NUMBER_LENGTH"
    PROVINCE = "NUMBER_PROVINCE"
    FUTURE = "NUMBER_FUTURE"
    SEX = "NUMBER_SEX"
    BIRTH_YEAR = "NUMBER_BIRTH_YEAR"


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """What a well-formed number says: the province of birth registration, sex, year of birth."""

    province_code: str
    province: str
    sex: Sex
    birth_year: int


def digits_of(typed: str) -> str:
    """What was typed without spaces, dots and dashes."""
    return re.sub(r"[\s.\-]", "", typed)


def fault_of(number: str, *, this_year: int) -> NumberFault | None:
    """The first thing that is wrong with the form of a number, or None. Write it with `digits_of` before."""
    if not (number.isascii() and number.isdigit()):
        return NumberFault.NOT_DIGITS
    if len(number) != 12:
        return NumberFault.OLD_CARD if len(number) == 9 else NumberFault.LENGTH
    if number[:3] not in PROVINCES_OF_BIRTH:
        return NumberFault.PROVINCE
    if facts_of(number).birth_year > this_year:
        return NumberFault.FUTURE
    return None


@lru_cache(maxsize=1024)
def facts_of(number: str) -> NumberFacts:
    """What a number says, of one without faults in length, digits and province."""
    century_and_sex = int(number[3])
    return NumberFacts(
        province_code=number[:3],
        province=PROVINCES_OF_BIRTH[number[:3]],
        sex=Sex.FEMALE if century_and_sex % 2 else Sex.MALE,
        birth_year=1900 + 100 * (century_and_sex // 2) + int(number[4:6]),
    )


def contradiction(number: str, *, sex: Sex, birth_year: int | None) -> NumberFault | None:
    """Whether a faultless number says another sex or year of birth than the record. Unknown contradicts nothing."""
    facts = facts_of(number)
    if sex != Sex.UNKNOWN and facts.sex != sex:
        return NumberFault.SEX
    if birth_year is not None and facts.birth_year != birth_year:
        return NumberFault.BIRTH_YEAR
    return None


def with_lost_zeros(number: str) -> str:
    """A number from a spreadsheet that dropped its leading zeros (every province code begins with one), made whole."""
    return number.zfill(12) if number.isdigit() and len(number) in (10, 11) else number


def masked(number: str) -> str:
    """The number with only its last four digits, as screens and the journal show it."""
    return f"•••• •••• {number[-4:]}" if number else ""
