"""At a hub: what a box says of itself when it comes, and what is noticed in it."""

from typing import Any, Final

from django.db.models import F

from langso.kernel import clock
from langso.kernel.link.models import DailyReport, Node, Report
from langso.kernel.link.refusals import Stopped
from langso.kernel.link.standing import stop_forked

MOST_SAID: Final = 40
LONGEST: Final = 200
WRITTEN: Final = ("epoch", "last")
"""Up to where a box has written: said at once when it comes back, long before all of it has arrived."""


def greet(node: Node, said: dict[str, Any]) -> None:
    """Keep what a box says: its program, and which copy of it this is.

    A copy that was here before another one and comes back is a second machine with the same identity: both are stopped
    (`Stopped`). One change alone is a disk that moved to another machine.
    """
    copy = str(said.get("installation", ""))[:64]
    Node.objects.filter(pk=node.pk).update(version=str(said.get("version", ""))[:40], greeted_at=clock.now())
    written: dict[str, Any] = {name: said[name] for name in WRITTEN if name in said}
    if written:
        _keep_written(node, _told(written))
    if not copy or copy == node.installation:
        return
    if copy == node.installation_before:
        stop_forked(node=node.pk, detail="two machines take turns with one identity")
        raise Stopped()
    Node.objects.filter(pk=node.pk, installation=node.installation).update(
        installation=copy, installation_before=F("installation")
    )


def keep_report(node: Node, said: dict[str, Any]) -> None:
    """Keep what a box reports of itself: short values by name, whatever its version calls them."""
    state = _told(said)
    _keep(node, state)
    DailyReport.objects.update_or_create(node=node.pk, report_date=clock.today(), defaults={"state": state})


def _told(said: dict[str, Any]) -> dict[str, Any]:
    return {
        str(name)[:40]: value if isinstance(value, int | float | bool) or value is None else str(value)[:LONGEST]
        for name, value in list(said.items())[:MOST_SAID]
    }


def _keep_written(node: Node, written: dict[str, Any]) -> None:
    """Add it to the last report, whose time stays: the rest of it is as old as it was."""
    before = Report.objects.filter(pk=node.pk).values_list("state", flat=True).first()
    if before is None:
        _keep(node, written)
    else:
        Report.objects.filter(pk=node.pk).update(state=before | written)


def _keep(node: Node, state: dict[str, Any]) -> None:
    Report.objects.update_or_create(pk=node.pk, defaults={"state": state, "received_at": clock.now()})
