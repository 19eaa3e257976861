"""Who may open what of the link. The doors under `/link/v1/` are for nodes: a person finds no hub behind them here."""

from collections.abc import Mapping

from langso.kernel import clock
from langso.kernel.link import incidents
from langso.kernel.link.models import Incident, Quarantined
from langso.kernel.link.tests.boxes import Box
from langso.kernel.link.wire.loose import to_json
from tests.access_table import Row, access_test
from tests.cast import Cast

TABLE = (
    Row("nobody", "GET", "/link/", 302),
    Row("an", "GET", "/link/", 403),
    Row("dung", "GET", "/link/", 403),
    Row("lan", "GET", "/link/", 403),
    Row("minh", "GET", "/link/", 200),
    Row("oanh", "GET", "/link/", 200),
    Row("minh", "POST", "/link/quarantine/{quarantined}/admission/", 403),
    Row("oanh", "POST", "/link/quarantine/{quarantined}/admission/", 302),
    Row("minh", "POST", "/link/quarantine/{quarantined}/dismissal/", 403, {"reason": "x"}),
    Row("oanh", "POST", "/link/quarantine/{quarantined}/dismissal/", 422, {"reason": ""}),
    Row("oanh", "POST", "/link/quarantine/{quarantined}/dismissal/", 302, {"reason": "an exercise"}),
    Row("minh", "POST", "/link/incidents/{incident}/closing/", 403, {"reason": "x"}),
    Row("oanh", "POST", "/link/incidents/{incident}/closing/", 422, {"reason": " "}),
    Row("oanh", "POST", "/link/incidents/{incident}/closing/", 302, {"reason": "its key was changed"}),
    Row("nobody", "PUT", "/link/v1/files/{sha}", 404),
    Row("nobody", "POST", "/link/v1/join", 404),
    Row("nobody", "POST", "/link/v1/hello", 404),
    Row("nobody", "POST", "/link/v1/journal", 404),
    Row("nobody", "GET", "/link/v1/down", 404),
    Row("nobody", "GET", "/link/v1/proof", 404),
    Row("nobody", "POST", "/link/v1/report", 404),
    Row("nobody", "POST", "/link/v1/key", 404),
)


def things(cast: Cast) -> Mapping[str, object]:
    box = Box("03405")
    (entry,) = box.entries(1)
    quarantined = Quarantined.objects.create(
        node=box.node, epoch=box.epoch, seq=1, commune="03405", kind=entry.kind, entry=to_json(entry),
        reason="OTHER_COMMUNE", received_at=clock.now(),
    )  # fmt: skip
    incidents.note(incidents.OTHER_COMMUNE, node=box.node, detail="one entry")
    return {"quarantined": quarantined.pk, "incident": Incident.objects.get().pk, "sha": "0" * 64}


test_access = access_test(TABLE, things)
