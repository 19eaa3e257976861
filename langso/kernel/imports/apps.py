from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Role
from langso.kernel.domain import DomainConfig, NavEntry


class ImportsConfig(DomainConfig):
    name = "langso.kernel.imports"
    label = "imports"
    nav = (NavEntry(label=_("Imports"), url_name="imports:runs", icon="upload", roles=(Role.OFFICER,), order=80),)
