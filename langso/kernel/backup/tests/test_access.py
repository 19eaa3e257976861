"""Who may see and tend backups."""

from collections.abc import Mapping
from datetime import timedelta

from langso.kernel import clock
from langso.kernel.backup.models import Restoration
from tests.access_table import Row, access_test
from tests.cast import Cast

TABLE = (
    Row("nobody", "GET", "/backup/", 302),
    Row("an", "GET", "/backup/", 403),
    Row("giang", "GET", "/backup/", 403),
    Row("dung", "GET", "/backup/", 403),
    Row("minh", "GET", "/backup/", 403),
    Row("oanh", "GET", "/backup/", 200),
    Row("nobody", "POST", "/backup/restoration/finish/", 302, {"reason": "x"}),
    Row("dung", "POST", "/backup/restoration/finish/", 403, {"reason": "x"}),
    Row("oanh", "POST", "/backup/restoration/finish/", 422, {"reason": " "}),
    Row("oanh", "POST", "/backup/restoration/finish/", 302, {"reason": "the hub burnt down"}),
    Row("oanh", "GET", "/backup/restoration/finish/", 405),
)


def things(cast: Cast) -> Mapping[str, object]:
    now = clock.now()
    Restoration.objects.create(
        snapshot="000001",
        taken_at=now - timedelta(hours=5),
        restored_at=now,
        state="WAITING",
        old_epoch="e1",
        old_seq=3,
        old_travel_chain=bytes(32),
        new_epoch="e2",
    )
    return {}


test_access = access_test(TABLE, things)
