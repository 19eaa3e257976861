"""At a hub: all that it knows of its boxes, as facts. What of it is an alarm is decided elsewhere."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Count

from langso.kernel import clock
from langso.kernel.link.facts import BoxFacts, Day, Holding, HomeFacts, InvitationFacts, KeyFacts, OpenIncident
from langso.kernel.link.models import (
    CommuneHome,
    DailyReport,
    Incident,
    Invitation,
    Node,
    NodeKey,
    Quarantined,
    Received,
    Report,
    Traffic,
)

MOST_DAYS: Final = 400


def box_facts() -> list[BoxFacts]:
    """All boxes that ever joined this hub, by name. Eight queries, however many there are."""
    communes, held, said = _communes(), _held(), {row.node_id: row for row in Report.objects.all()}
    aside = dict(Quarantined.objects.filter(settled_at=None).values_list("node").annotate(Count("pk")).order_by())
    incidents = _open_incidents()
    return [
        BoxFacts(
            node=node.pk,
            name=node.name,
            communes=tuple(communes.get(node.pk, ())),
            state=node.state,
            why=node.why,
            joined_at=node.joined_at,
            ended_at=node.ended_at,
            seen_at=node.seen_at,
            greeted_at=node.greeted_at,
            version=node.version,
            held=_holding(held.get(node.pk, [])),
            behind=_behind(said.get(node.pk), held.get(node.pk, [])),
            down=node.down,
            down_at=node.down_at,
            report=said[node.pk].state if node.pk in said else {},
            reported_at=said[node.pk].received_at if node.pk in said else None,
            quarantined=aside.get(node.pk, 0),
            incidents=tuple(incidents.get(node.pk, ())),
        )
        for node in Node.objects.filter(role="commune").order_by("name")
    ]


def keys_of(node: str) -> list[KeyFacts]:
    """The keys that a box has had, the newest first."""
    rows = NodeKey.objects.filter(node_id=node).order_by("-given_at")
    return [KeyFacts(row.pk, row.given_at, row.revoked_at) for row in rows]


def invitations_for(commune: str) -> list[InvitationFacts]:
    """The codes that were made for a commune, the newest first."""
    rows = Invitation.objects.filter(commune=commune).order_by("-made_at")
    return [_invitation(row) for row in rows]


def invited_communes() -> set[str]:
    """Communes for which a code can still be used."""
    rows = Invitation.objects.filter(used_at=None, expires_at__gt=clock.now())
    return set(rows.values_list("commune", flat=True))


def joined_for(nodes: Iterable[str]) -> dict[str, str]:
    """By node, the commune for which it was let in."""
    rows = Invitation.objects.filter(used_by__in=list(nodes)).order_by("used_at")
    return dict(rows.values_list("used_by", "commune"))


def homes_of(commune: str) -> list[HomeFacts]:
    """Where a commune has been at home since a node took it over, the present home first."""
    names = dict(Node.objects.values_list("pk", "name"))
    rows = CommuneHome.objects.filter(commune=commune).order_by("-from_at")
    return [HomeFacts(row.node, names.get(row.node, ""), row.from_at, row.to_at) for row in rows]


def days_of(node: str, *, most: int = MOST_DAYS) -> list[Day]:
    """What travelled from and to a box, and how it was, day by day, newest first; days without either left out."""
    traffic = {row.traffic_date: row for row in Traffic.objects.filter(node=node).order_by("-traffic_date")[:most]}
    reports = dict(
        DailyReport.objects.filter(node=node).order_by("-report_date").values_list("report_date", "state")[:most]
    )
    return [_day(day, traffic.get(day), reports.get(day, {})) for day in sorted({*traffic, *reports}, reverse=True)]


def _day(day: date, row: Traffic | None, report: Mapping[str, Any]) -> Day:
    if row is None:
        return Day(day, 0, 0, 0, report)
    return Day(day, row.entries, row.bytes_up, row.bytes_down, report)


def _invitation(row: Invitation) -> InvitationFacts:
    return InvitationFacts(row.commune, row.made_at, row.expires_at, row.used_at, row.used_by, row.replaces)


def _communes() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for commune, node in CommuneHome.objects.filter(to_at=None).order_by("commune").values_list("commune", "node"):
        found.setdefault(node, []).append(commune)
    return found


def _held() -> dict[str, list[Received]]:
    found: dict[str, list[Received]] = {}
    for row in Received.objects.defer("hash"):
        found.setdefault(row.node, []).append(row)
    return found


def _holding(rows: list[Received]) -> Holding:
    return Holding(
        entries=sum(row.upto for row in rows),
        received_at=max((row.received_at for row in rows if row.received_at), default=None),
        written_at=max((row.written_at for row in rows if row.written_at), default=None),
    )


def _behind(report: Report | None, rows: list[Received]) -> int:
    last = report.state.get("last") if report else None
    if report is None or not isinstance(last, int):
        return 0
    return max(0, last - sum(row.upto for row in rows if row.epoch == report.state.get("epoch")))


def _open_incidents() -> dict[str, list[OpenIncident]]:
    found: dict[str, list[OpenIncident]] = {}
    for node, kind, at in Incident.objects.filter(settled_at=None).values_list("node", "kind", "first_at"):
        found.setdefault(node, []).append(OpenIncident(kind, at))
    return found
