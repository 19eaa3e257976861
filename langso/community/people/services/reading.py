"""Reading whole records. Whenever staff do, a line is written that the resident can see; there is no other way to a
record."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from langso.community.people import access
from langso.community.people.events import RecordsOpened, RegisterExported
from langso.community.people.models import Household, RecordAccess
from langso.community.people.purposes import ASSISTED, BY_CODE, WHOLE_REGISTER
from langso.community.people.queries.cards import kept_record
from langso.community.people.queries.records import (
    HouseholdRecord,
    PersonRecord,
    household_record_of,
    record_of,
)
from langso.community.people.rules.codes import AccessWay
from langso.kernel import clock
from langso.kernel.access.actors import STAFF_ROLES, Actor, Membership, Role
from langso.kernel.access.require import require
from langso.kernel.errors import Invalid, NotHere
from langso.kernel.ids import new_id
from langso.kernel.journal.services import emit, service
from langso.kernel.text import nfc

ROWS_AT_ONCE = 1000


class PurposeNeeded(Invalid):
    code = "purpose_needed"
    message = _("Say what you open this record for. The person can see it.")

    def __init__(self) -> None:
        super().__init__(fields={"purpose": self.message})


class RemarkNeeded(Invalid):
    code = "remark_needed"
    message = _("Say in a few words what for. The person can see it.")

    def __init__(self) -> None:
        super().__init__(fields={"remark": self.message})


@service
def open_record(
    actor: Actor,
    *,
    person_id: UUID,
    purpose: str,
    remark: str = "",
    way: AccessWay = AccessWay.SCREEN,
    with_number: bool = False,
) -> PersonRecord:
    """The whole record of a person, for staff who say what for. `with_number`: the personal number unmasked.

    Of a record that was merged away, the one that was kept. Raises `PurposeNeeded`, `RemarkNeeded`, `NotHere`,
    `NotAllowed`.
    """
    require(access.can_open_records(actor), actor)
    check_purpose(purpose, remark)
    person = kept_record(person_id)
    if person is None:
        raise NotHere()
    _write_down(actor, [person.pk], purpose=purpose, remark=remark, way=way, saw_number=with_number)
    return record_of(person, today=clock.today(), with_number=with_number)


@service
def open_household(
    actor: Actor, *, household_id: UUID, purpose: str, remark: str = "", way: AccessWay = AccessWay.SCREEN
) -> HouseholdRecord:
    """The whole record of a household; a line for everybody whom it names.

    Raises `PurposeNeeded`, `RemarkNeeded`, `NotHere`, `NotAllowed`.
    """
    require(access.can_open_records(actor), actor)
    check_purpose(purpose, remark)
    household = Household.objects.select_related("village", "split_from").filter(pk=household_id).first()
    if household is None:
        raise NotHere()
    record = household_record_of(household)
    _write_down(actor, record.person_ids, purpose=purpose, remark=remark, way=way)
    return record


@service
def open_own_record(actor: Actor, *, with_number: bool = False) -> PersonRecord:
    """The actor's own record. A helper who reads it in the resident's name leaves a line.

    Raises `SignInNeeded`, `NotAllowed` (the account belongs to nobody of this register), `NotHere`.
    """
    require(access.can_see_own_record(actor), actor)
    assert actor.person_id is not None
    person = kept_record(actor.person_id)
    if person is None:
        raise NotHere()
    if actor.assisting:
        _write_down(actor, [person.pk], purpose=ASSISTED, way=AccessWay.ASSISTED, saw_number=with_number)
    return record_of(person, today=clock.today(), with_number=with_number)


@service
def log_export(
    actor: Actor,
    *,
    person_ids: Iterable[UUID],
    purpose: str,
    remark: str = "",
    selection: str = "",
    saw_number: bool = False,
) -> int:
    """Write down that these records leave as a file, before they do. Returns how many.

    `selection` says which ones, as the screen named it. Raises `PurposeNeeded`, `RemarkNeeded`, `NotAllowed`.
    """
    require(access.can_export_register(actor), actor)
    check_purpose(purpose, remark)
    return _log_file(actor, person_ids, purpose=purpose, remark=remark, selection=selection, saw_number=saw_number)


@service
def log_whole_export(actor: Actor, *, person_ids: Iterable[UUID]) -> int:
    """The same for the file of the whole register, numbers included, that the import page offers: that is its
    purpose."""
    require(access.can_export_register(actor), actor)
    return _log_file(actor, person_ids, purpose=WHOLE_REGISTER, remark="", selection="", saw_number=True)


def _log_file(
    actor: Actor, person_ids: Iterable[UUID], *, purpose: str, remark: str, selection: str, saw_number: bool
) -> int:
    act = new_id()
    lines = _lines(
        actor, list(person_ids), act=act, purpose=purpose, remark=remark, way=AccessWay.EXPORT, saw_number=saw_number
    )
    RecordAccess.objects.bulk_create(lines, batch_size=ROWS_AT_ONCE)
    emit(
        actor,
        RegisterExported(act=act, count=len(lines), purpose=purpose, selection=selection),
        reason=nfc(remark).strip(),
    )
    return len(lines)


def check_purpose(purpose: str, remark: str) -> None:
    """Refuse a purpose that is not on the list, or one that must be explained and is not."""
    known = BY_CODE.get(purpose)
    if known is None or not known.on_desk:
        raise PurposeNeeded()
    if known.explain and not remark.strip():
        raise RemarkNeeded()


def _write_down(
    actor: Actor,
    person_ids: Iterable[UUID],
    *,
    purpose: str,
    way: AccessWay,
    remark: str = "",
    saw_number: bool = False,
) -> None:
    act, ids = new_id(), list(person_ids)
    RecordAccess.objects.bulk_create(
        _lines(actor, ids, act=act, purpose=purpose, remark=remark, way=way, saw_number=saw_number)
    )
    emit(
        actor,
        RecordsOpened(act=act, person_ids=tuple(ids), purpose=purpose, way=way.value),
        reason=nfc(remark).strip(),
    )


def _lines(
    actor: Actor,
    person_ids: list[UUID],
    *,
    act: UUID,
    purpose: str,
    remark: str,
    way: AccessWay,
    saw_number: bool,
) -> list[RecordAccess]:
    role, membership = _standing(actor)
    now = clock.now()
    return [
        RecordAccess(
            act=act,
            person_id=person_id,
            account_id=actor.account_id,
            actor_name=actor.name,
            role=role,
            organisation_id=membership.organisation_id if membership else None,
            organisation_name=membership.organisation if membership else "",
            purpose=purpose,
            remark=nfc(remark).strip()[:200],
            saw_number=saw_number,
            way=way.value,
            read_at=now,
        )
        for person_id in person_ids
    ]


def _standing(actor: Actor) -> tuple[str, Membership | None]:
    """As what the actor reads: the role that lets them, and in which organisation."""
    if actor.is_system:
        return "SYSTEM", None
    if actor.assisting:
        return Role.HELPER.value, None
    held = [each for each in actor.memberships if each.role in STAFF_ROLES and each.commune in ("", actor.commune)]
    chosen = next((each for each in held if each.role == Role.OFFICER), held[0] if held else None)
    return (chosen.role.value if chosen else Role.RESIDENT.value), chosen
