"""Roles in words, as they stand after "you are"."""

from django.utils.translation import gettext_lazy

from langso.kernel.access.actors import Role
from langso.kernel.errors import Text

ROLE_NAMES: dict[Role, Text] = {
    Role.RESIDENT: gettext_lazy("resident"),
    Role.HELPER: gettext_lazy("helper"),
    Role.OFFICER: gettext_lazy("officer"),
    Role.COOPERATIVE_MANAGER: gettext_lazy("cooperative manager"),
    Role.INSPECTOR: gettext_lazy("inspector"),
    Role.PROVINCE_OFFICER: gettext_lazy("province officer"),
    Role.OPERATOR: gettext_lazy("operator"),
}
