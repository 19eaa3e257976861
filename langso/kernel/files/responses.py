"""Kept files as answers."""

from django.http import Http404, HttpResponse

from langso.kernel.files import contents, queries

SHOWN_IN_PLACE = ("image/", "application/pdf")


def file_response(sha256: str, size: str = "full") -> HttpResponse:
    """A private file of the open commune, for the view of the domain it belongs to, which has asked who may see it.

    `size="thumb"` answers with a picture's small copy. Pictures and PDFs open in the browser, everything else is saved;
    nothing is run or cached.
    """
    card = queries.file_card(sha256=sha256)
    answer = _answer(card.thumb if size == "thumb" and card.thumb else sha256, card.content_type)
    in_place = card.content_type.startswith(SHOWN_IN_PLACE)
    answer["Content-Disposition"] = f'{"inline" if in_place else "attachment"}; filename="{sha256[:12]}"'
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "sandbox"
    return answer


def picture_response(sha256: str) -> HttpResponse:
    """A public picture: its address holds its hash, so it may be kept for ever."""
    answer = _answer(sha256, "image/webp")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


def _answer(sha256: str, content_type: str) -> HttpResponse:
    try:
        answer = HttpResponse(contents.read(sha256), content_type=content_type)
    except FileNotFoundError as missing:
        raise Http404 from missing
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
