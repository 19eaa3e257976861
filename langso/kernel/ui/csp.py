"""The content security policy: everything comes from this node, and nothing runs that stands inside a page. The one
style that may stand there is our own sheet, by its hash."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse

from langso.kernel.ui.sheets import sheet_source


@cache
def policy() -> str:
    return "; ".join(
        (
            "default-src 'self'",
            f"style-src 'self' {sheet_source()}",
            "img-src 'self' data: blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class ContentSecurityPolicyMiddleware:
    """Sends the policy with every answer. A view that needs another one sets the header itself and says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy())
        return response
