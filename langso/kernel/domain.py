"""A domain's card: its label, what it uses of others, where its pages live and what it adds to the menus."""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, ClassVar

from django.apps import AppConfig

from langso.kernel.access.actors import Actor, Role
from langso.kernel.errors import Text


@dataclass(frozen=True, slots=True)
class NavEntry:
    """A line of the desk's menu or a tile of the resident's home. `icon` is a symbol of the sprite."""

    label: Text
    url_name: str
    icon: str
    roles: tuple[Role, ...]
    place: str = "desk"
    order: int = 50
    only_at: str = ""
    """The one role of a node (`LANGSO_ROLE`) at which there is such a page; empty for both."""


@dataclass(frozen=True, slots=True)
class WorkQueue:
    """Work that waits on the desk: how many, how many of them late, and where to do it."""

    label: Text
    url: str
    waiting: int
    late: int = 0


class DomainConfig(AppConfig):
    """Base of every domain's `apps.py`. `default = False` here, or Django would pick this class."""

    default = False
    default_auto_field = "django.db.models.BigAutoField"

    uses: ClassVar[tuple[str, ...]] = ()
    """Labels of the domains whose services, queries, events or testing modules this one imports."""
    mount: ClassVar[str | None] = None
    """Where `urls.py` is mounted; None means `<label>/`, an empty string the root."""
    nav: ClassVar[tuple[NavEntry, ...]] = ()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.default = True

    def work_queues(self, actor: Actor) -> list[WorkQueue]:
        """What waits for this actor on the desk: the answer of `work_queues(actor)` in the domain's `desk.py`."""
        if not find_spec(f"{self.name}.desk"):
            return []
        queues: list[WorkQueue] = import_module(f"{self.name}.desk").work_queues(actor)
        return queues

    def ready(self) -> None:
        """Let listeners, tasks, importers and answers to other domains' questions register themselves."""
        for part in ("listeners", "tasks", "importers", "sources"):
            if find_spec(f"{self.name}.{part}"):
                import_module(f"{self.name}.{part}")
