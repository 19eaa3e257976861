"""Builders of boxes as a hub knows them, for tests and the demo: rows only, no process runs behind them."""

from datetime import datetime, timedelta
from typing import Any

from langso.kernel import clock
from langso.kernel.ids import new_id
from langso.kernel.link.models import CommuneHome, DailyReport, Node, NodeState, Received, Report, Traffic

QUIET: dict[str, Any] = {
    "version": "1.0",
    "epoch": "epoch-1",
    "last": 1200,
    "disk_free_percent": 60,
    "database_mb": 64,
    "parked": 0,
    "backlog": 0,
    "quarantined": 0,
    "incidents": 0,
    "clock_offset_s": 0,
    "backup_hours": 12,
}
"""What a box in good order says of itself."""


def make_box(
    commune: str,
    *,
    silent_hours: float = 0.0,
    state: NodeState = NodeState.ACTIVE,
    held: int = 1200,
    days: int = 0,
    seen: bool = True,
    **said: Any,
) -> str:
    """The box of a commune that was last heard of so many hours ago and said `said` of itself; returns its node.

    `held`: how many of its entries are here. `days`: for how many days there is traffic. `seen`: whether it ever asked.
    """
    now = clock.now()
    heard_at = now - timedelta(hours=silent_hours)
    node = str(new_id())
    Node.objects.create(
        pk=node,
        name=f"box-{commune}",
        role="commune",
        state=state,
        joined_at=now - timedelta(days=90),
        ended_at=None if state == NodeState.ACTIVE else now,
        seen_at=heard_at if seen else None,
        greeted_at=heard_at - timedelta(hours=5) if seen else None,
        version="1.0",
    )
    CommuneHome.objects.create(commune=commune, node=node, from_at=now - timedelta(days=90))
    report = QUIET | said
    Report.objects.create(pk=node, state=report, received_at=heard_at)
    times = {"started_at": now - timedelta(days=90), "received_at": heard_at, "written_at": heard_at}
    Received.objects.create(node=node, epoch="epoch-1", upto=held, hash=bytes(32), **times)
    _make_days(node, heard_at, days, report)
    return node


def _make_days(node: str, last_at: datetime, days: int, report: dict[str, Any]) -> None:
    for ago in range(days):
        day = (last_at - timedelta(days=ago)).date()
        entries = 40 + 17 * (ago % 5)
        Traffic.objects.create(node=node, traffic_date=day, entries=entries, bytes_up=entries * 110, bytes_down=400_000)
        DailyReport.objects.create(node=node, report_date=day, state=report)
