"""The list of allowed inputs as people read it. Public."""

from dataclasses import dataclass
from datetime import datetime

from langso.farm.diary.models import InputList, ListedInput
from langso.farm.diary.models.inputs import ListedInputQuerySet


@dataclass(frozen=True, slots=True)
class Edition:
    """The newest edition of the list; `official` only when an authority issued it."""

    title: str
    source: str
    official: bool
    loaded_at: datetime


def current_edition() -> Edition | None:
    """The newest edition, None when no list was ever loaded."""
    row = InputList.objects.order_by("-loaded_at", "-id").first()
    return Edition(row.title, row.source, row.official, row.loaded_at) if row else None


def listed_products() -> ListedInputQuerySet:
    """The lines of the newest edition, for the public list."""
    return ListedInput.objects.all().current()


def listed_names() -> list[str]:
    """The names of the newest edition, offered while one types."""
    return sorted(set(listed_products().values_list("name", flat=True)))
