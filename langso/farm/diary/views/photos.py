"""Pictures of the work and papers of the laboratory: private files, served to those who may see the entry."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from langso.farm.diary import services
from langso.farm.diary.queries import entry_pages
from langso.kernel.access.requests import ActorRequest
from langso.kernel.errors import NotHere
from langso.kernel.files.responses import file_response


@require_POST
def photos(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """Add a picture to an entry."""
    services.add_photo(request.actor, entry_id=entry_id, upload=request.FILES.get("picture"))
    messages.success(request, _("The picture is saved."))
    return redirect("diary:entry", entry_id=entry_id)


@require_POST
def removal(request: ActorRequest, entry_id: UUID, sha256: str) -> HttpResponse:
    """Take a picture off an entry."""
    services.remove_photo(request.actor, entry_id=entry_id, sha256=sha256)
    messages.success(request, _("The picture is gone."))
    return redirect("diary:entry", entry_id=entry_id)


@require_GET
def photo(request: ActorRequest, entry_id: UUID, sha256: str) -> HttpResponse:
    """One picture; `?size=thumb` the small one."""
    page = entry_pages.entry_page(request.actor, entry_id=entry_id)
    if sha256 not in page.photos:
        raise NotHere()
    return file_response(sha256, "thumb" if request.GET.get("size") == "thumb" else "full")


@require_GET
def paper(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """The paper of a hazard assessment."""
    page = entry_pages.entry_page(request.actor, entry_id=entry_id)
    if not page.file:
        raise NotHere()
    return file_response(page.file)
