"""`/healthz`: 200 when the database answers and the worker has been seen lately, 503 with the part that is missing."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from langso.kernel import clock
from langso.kernel.disk import HARDLY_ANY, room
from langso.kernel.journal.queries import worker_seen_at

WORKER_SILENT_AFTER = timedelta(seconds=30)


def healthz(request: HttpRequest) -> JsonResponse:
    """The state of each part in words; for supervisors and load balancers, so it holds nothing private."""
    parts = {"web": "up", "database": _database(), "worker": "up"}
    if parts["database"] == "up":
        seen_at = worker_seen_at()
        if seen_at is None or clock.now() - seen_at > WORKER_SILENT_AFTER:
            parts["worker"] = "silent"
    healthy = set(parts.values()) == {"up"}
    # Told, but no reason to take the node out of service: everything can be read still.
    parts["disk"] = "full" if room(settings.DATA)[0] < HARDLY_ANY else "up"
    return JsonResponse({"healthy": healthy, "parts": parts}, status=200 if healthy else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "down"
    return "up"
