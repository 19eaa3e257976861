"""A province with boxes in every state, made of rows alone, on a hub of Lai Châu (12)."""

from dataclasses import dataclass

from langso.community.places.queries import communes_of
from langso.kernel.link import incidents
from langso.kernel.link.models import NodeState
from langso.kernel.link.testing import make_box

PROVINCE = "12"


@dataclass(frozen=True)
class Province:
    """Codes of communes by how their boxes are; the rest has none."""

    quiet: str
    away: str
    silent: str
    lost: str
    forked: str
    unwell: str
    lagging: str
    revoked: str
    nodes: dict[str, str]


def make_province() -> Province:
    codes = [unit.code for unit in communes_of(PROVINCE) if unit.code != "03390"]
    quiet, away, silent, lost, forked, unwell, lagging, revoked = codes[:8]
    nodes = {
        quiet: make_box(quiet, days=30),
        away: make_box(away, silent_hours=2),
        silent: make_box(silent, silent_hours=30),
        lost: make_box(lost, silent_hours=24 * 9),
        forked: make_box(forked, state=NodeState.STOPPED),
        unwell: make_box(
            unwell,
            days=12,
            disk_free_percent=6,
            parked=3,
            backup_hours=96,
            clock_offset_s=-900,
            quarantined=2,
            incidents=1,
        ),
        lagging: make_box(lagging, last=14_000, held=1_200),
        revoked: make_box(revoked, state=NodeState.REVOKED),
    }
    incidents.note(incidents.FORK, node=nodes[forked], detail="two machines take turns with one identity")
    return Province(quiet, away, silent, lost, forked, unwell, lagging, revoked, nodes)
