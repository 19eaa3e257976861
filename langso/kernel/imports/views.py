"""The import pages: upload, columns, check, result. All of them work without JavaScript."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from langso.kernel.access.requests import ActorRequest
from langso.kernel.errors import Invalid, NotHere
from langso.kernel.imports import queries, services
from langso.kernel.imports.forms import ColumnsForm, PlaceForm, StartForm, UploadForm
from langso.kernel.imports.lists import RowResultList, RunList
from langso.kernel.imports.models import Mode
from langso.kernel.imports.reading.limits import FileRefused
from langso.kernel.imports.writing import FileFormat, write_table
from langso.kernel.text import fold

REFRESH_SECONDS: Final = 2

_WRONG: Final = 422


@require_GET
def runs(request: ActorRequest) -> HttpResponseBase:
    """The history of imports, and what can be imported."""
    cards = queries.importers(request.actor)
    return RunList(request, queries.runs(request.actor)).respond("imports/runs.html", {"importers": cards})


@require_http_methods(["GET", "POST"])
def upload(request: ActorRequest, kind: str) -> HttpResponse:
    """Choose a file."""
    card = queries.importer_card(request.actor, kind=kind)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run_id = services.upload(request.actor, kind=kind, content=file.read(), name=file.name)
            return redirect("imports:columns", run_id)
        except FileRefused as refused:
            form.add_error("file", str(refused.message))
    return render(request, "imports/upload.html", {"card": card, "form": form}, status=_WRONG if form.errors else 200)


@require_http_methods(["GET", "POST"])
def columns(request: ActorRequest, run_id: UUID) -> HttpResponse:
    """Say which column is which field. The sheet and the heading row come by GET, the columns by POST."""
    if request.method == "POST":
        sheet, row = request.POST.get("place_sheet", ""), request.POST.get("place_heading_row", "")
    else:
        sheet, row = request.GET.get("sheet", ""), request.GET.get("heading_row", "")
    number = int(row) if row.isascii() and row.isdigit() else 0
    preview = queries.preview(request.actor, run_id=run_id, sheet=sheet, heading_row=number)
    form = ColumnsForm(preview, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _matched(request, run_id, form):
        return redirect("imports:run", run_id)
    shown = {
        "card": queries.run_card(request.actor, run_id=run_id),
        "preview": preview,
        "form": form,
        "place": PlaceForm(initial={"sheet": preview.sheet, "heading_row": preview.heading_row}, sheets=preview.sheets),
    }
    return render(request, "imports/columns.html", shown, status=_WRONG if form.errors else 200)


def _matched(request: ActorRequest, run_id: UUID, form: ColumnsForm) -> bool:
    """Whether the columns were taken; otherwise the form says why not."""
    try:
        services.match_columns(
            request.actor,
            run_id=run_id,
            sheet=form.cleaned_data["place_sheet"],
            heading_row=form.cleaned_data["place_heading_row"],
            columns=form.columns(),
        )
    except services.ColumnsRefused as refused:
        form.add_error(None, str(refused.message))
        form.add_refusals(refused.fields)
        return False
    return True


@require_GET
def run(request: ActorRequest, run_id: UUID) -> HttpResponse:
    """A run: its progress, what the check found, or its result. While it works, the page loads itself again."""
    card = queries.run_card(request.actor, run_id=run_id)
    refreshing = card.in_background and "still" not in request.GET
    refused = queries.first_refused(request.actor, run_id=run_id) if card.refused else []
    form = StartForm(refused=card.refused)
    shown = {"card": card, "form": form, "refreshing": refreshing, "first_refused": refused}
    response = render(request, "imports/run.html", shown)
    if refreshing:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


@require_POST
def start(request: ActorRequest, run_id: UUID) -> HttpResponse:
    """Import what was checked."""
    form = StartForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose how the rows are imported."))
    services.start(request.actor, run_id=run_id, mode=Mode(form.cleaned_data["mode"]))
    return redirect("imports:run", run_id)


@require_POST
def cancel(request: ActorRequest, run_id: UUID) -> HttpResponse:
    """Call the import off."""
    services.cancel(request.actor, run_id=run_id)
    return redirect("imports:run", run_id)


@require_POST
def undo(request: ActorRequest, run_id: UUID) -> HttpResponse:
    """Take the import back."""
    services.undo(request.actor, run_id=run_id)
    return redirect("imports:run", run_id)


@require_POST
def go_on(request: ActorRequest, run_id: UUID) -> HttpResponse:
    """Let a stopped run go on."""
    services.go_on(request.actor, run_id=run_id)
    return redirect("imports:run", run_id)


@require_GET
def rows(request: ActorRequest, run_id: UUID) -> HttpResponseBase:
    """What became of each row."""
    card = queries.run_card(request.actor, run_id=run_id)
    return RowResultList(request, queries.rows(request.actor, run_id=run_id)).respond(
        "imports/rows.html", {"card": card}
    )


@require_GET
def refused(request: ActorRequest, run_id: UUID, file_format: str) -> HttpResponse:
    """The refused rows, to be mended and imported again."""
    headings, table = queries.refused_table(request.actor, run_id=run_id)
    return _file(file_format, _("refused rows"), headings, table)


@require_GET
def template(request: ActorRequest, kind: str, file_format: str) -> HttpResponse:
    """An empty table with the right headings and one example row."""
    card = queries.importer_card(request.actor, kind=kind)
    headings = [str(field.label) for field in card.fields]
    return _file(file_format, str(card.title), headings, [[field.example for field in card.fields]])


@require_GET
def export(request: ActorRequest, kind: str, file_format: str) -> HttpResponse:
    """All records of this kind, as a file that can be imported again."""
    card, chosen = queries.importer_card(request.actor, kind=kind), _format(file_format)
    content = services.export(request.actor, kind=kind, file_format=chosen)
    return _download(chosen, str(card.title), content)


def _file(file_format: str, name: str, headings: list[str], table: list[list[str]]) -> HttpResponse:
    chosen = _format(file_format)
    return _download(chosen, name, write_table(chosen, headings, table))


def _format(file_format: str) -> FileFormat:
    try:
        return FileFormat(file_format)
    except ValueError:
        raise NotHere() from None


def _download(file_format: FileFormat, name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=file_format.content_type)
    response["Content-Disposition"] = f'attachment; filename="{slugify(fold(name))}.{file_format}"'
    response["Cache-Control"] = "private, no-store"
    return response
