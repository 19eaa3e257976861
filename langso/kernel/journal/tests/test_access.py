"""Who may open the operator's page of the journal."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

from langso.kernel.access.actors import system
from langso.kernel.journal.facts import BodyErased
from langso.kernel.journal.models import Entry, ParkedEntry
from langso.kernel.journal.services import emit, writing
from tests.access_table import Row, access_test
from tests.cast import Cast

TABLE = (
    Row("nobody", "GET", "/journal/parked/", 302),
    Row("an", "GET", "/journal/parked/", 403),
    Row("dung", "GET", "/journal/parked/", 403),
    Row("minh", "GET", "/journal/parked/", 403),
    Row("oanh", "GET", "/journal/parked/", 200),
    Row("dung", "POST", "/journal/parked/{parked}/retry/", 403),
    Row("oanh", "POST", "/journal/parked/{parked}/retry/", 409),
    Row("dung", "POST", "/journal/parked/{parked}/dismissal/", 403, {"reason": "x"}),
    Row("oanh", "POST", "/journal/parked/{parked}/dismissal/", 302, {"reason": "entered by hand"}),
    Row("oanh", "POST", "/journal/parked/{parked}/dismissal/", 422, {"reason": ""}),
    Row("oanh", "GET", "/journal/parked/{parked}/retry/", 405),
)


def things(cast: Cast) -> Mapping[str, object]:
    with writing():
        entry_id = emit(system("03390"), BodyErased(entry_id=uuid4()))
    parked, _ = ParkedEntry.objects.get_or_create(
        listener="tests.gone",
        defaults={
            "entry": Entry.objects.get(pk=entry_id),
            "error": "RuntimeError",
            "attempts": 3,
            "parked_at": datetime.now(UTC),
        },
    )
    return {"parked": parked.id}


test_access = access_test(TABLE, things)
