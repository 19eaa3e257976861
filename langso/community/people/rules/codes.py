"""Codes that the register stores. Their words stand in `texts.py`; the codes never change once stored.

Sources: list of the peoples of Viet Nam, General Statistics Office decision 121-TCTK/PPCĐ of 2 March 1979, codes 01
to 54 (`ETHNICITIES` below, with 55 for foreigners as the census uses it); kinds of disability of Article 3 of the Law
on Persons with Disabilities, 51/2010/QH12.
"""

from enum import StrEnum


class Sex(StrEnum):
    MALE = "MALE"
    FEMALE = "FEMALE"
    UNKNOWN = "UNKNOWN"


class Disability(StrEnum):
    """An empty code in the register means: nobody has asked yet. `NONE` means: asked, and there is none."""

    NONE = "NONE"
    MOTOR = "MOTOR"
    HEARING_SPEECH = "HEARING_SPEECH"
    VISION = "VISION"
    MENTAL = "MENTAL"
    INTELLECTUAL = "INTELLECTUAL"
    OTHER = "OTHER"


class Relation(StrEnum):
    """What a person is to the head of the household."""

    HEAD = "HEAD"
    SPOUSE = "SPOUSE"
    CHILD = "CHILD"
    CHILD_IN_LAW = "CHILD_IN_LAW"
    PARENT = "PARENT"
    GRANDCHILD = "GRANDCHILD"
    GRANDPARENT = "GRANDPARENT"
    SIBLING = "SIBLING"
    RELATIVE = "RELATIVE"
    NOT_RELATED = "NOT_RELATED"
    UNKNOWN = "UNKNOWN"


class CameBy(StrEnum):
    """How a stay in a household began."""

    REGISTERED = "REGISTERED"
    """Lived there when the register was made: nobody wrote down since when, or a date is given."""
    BIRTH = "BIRTH"
    MOVED_IN = "MOVED_IN"
    """From another commune."""
    OTHER_HOUSEHOLD = "OTHER_HOUSEHOLD"
    """From another household of this commune."""
    SPLIT = "SPLIT"


class LeftBy(StrEnum):
    """How a stay in a household ended."""

    MOVED_OUT = "MOVED_OUT"
    OTHER_HOUSEHOLD = "OTHER_HOUSEHOLD"
    SPLIT = "SPLIT"
    DEATH = "DEATH"
    MERGED = "MERGED"
    """The record was found to be another one's person, who may well still live there."""


class HouseholdClass(StrEnum):
    """What a household counts as, for a time, by a decision."""

    POOR = "POOR"
    NEAR_POOR = "NEAR_POOR"
    OUT_OF_POVERTY = "OUT_OF_POVERTY"
    AVERAGE = "AVERAGE"
    POLICY = "POLICY"
    """A family with merit towards the country or another policy household; may stand beside a standard of living."""


LIVING_STANDARDS = frozenset(HouseholdClass) - {HouseholdClass.POLICY}
"""Of these a household has at most one at a time."""

FOREIGNER = "55"

ETHNICITIES: dict[str, str] = {
    "01": "Kinh",
    "02": "Tày",
    "03": "Thái",
    "04": "Hoa",
    "05": "Khơ-me",
    "06": "Mường",
    "07": "Nùng",
    "08": "Mông",
    "09": "Dao",
    "10": "Gia-rai",
    "11": "Ngái",
    "12": "Ê-đê",
    "13": "Ba-na",
    "14": "Xơ-đăng",
    "15": "Sán Chay",
    "16": "Cơ-ho",
    "17": "Chăm",
    "18": "Sán Dìu",
    "19": "Hrê",
    "20": "Mnông",
    "21": "Ra-glai",
    "22": "Xtiêng",
    "23": "Bru-Vân Kiều",
    "24": "Thổ",
    "25": "Giáy",
    "26": "Cơ-tu",
    "27": "Gié-Triêng",
    "28": "Mạ",
    "29": "Khơ-mú",
    "30": "Co",
    "31": "Tà-ôi",
    "32": "Chơ-ro",
    "33": "Kháng",
    "34": "Xinh-mun",
    "35": "Hà Nhì",
    "36": "Chu-ru",
    "37": "Lào",
    "38": "La Chí",
    "39": "La Ha",
    "40": "Phù Lá",
    "41": "La Hủ",
    "42": "Lự",
    "43": "Lô Lô",
    "44": "Chứt",
    "45": "Mảng",
    "46": "Pà Thẻn",
    "47": "Cơ Lao",
    "48": "Cống",
    "49": "Bố Y",
    "50": "Si La",
    "51": "Pu Péo",
    "52": "Brâu",
    "53": "Ơ-đu",
    "54": "Rơ-măm",
}
"""Names of peoples are proper names: the same in every language of the screens. Foreigners are code 55, other is 99."""

ETHNICITY_OTHER = "99"
ETHNICITY_CODES = (*ETHNICITIES, FOREIGNER, ETHNICITY_OTHER)


class Ground(StrEnum):
    """Why two records may be the same person, strongest first."""

    SAME_NUMBER = "SAME_NUMBER"
    SAME_NAME_AND_DATE = "SAME_NAME_AND_DATE"
    NEAR_NUMBER = "NEAR_NUMBER"
    SAME_PHONE_AND_NAME = "SAME_PHONE_AND_NAME"
    LIKE_NAME_AND_DATE = "LIKE_NAME_AND_DATE"
    LIKE_NAME_YEAR_HOUSEHOLD = "LIKE_NAME_YEAR_HOUSEHOLD"
    SAME_NAME_YEAR_VILLAGE = "SAME_NAME_YEAR_VILLAGE"


class Decision(StrEnum):
    SAME = "SAME"
    DIFFERENT = "DIFFERENT"


class AccessWay(StrEnum):
    """Through what a record was read."""

    SCREEN = "SCREEN"
    API = "API"
    EXPORT = "EXPORT"
    ASSISTED = "ASSISTED"
