"""What a phone needs besides the pages: the service worker, the manifest, the outbox, pictures in parts."""

import json
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.sources import SOURCES
from langso.kernel.errors import Invalid
from langso.kernel.offline import uploads
from langso.kernel.offline.keeping import FORM, may_keep
from langso.kernel.offline.phone import pages_for
from langso.kernel.offline.sent import TooLarge

SHELL: Final = (
    "resident.css", "resident-script.js", "desk.css", "desk-script.js", "outbox.js", "outbox-script.js",
    "icons.svg", "icons-more.svg", "favicon.svg",
)  # fmt: skip
"""Static files without which no page looks like itself."""

PAPER: Final = "#fbfaf6"


class BadPart(Invalid):
    code = "bad_part"


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that opens pages without a link; switched off, one that removes itself and all it kept."""
    name = "sw.js" if settings.SERVICE_WORKER else "sw-off.js"
    shell = json.dumps({"pages": [reverse("offline:no-link"), reverse("offline:outbox")], "files": _files()})
    script = f"self.SHELL={shell};{_built(name)}" if settings.SERVICE_WORKER else _built(name)
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


def _files() -> list[str]:
    return [static(name) for name in SHELL]


@cache
def _built(name: str) -> str:
    return Path(settings.STATICFILES_DIRS[0], name).read_text(encoding="utf-8")


@require_safe
def manifest(request: ActorRequest) -> HttpResponse:
    """What a phone asks before it puts Langso on the home screen."""
    known = SOURCES.places.commune(request.actor.commune or settings.COMMUNE) if SOURCES.places else None
    icons = [
        {"src": static(f"app-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"}
        for size in (192, 512)
    ]
    icons.append({"src": static("app-maskable.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"})
    told = {
        "id": "/",
        "name": _("Langso, %(commune)s") % {"commune": known.name} if known else "Langso",
        "short_name": _("Digital village"),
        "description": _("Diary, market and services of your commune, also without a link."),
        "lang": request.LANGUAGE_CODE,
        "start_url": "/home/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(told, headers={"Cache-Control": "no-cache"}, content_type="application/manifest+json")


@require_safe
def outbox(request: ActorRequest) -> HttpResponse:
    """What is saved on this phone and waits, what was sent, what must be mended: filled by the phone itself."""
    may_keep(request, FORM)
    return render(request, "offline/outbox.html")


@require_safe
def no_link(request: ActorRequest) -> HttpResponse:
    """Shown for a page that is not on this phone while the node cannot be reached."""
    may_keep(request, FORM)
    return render(request, "offline/no_link.html")


@require_GET
@never_cache
@ensure_csrf_cookie
def pages(request: ActorRequest) -> JsonResponse:
    """The pages that this person's phone should have, as JSON; also where a phone gets a fresh CSRF cookie."""
    return JsonResponse({"pages": pages_for(request.actor)})


@require_http_methods(["GET", "PUT"])
@never_cache
def upload(request: ActorRequest, upload_id: UUID) -> HttpResponse:
    """How much of a picture is here (GET), and the next part of it (PUT with `Upload-Offset` and `Upload-Length`)."""
    if request.method == "GET":
        return _offset(uploads.received(request.actor, upload_id=upload_id))
    try:
        start, size = int(request.headers["Upload-Offset"]), int(request.headers["Upload-Length"])
        content = request.body
    except RequestDataTooBig as large:
        raise TooLarge() from large
    except (KeyError, ValueError):
        raise BadPart(_("A part of a picture must say where it begins and how large the whole is.")) from None
    here = uploads.receive(
        request.actor,
        upload_id=upload_id,
        start=start,
        size=size,
        content=content,
        name=request.headers.get("Upload-Name", "photo"),
        content_type=request.headers.get("Content-Type", ""),
    )
    return _offset(here)


def _offset(received: int) -> HttpResponse:
    return JsonResponse({"received": received})
