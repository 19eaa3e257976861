"""Finds out who acts, once per request, and opens the commune they act in."""

from collections.abc import Callable, Iterator
from typing import cast

from django.http.response import HttpResponseBase, StreamingHttpResponse

from langso.kernel.access.actors import Actor
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.scope import commune_scope
from langso.kernel.accounts.models import Account
from langso.kernel.accounts.queries import standing_of, visitor

COMMUNE_KEY = "commune"


class ActorMiddleware:
    """Sets `request.actor` from the session and keeps the actor's commune open while the request is answered.

    Synchronous like every view: under ASGI, Django runs it in a thread with the request's own context, so the open
    commune of one request is never seen by another.
    """

    def __init__(self, get_response: Callable[[ActorRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: ActorRequest) -> HttpResponseBase:
        request.actor = _actor(request)
        with commune_scope(request.actor.commune):
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            chunks = cast("Iterator[bytes]", response.streaming_content)
            response.streaming_content = _within(request.actor.commune, chunks)
        return response


def _actor(request: ActorRequest) -> Actor:
    account = request.user
    if not isinstance(account, Account):
        return visitor()
    return standing_of(account).actor(request.session.get(COMMUNE_KEY, ""))


def _within(commune: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """A streamed answer is read after the request has ended: open the commune again for each of its pieces."""
    source = iter(chunks)
    while True:
        with commune_scope(commune):
            chunk = next(source, None)
        if chunk is None:
            return
        yield chunk
