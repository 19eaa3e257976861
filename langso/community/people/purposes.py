"""What staff may open a resident's record for. The list is data: a commune's clerk learns it once, the log speaks
it."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import Text


@dataclass(frozen=True, slots=True)
class Purpose:
    """`code` is stored. `explain` asks for a remark. `on_desk` purposes are offered to staff; others are set by the
    program."""

    code: str
    label: Text
    explain: bool = False
    on_desk: bool = True


ASSISTED: Final = "ASSISTED"

WHOLE_REGISTER: Final = "WHOLE_REGISTER"

PURPOSES: Final = (
    Purpose("SERVICE", _("Handling an application of this person")),
    Purpose("RESIDENCE", _("Keeping the register: moving in or out, births, deaths")),
    Purpose("CORRECTION", _("Correcting the record at this person's wish")),
    Purpose("SUPPORT", _("Social support, poor and near-poor households")),
    Purpose("HEALTH", _("Health care and vaccination campaigns")),
    Purpose("FARMING", _("Farm support and production plans")),
    Purpose("EMERGENCY", _("Storm, flood, fire: help and evacuation")),
    Purpose("STATISTICS", _("Lists and figures that the law asks for")),
    Purpose("OTHER", _("Something else"), explain=True),
    Purpose(WHOLE_REGISTER, _("Download of the whole register"), on_desk=False),
    Purpose(ASSISTED, _("Helping this person with their own pages, at their side"), on_desk=False),
)

BY_CODE: Final = {purpose.code: purpose for purpose in PURPOSES}
ON_DESK: Final = tuple(purpose for purpose in PURPOSES if purpose.on_desk)
