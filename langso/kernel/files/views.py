"""Public pictures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from langso.kernel.files import queries, responses


@require_safe
def picture(request: HttpRequest, sha256: str, size: str) -> HttpResponse:
    """A picture that was made public, small or full."""
    content = queries.public_content(sha256=sha256, size=size)
    if content is None:
        raise Http404
    return responses.picture_response(content)
