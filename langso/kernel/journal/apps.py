from typing import ClassVar

from django.apps import apps
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Actor, Role
from langso.kernel.domain import DomainConfig, NavEntry, WorkQueue


class JournalConfig(DomainConfig):
    name = "langso.kernel.journal"
    label = "journal"
    nav: ClassVar[tuple[NavEntry, ...]] = (
        NavEntry(_("Parked entries"), "journal:parked", "octagon-alert", (Role.OPERATOR,), order=95),
    )

    @staticmethod
    def work_queues(actor: Actor) -> list[WorkQueue]:
        """The operator's alarm: every parked entry is late."""
        if not actor.has_role(Role.OPERATOR):
            return []
        waiting = apps.get_model("journal", "ParkedEntry").objects.filter(settled_at=None).count()
        return [WorkQueue(_("Parked journal entries"), str(reverse_lazy("journal:parked")), waiting, late=waiting)]
