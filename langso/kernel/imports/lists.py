"""The lists of imports: all runs of the commune, and the rows of one run."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_filters import filters
from django_filters.filterset import FilterSet

from langso.kernel.errors import Text
from langso.kernel.imports.importer import IMPORTERS
from langso.kernel.imports.models import ImportRun, Outcome, RowResult, State
from langso.kernel.imports.queries import LEVELS, notes_of
from langso.kernel.listing import Column, Listing

_KEPT = "KEPT"
_ROW_LEVELS = {Outcome.ACCEPTED: "ok", Outcome.REPAIRED: "info", Outcome.REFUSED: "danger", Outcome.PRESENT: "plain"}


def _kinds() -> list[tuple[str, Text]]:
    return [(kind, importer.title) for kind, importer in IMPORTERS.items()]


class RunFilter(FilterSet):
    importer = filters.ChoiceFilter(label=_("What"), empty_label=_("All"), choices=_kinds)
    state = filters.ChoiceFilter(label=_("State"), empty_label=_("All"), choices=State.choices)


def _page(run: ImportRun) -> str:
    return reverse("imports:run", args=[run.pk])


class RunList(Listing[ImportRun]):
    title = _("Imports")
    columns = (
        Column("file", _("File"), value=lambda run: run.file_name, url=_page),
        Column("what", _("What"), value=lambda run: IMPORTERS[run.importer].title),
        Column(
            "state",
            _("State"),
            value=lambda run: State(run.state).label,
            sort="state",
            level=lambda run: LEVELS.get(State(run.state), "info"),
        ),
        Column("added", _("Added"), value=lambda run: run.accepted + run.repaired - run.undone if run.mode else None),
        Column("refused", _("Refused"), value=lambda run: run.refused, sort="refused"),
        Column("by", _("By"), value=lambda run: run.account_name),
        Column("at", _("When"), value=lambda run: run.created_at, sort="created_at"),
    )
    filterset = RunFilter
    default_sort = "-at"
    empty = _("Nothing was imported yet.")


class RowFilter(FilterSet):
    outcome = filters.ChoiceFilter(
        label=_("Result"),
        empty_label=_("All"),
        choices=[*Outcome.choices, (_KEPT, _("Could not be taken back"))],
        method="by_outcome",
    )

    def by_outcome(self, rows: QuerySet[RowResult], name: str, chosen: str) -> QuerySet[RowResult]:
        return rows.exclude(kept_because="") if chosen == _KEPT else rows.filter(outcome=chosen)


def _told(result: RowResult) -> str:
    return "; ".join(str(line) for line in notes_of(result))


def _result(result: RowResult) -> Text:
    return _("Taken back") if result.undone else Outcome(result.outcome).label


class RowResultList(Listing[RowResult]):
    title = _("Rows")
    columns = (
        Column("number", _("Row"), value=lambda result: result.number, sort="number"),
        Column(
            "result",
            _("Result"),
            value=_result,
            level=lambda result: "plain" if result.undone else _ROW_LEVELS[Outcome(result.outcome)],
        ),
        Column("key", _("Key"), value=lambda result: result.key),
        Column("notes", _("What was said"), value=_told),
    )
    filterset = RowFilter
    default_sort = "number"
    empty = _("No row needs attention.")
