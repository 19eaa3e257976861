"""The words of the codes that `rules` and the tables speak."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from langso.community.people.rules.codes import (
    ETHNICITIES,
    ETHNICITY_OTHER,
    FOREIGNER,
    AccessWay,
    CameBy,
    Disability,
    Ground,
    HouseholdClass,
    LeftBy,
    Relation,
    Sex,
)
from langso.community.people.rules.details import DetailFault
from langso.community.people.rules.personal_number import NumberFault
from langso.kernel.access.actors import Role
from langso.kernel.errors import Text

SEXES: Final[dict[str, Text]] = {Sex.MALE: _("Male"), Sex.FEMALE: _("Female"), Sex.UNKNOWN: _("Not known")}

DISABILITIES: Final[dict[str, Text]] = {
    "": _("Not asked yet"),
    Disability.NONE: _("No disability"),
    Disability.MOTOR: _("Moving about"),
    Disability.HEARING_SPEECH: _("Hearing or speaking"),
    Disability.VISION: _("Seeing"),
    Disability.MENTAL: _("Nerves or mind"),
    Disability.INTELLECTUAL: _("Learning and understanding"),
    Disability.OTHER: _("Other disability"),
}

RELATIONS: Final[dict[str, Text]] = {
    Relation.HEAD: _("Head of household"),
    Relation.SPOUSE: _("Wife or husband"),
    Relation.CHILD: _("Child"),
    Relation.CHILD_IN_LAW: _("Daughter- or son-in-law"),
    Relation.PARENT: _("Mother or father"),
    Relation.GRANDCHILD: _("Grandchild"),
    Relation.GRANDPARENT: _("Grandparent"),
    Relation.SIBLING: _("Sister or brother"),
    Relation.RELATIVE: _("Other relative"),
    Relation.NOT_RELATED: _("Not related"),
    Relation.UNKNOWN: _("Relation not stated"),
}

CAME_BY: Final[dict[str, Text]] = {
    CameBy.REGISTERED: _("Entered in the register"),
    CameBy.BIRTH: _("Born"),
    CameBy.MOVED_IN: _("Moved in from elsewhere"),
    CameBy.OTHER_HOUSEHOLD: _("Came from another household"),
    CameBy.SPLIT: _("Household was split"),
}

LEFT_BY: Final[dict[str, Text]] = {
    LeftBy.MOVED_OUT: _("Moved away"),
    LeftBy.OTHER_HOUSEHOLD: _("Went to another household"),
    LeftBy.SPLIT: _("Household was split"),
    LeftBy.DEATH: _("Died"),
    LeftBy.MERGED: _("Record was merged into another one"),
}

CLASSES: Final[dict[str, Text]] = {
    HouseholdClass.POOR: _("Poor household"),
    HouseholdClass.NEAR_POOR: _("Near-poor household"),
    HouseholdClass.OUT_OF_POVERTY: _("Just out of poverty"),
    HouseholdClass.AVERAGE: _("Average standard of living"),
    HouseholdClass.POLICY: _("Policy household"),
}

ETHNICITY_NAMES: Final[dict[str, Text]] = {
    **ETHNICITIES,
    FOREIGNER: _("Foreigner"),
    ETHNICITY_OTHER: _("Other"),
}

GROUNDS: Final[dict[str, Text]] = {
    Ground.SAME_NUMBER: _("Same personal number"),
    Ground.SAME_NAME_AND_DATE: _("Same name and birth date"),
    Ground.NEAR_NUMBER: _("Similar name, personal numbers differ by one slip"),
    Ground.SAME_PHONE_AND_NAME: _("Similar name, same phone"),
    Ground.LIKE_NAME_AND_DATE: _("Similar name, same birth date"),
    Ground.LIKE_NAME_YEAR_HOUSEHOLD: _("Similar name, same birth year, same household"),
    Ground.SAME_NAME_YEAR_VILLAGE: _("Same name and birth year, same village"),
}

WAYS: Final[dict[str, Text]] = {
    AccessWay.SCREEN: _("on the screen"),
    AccessWay.API: _("by another program"),
    AccessWay.EXPORT: _("in a file that was downloaded"),
    AccessWay.ASSISTED: _("together with you"),
}

ROLES: Final[dict[str, Text]] = {
    Role.RESIDENT: _("Resident"),
    Role.HELPER: _("Helper"),
    Role.OFFICER: _("Commune officer"),
    Role.COOPERATIVE_MANAGER: _("Cooperative manager"),
    Role.INSPECTOR: _("Inspector"),
    Role.PROVINCE_OFFICER: _("Province officer"),
    Role.OPERATOR: _("Operator of the system"),
    "SYSTEM": _("The system itself"),
}

FAULTS: Final[dict[str, Text]] = {
    DetailFault.NAME: _("Write the full name in letters, without digits."),
    DetailFault.BIRTH_FUTURE: _("The birth lies in the future. Check the day, month and year."),
    DetailFault.BIRTH_TOO_OLD: _("This person would be older than 130 years. Check the year."),
    DetailFault.ETHNICITY: _("Choose an ethnicity of the list; “Other” is one of them."),
    DetailFault.DISABILITY: _("Choose a kind of disability of the list, or “None”."),
    DetailFault.PHONE: _("Write a Vietnamese mobile number with ten digits, such as 0912 345 678."),
    NumberFault.NOT_DIGITS: _("A personal number has only digits."),
    NumberFault.OLD_CARD: _(
        "This is the nine-digit number of an old card. Write the personal number of twelve digits."
    ),
    NumberFault.LENGTH: _("A personal number has twelve digits. Count them again."),
    NumberFault.PROVINCE: _("The first three digits are no province. Compare with the card."),
    NumberFault.FUTURE: _("Digits 4 to 6 say a birth year in the future. Compare with the card."),
    NumberFault.SEX: _("The fourth digit says the other sex. Compare with the card, or correct the sex."),
    NumberFault.BIRTH_YEAR: _(
        "Digits 4 to 6 say another birth year. Compare with the card, or correct the birth date."
    ),
}

FIELDS: Final[dict[str, Text]] = {
    "name": _("Full name"),
    "sex": _("Sex"),
    "birth_date": _("Birth date"),
    "birth_year": _("Birth year"),
    "birth": _("Birth date or year"),
    "ethnicity": _("Ethnicity"),
    "personal_number": _("Personal number"),
    "phone": _("Phone"),
    "disability": _("Disability"),
    "code": _("Household code"),
    "village": _("Village"),
    "address": _("Address"),
    "relation": _("Relation to the head"),
    "household": _("Household"),
}
