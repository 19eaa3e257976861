"""A log as files, for everybody and every program. Nothing here needs a log-in."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from langso.kernel.access.requests import ActorRequest
from langso.kernel.errors import NotHere
from langso.kernel.transparency.queries import last_checkpoint, log_of, proof_of, tile_content, verifier_of
from langso.kernel.transparency.rules.tiles import WIDTH, tile_at

FOR_EVER = "public, max-age=31536000, immutable"
FOR_MOMENTS = "public, max-age=5"


@require_safe
def checkpoint(request: ActorRequest, commune: str, number: int) -> HttpResponse:
    """What this node signed last about a log (C2SP checkpoint)."""
    return _text(last_checkpoint(log_of(commune, number)).note)


@require_safe
def key(request: ActorRequest, commune: str, number: int) -> HttpResponse:
    """The key that verifies a log's checkpoints (C2SP note verifier)."""
    return _text(verifier_of(log_of(commune, number)).text + "\n")


@require_safe
def tile(request: ActorRequest, commune: str, number: int, tile_path: str) -> HttpResponse:
    """A tile of hashes or a bundle of leaves (C2SP tlog-tiles)."""
    wanted = tile_at(tile_path)
    if wanted is None:
        raise NotHere(_("This is no part of a log."))
    answer = HttpResponse(tile_content(log_of(commune, number), wanted), content_type="application/octet-stream")
    answer["Cache-Control"] = FOR_EVER if wanted.width == WIDTH else FOR_MOMENTS
    return answer


@require_safe
def proof(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """The proof that something public was written down, as a file that is verified without this node."""
    answer = HttpResponse(proof_of(entry_id), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{entry_id}.proof.json"'
    answer["Cache-Control"] = FOR_MOMENTS
    return answer


def _text(content: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = FOR_MOMENTS
    return answer
