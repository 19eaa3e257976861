"""What the web server runs."""

import os
from typing import Any

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class Handler(ASGIHandler):
    """Django's handler with the whole way from the first middleware to the view in one thread.

    Django goes back to the event loop between the middleware and the view, for views that are asynchronous. Ours are
    not, and the two changes of thread cost more than a small page. A response that streams is still sent by the loop.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        answer: Any = sync_to_async(self.get_response, thread_sensitive=True)
        response: HttpResponseBase = await answer(request)
        return response


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "langso.site.settings")
django.setup(set_prefix=False)
application = Handler()
