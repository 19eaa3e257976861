"""Who looked at my data: the lines that services wrote, as the resident reads them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from langso.community.people import access
from langso.community.people.models import RecordAccess
from langso.community.people.purposes import BY_CODE
from langso.community.people.queries.records import absorbed_ids
from langso.community.people.texts import ROLES, WAYS
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import Text


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One time that somebody read the record: when, who (name, role, organisation), what for, how."""

    at: datetime
    name: str
    role: Text
    organisation: str
    purpose: Text
    remark: str
    way: Text
    saw_number: bool


@dataclass(frozen=True, slots=True)
class AccessPage:
    lines: tuple[AccessLine, ...]
    page: int
    pages: int
    count: int


PAGE_SIZE = 30


def own_access_log(actor: Actor, *, page: int = 1) -> AccessPage:
    """Who read the actor's own record, newest first, 30 a page; records that were merged into it are counted in.

    Raises `SignInNeeded`, `NotAllowed` (the account belongs to nobody of this register).
    """
    require(access.can_see_own_record(actor), actor)
    assert actor.person_id is not None
    return _page(actor.person_id, page)


def access_log(actor: Actor, *, person_id: UUID, page: int = 1) -> AccessPage:
    """The same of any person of the commune, for officers. Raises `NotAllowed`, `SignInNeeded`."""
    require(access.can_open_records(actor), actor)
    return _page(person_id, page)


def _page(person_id: UUID, page: int) -> AccessPage:
    rows = RecordAccess.objects.filter(person_id__in=[person_id, *absorbed_ids(person_id)]).order_by("-read_at", "-pk")
    count = rows.count()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, page), pages)
    lines = tuple(_line(row) for row in rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    return AccessPage(lines=lines, page=page, pages=pages, count=count)


def _line(row: RecordAccess) -> AccessLine:
    purpose = BY_CODE.get(row.purpose)
    return AccessLine(
        at=row.read_at,
        name=row.actor_name,
        role=ROLES.get(row.role, row.role),
        organisation=row.organisation_name,
        purpose=purpose.label if purpose else row.purpose,
        remark=row.remark,
        way=WAYS.get(row.way, row.way),
        saw_number=row.saw_number,
    )
