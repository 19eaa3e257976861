"""The inspector's desk: the queue, one entry, many entries at once."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from langso.farm.diary import services
from langso.farm.diary.lists import QueueList
from langso.farm.diary.queries.desk import entries_to_check
from langso.kernel.access.requests import ActorRequest
from langso.kernel.errors import Invalid


class UnknownEntries(Invalid):
    code = "unknown_entries"
    message = gettext_lazy("Tick at least one entry.")


@require_GET
def checks(request: ActorRequest) -> HttpResponse:
    """What waits, the oldest first, with boxes to tick."""
    return QueueList(request, entries_to_check(request.actor)).respond("diary/checks.html")


@require_POST
def bulk_confirmation(request: ActorRequest) -> HttpResponse:
    """Confirm what was ticked; tells what changed meanwhile and was left."""
    result = services.confirm_entries(request.actor, seen=list(_seen(request.POST.getlist("seen"))))
    done = ngettext("%(n)s entry confirmed.", "%(n)s entries confirmed.", len(result.confirmed))
    messages.success(request, done % {"n": len(result.confirmed)})
    if result.left:
        left = ngettext(
            "%(n)s entry changed meanwhile and was left.",
            "%(n)s entries changed meanwhile and were left.",
            len(result.left),
        )
        messages.warning(request, left % {"n": len(result.left)})
    return redirect("diary:checks")


@require_POST
def confirmation(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """Confirm one entry as it was looked at."""
    services.confirm_entry(request.actor, entry_id=entry_id, version=_number(request.POST.get("version", "")))
    messages.success(request, _("Confirmed."))
    return redirect("diary:checks")


@require_POST
def question(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """Ask the household about an entry."""
    version, words = _number(request.POST.get("version", "")), request.POST.get("words", "")
    services.question_entry(request.actor, entry_id=entry_id, version=version, question=words)
    messages.success(request, _("The household sees your question the next time it opens its diary."))
    return redirect("diary:checks")


def _seen(ticked: Iterable[str]) -> Iterator[tuple[UUID, int]]:
    """`id:version` as the boxes send it. Raises `UnknownEntries`."""
    values = list(ticked)
    if not values:
        raise UnknownEntries()
    for value in values:
        entry_id, _colon, version = value.partition(":")
        try:
            yield UUID(entry_id), int(version)
        except ValueError:
            raise UnknownEntries() from None


def _number(text: str) -> int:
    """The version that was looked at; 0, which no entry has, for anything that is not a number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
