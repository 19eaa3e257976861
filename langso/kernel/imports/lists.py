"""The lists of imports: all runs of the commune, and the rows of one run."""

import django_filters
from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import Text
from langso.kernel.imports.importer import IMPORTERS
from langso.kernel.imports.models import ImportRun, Outcome, RowResult, State
from langso.kernel.imports.queries import notes_of
from langso.kernel.listing import Column, Listing


def _titles() -> list[tuple[str, Text]]:
    return [(kind, importer.title) for kind, importer in IMPORTERS.items()]


class RunFilter(django_filters.FilterSet):
    importer = django_filters.ChoiceFilter(label=_("What"), choices=_titles)
    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices)


class RunList(Listing[ImportRun]):
    title = _("Imports")
    columns = (
        Column("file", _("File"), value=lambda run: run.file_name, url=lambda run: f"/imports/{run.pk}/"),
        Column("what", _("What"), value=lambda run: IMPORTERS[run.importer].title),
        Column("state", _("State"), value=lambda run: State(run.state).label, sort="state"),
        Column("added", _("Added"), value=lambda run: run.accepted + run.repaired - run.undone),
        Column("refused", _("Refused"), value=lambda run: run.refused, sort="refused"),
        Column("by", _("By"), value=lambda run: run.account_name),
        Column("at", _("When"), value=lambda run: run.created_at, sort="created_at"),
    )
    filterset = RunFilter
    search_fields = ("file_name",)
    default_sort = "-at"
    empty = _("Nothing was imported yet.")


class RowFilter(django_filters.FilterSet):
    outcome = django_filters.ChoiceFilter(label=_("Result"), choices=Outcome.choices)
    left = django_filters.BooleanFilter(
        label=_("Could not be taken back"), field_name="kept_because", lookup_expr="gt", method="filter_left"
    )

    def filter_left(self, rows, name, value):  # type: ignore[no-untyped-def]
        return rows.exclude(kept_because="") if value else rows


def _told(result: RowResult) -> str:
    return "; ".join(str(line) for line in notes_of(result))


def _result(result: RowResult) -> Text:
    return _("Taken back") if result.undone else Outcome(result.outcome).label


class RowResultList(Listing[RowResult]):
    title = _("Rows")
    columns = (
        Column("number", _("Row"), value=lambda result: result.number, sort="number"),
        Column("outcome", _("Result"), value=_result, sort="outcome"),
        Column("key", _("Key"), value=lambda result: result.key),
        Column("notes", _("What was said"), value=_told),
    )
    filterset = RowFilter
    search_fields = ("key",)
    default_sort = "number"
    empty = _("No row needs attention.")
