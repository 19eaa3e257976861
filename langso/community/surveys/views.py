"""The survey pages: rounds, one round in figures, its answers."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from langso.community.surveys import queries
from langso.community.surveys.lists import AnswerList, RoundList, answers_for, rounds_for
from langso.kernel.access.requests import ActorRequest
from langso.kernel.imports.writing import FileFormat, write_table
from langso.kernel.listing.columns import for_csv


@require_GET
def rounds(request: ActorRequest) -> HttpResponse:
    """All survey rounds of the commune."""
    return RoundList(request, rounds_for(request.actor)).respond("surveys/rounds.html")


@require_GET
def survey_round(request: ActorRequest, round_id: UUID) -> HttpResponse:
    """One round in figures, small groups hidden."""
    return render(request, "surveys/round.html", {"card": queries.round_card(request.actor, round_id=round_id)})


@require_GET
def answers(request: ActorRequest, round_id: UUID) -> HttpResponse:
    """The answers of one round, as a list, as CSV or as XLSX."""
    card = queries.round_card(request.actor, round_id=round_id)
    listing = AnswerList(request, answers_for(request.actor, round_id=round_id))
    if request.GET.get("format") == FileFormat.XLSX:
        return _workbook(listing, card.code)
    return listing.respond("surveys/answers.html", {"card": card})


def _workbook(listing: AnswerList, name: str) -> HttpResponse:
    """Everything found by the present search and filters, as XLSX."""
    headings = [str(column.label) for column in listing.columns]
    rows = (
        [for_csv(column.value(row)) for column in listing.columns] for row in listing.found.iterator(chunk_size=2000)
    )
    response = HttpResponse(write_table(FileFormat.XLSX, headings, rows), content_type=FileFormat.XLSX.content_type)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response
