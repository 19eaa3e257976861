"""The operator's page of backups and checks."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.backup import access, queries, restorations, texts


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
        "restoring": restorations.waiting() is not None,
        "restored": texts.restore_sentences(),
    }
    return render(request, "backup/backups.html", shown)


@require_POST
def finish(request: ActorRequest) -> HttpResponse:
    """Let a restored node write again without what the hub may still hold of it."""
    restorations.finish_without_hub(request.actor, reason=request.POST.get("reason", ""))
    messages.success(request, _("This node may write again. Your reason stands in the journal."))
    return redirect("backup:backups")
