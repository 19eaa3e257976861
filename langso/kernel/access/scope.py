"""Rows of a commune are read only while that commune is open: anything else raises instead of leaking.

Every table of a commune is a `CommuneModel`; its manager is a `CommuneManager`. `with commune_scope("03390"):` opens a
commune. `every_commune(reason)` is for the few reads that really cross communes, and says why.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.validators import RegexValidator
from django.db import models
from django_scopes import get_scope, scope, scopes_disabled

Row = TypeVar("Row", bound=models.Model, covariant=True)


class NoCommuneOpen(Exception):
    """A query on a commune's table outside `commune_scope` (a programming error, never shown to a user)."""


@contextmanager
def commune_scope(code: str) -> Iterator[None]:
    """Open one commune by its five-digit code for the queries inside the block."""
    if not code:
        raise NoCommuneOpen("commune_scope needs a commune's code")
    with scope(commune=code):
        yield


@contextmanager
def no_commune() -> Iterator[None]:
    """Close the open commune for what is said of no single one, such as what a province tells all of them."""
    with scope(commune=None):
        yield


@contextmanager
def every_commune(reason: str) -> Iterator[None]:
    """Open all communes of this node. `reason` is for the reader of the code: why no single commune is meant."""
    if not reason:
        raise ValueError("say why every commune is meant")
    with scopes_disabled():
        yield


def scope_state() -> dict[str, Any]:
    """The raw state of the scope: `commune` when one is open, `_enabled` false when all are."""
    state: dict[str, Any] = get_scope()  # type: ignore[no-untyped-call]
    return state


def open_commune() -> str:
    """The code of the open commune; raises `NoCommuneOpen` when there is none."""
    state = scope_state()
    if not state.get("_enabled", True) or not state.get("commune"):
        raise NoCommuneOpen("no single commune is open: use commune_scope(code)")
    return str(state["commune"])


class CommuneQuerySet(models.QuerySet[Row]):
    """Base of a domain's query sets; `.visible_to(actor)` is added by the domain."""


class CommuneManager(models.Manager[Row]):
    """The default manager of a commune's table: filters by the open commune, raises when none is open."""

    def get_queryset(self) -> models.QuerySet[Row]:
        state = scope_state()
        if state and not state.get("_enabled", True):
            return super().get_queryset()
        if not state.get("commune"):
            raise NoCommuneOpen(f"{self.model.__name__} was queried with no commune open: use commune_scope(code)")
        return super().get_queryset().filter(commune=state["commune"])


if TYPE_CHECKING:
    _Text = models.CharField[str, str]
else:
    _Text = models.CharField


class CommuneField(_Text):
    """The five-digit code of the commune whose record this is; filled from the open commune."""

    def __init__(self, **options: object) -> None:
        options["max_length"] = 5
        options["default"] = open_commune
        options["editable"] = False
        options.setdefault("db_index", True)
        super().__init__(**options)  # type: ignore[arg-type]

    def deconstruct(self):  # type: ignore[no-untyped-def]
        name, path, args, options = super().deconstruct()
        for fixed in ("max_length", "default", "editable"):
            options.pop(fixed, None)
        options["db_index"] = self.db_index  # type: ignore[attr-defined]
        return name, path, args, options


commune_code = RegexValidator(r"^\d{5}$")


class CommuneModel(models.Model):
    """A row that belongs to one commune. Bulk and related access stay inside the scope as well."""

    commune = CommuneField()

    objects = CommuneManager()

    class Meta:
        abstract = True
