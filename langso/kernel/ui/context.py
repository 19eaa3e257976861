"""What every template knows without being told."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from langso.kernel.access.actors import NOBODY


def ui(request: HttpRequest) -> dict[str, Any]:
    """`actor` (also on error pages, where nobody may be known) and `demo`, whether this node shows invented people."""
    return {"actor": getattr(request, "actor", NOBODY), "demo": settings.DEMO}
