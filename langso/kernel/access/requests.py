"""The request as our views get it: with the one who acts."""

from django.http import HttpRequest

from langso.kernel.access.actors import Actor


class ActorRequest(HttpRequest):
    """`ActorMiddleware` sets `actor`; a visitor who has not signed in is `NOBODY` in the open commune."""

    actor: Actor
