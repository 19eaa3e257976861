"""The operator's page of backups and checks."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.backup import access, queries, texts


@require_GET
def backups(request: ActorRequest) -> HttpResponse:
    """How old the last backup is, what became of the last ones, and whether the records are whole."""
    require(access.can_see_backups(request.actor), request.actor)
    shown = {
        "age": texts.age_in_words(queries.backup_age()),
        "late": queries.backup_is_late(),
        "place": settings.BACKUP_TO,
        "backups": [(card, texts.failure(card.code)) for card in queries.backup_cards(request.actor)],
        "check": queries.check_card(),
    }
    return render(request, "backup/backups.html", shown)
