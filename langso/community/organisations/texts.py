"""Words of this domain in the reader's language."""

from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.errors import Text

ROLE_NAMES: dict[str, Text] = {
    "": _("Member"),
    Role.HELPER: _("Helper"),
    Role.OFFICER: _("Officer"),
    Role.COOPERATIVE_MANAGER: _("Manager"),
    Role.INSPECTOR: _("Inspector"),
    Role.PROVINCE_OFFICER: _("Province officer"),
    Role.OPERATOR: _("Operator"),
}


def role_name(role: str) -> str:
    """The role as a member of the organisation calls it: "Manager", not "cooperative manager"."""
    return str(ROLE_NAMES[role])
