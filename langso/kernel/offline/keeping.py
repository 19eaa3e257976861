"""What a phone may keep of a page, told in headers that the service worker reads.

`Langso-Keep` is "form" (shown from the phone at once, renewed behind), "data" (from the node, from the phone when the
node does not answer) or absent: not kept. `Langso-Reader` is whose page it is, `Langso-At` when it was
made. A worker that looks ahead asks with `X-Quiet: 1`: messages then wait for somebody who reads them.
"""

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from langso.kernel import clock
from langso.kernel.access.requests import ActorRequest
from langso.kernel.offline.sender import reader_of

FORM, DATA = "form", "data"


def may_keep(request: HttpRequest, how: str) -> None:
    """Let phones keep the page that is being made; a form's word is stronger than a page's."""
    if getattr(request, "kept_as", "") != FORM:
        request.kept_as = how  # type: ignore[attr-defined]


def tell_what_to_keep(request: ActorRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Write the headers. A page with a message of this one moment is not kept, nor one that says no-store."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return response
    response["Langso-Reader"] = reader_of(request.actor)
    how = getattr(request, "kept_as", "")
    lasts = response.status_code == 200 and "no-store" not in response.headers.get("Cache-Control", "")
    if how and lasts and not _said_something(request):
        response["Langso-Keep"] = how
        response["Langso-At"] = clock.now().isoformat(timespec="seconds")
    return response


def _said_something(request: HttpRequest) -> bool:
    storage = get_messages(request)
    return bool(getattr(storage, "used", False) and getattr(storage, "_loaded_data", None))
