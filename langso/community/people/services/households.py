"""Households: forming, correcting, heads, relations, splitting."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from langso.community.people import access
from langso.community.people.events import (
    FieldChange,
    HeadChanged,
    HouseholdCorrected,
    HouseholdFormed,
    HouseholdSplit,
    PersonCorrected,
)
from langso.community.people.models import Household
from langso.community.people.rules.codes import CameBy, LeftBy, Relation
from langso.community.people.rules.details import tidy_code
from langso.community.people.services.finding import ChangedMeanwhile, check_day, claim, household_here, state_of, store
from langso.community.people.services.registering import NothingChanged, ReasonNeeded
from langso.community.people.services.settling import (
    Arrival,
    Departure,
    HeadMustBeNamed,
    NotAMember,
    crown,
    leave,
    members_of,
    put_in_search,
    settle,
)
from langso.community.places import queries as places
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, Invalid
from langso.kernel.journal.services import emit, service
from langso.kernel.text import nfc


class CodeTaken(Invalid):
    code = "household_code_taken"
    message = _("Another household of the commune has this code.")

    def __init__(self) -> None:
        super().__init__(fields={"code": self.message})


class NoSuchCode(Invalid):
    code = "no_such_household_code"
    message = _("No household of the commune has this code.")

    def __init__(self) -> None:
        super().__init__(fields={"household_code": self.message})


class VillageIsGone(Invalid):
    code = "village_is_gone"
    message = _("This village was merged into another one. Choose a village of today.")

    def __init__(self) -> None:
        super().__init__(fields={"village": self.message})


class AlreadyHead(DomainError):
    code = "already_head"
    message = _("This person is the head already.")


class NobodyLeaves(Invalid):
    code = "nobody_leaves"
    message = _("Choose who goes into the new household. Not everybody: then nothing is split.")


def free_code() -> str:
    """The next free code of the commune: `H00001`, counted up."""
    number = Household.objects.count() + 1
    while Household.objects.filter(code=f"H{number:05d}").exists():
        number += 1
    return f"H{number:05d}"


@service
def form_household(
    actor: Actor,
    *,
    village_id: UUID,
    code: str = "",
    address: str = "",
    formed_date: date | None = None,
    split_from_id: UUID | None = None,
) -> UUID:
    """Make a household in which nobody lives yet; an empty code is filled with the next free one.

    Raises `CodeTaken`, `VillageIsGone`, `NotHere` (no such village), `BadDay`.
    """
    require(access.can_change_register(actor), actor)
    _check_village(village_id)
    if formed_date:
        check_day(formed_date, today=clock.today(), field="formed_date")
    household = Household(
        code=tidy_code(code) or free_code(),
        village_id=village_id,
        address=nfc(address).strip(),
        split_from_id=split_from_id,
        formed_date=formed_date,
        registered_at=clock.now(),
    )
    _save_new(household)
    emit(
        actor,
        HouseholdFormed(
            household_id=household.pk, code=household.code, village_id=village_id, address=household.address
        ),
    )
    return household.pk


def _check_village(village_id: UUID) -> None:
    if places.village_card(village_id).merged_into:
        raise VillageIsGone()


def _save_new(household: Household) -> None:
    try:
        with transaction.atomic():
            household.save(force_insert=True)
    except IntegrityError as taken:
        raise CodeTaken() from taken


@service
def correct_household(
    actor: Actor, *, household_id: UUID, version: int, code: str, village_id: UUID, address: str, reason: str
) -> None:
    """Correct code, village or address, and say why.

    Raises `ReasonNeeded`, `NothingChanged`, `ChangedMeanwhile`, `CodeTaken`, `VillageIsGone`, `NotHere`.
    """
    require(access.can_change_register(actor), actor)
    household = household_here(household_id)
    if household.version != version:
        raise ChangedMeanwhile()
    if not reason.strip():
        raise ReasonNeeded()
    after = {"code": tidy_code(code) or household.code, "village_id": village_id, "address": nfc(address).strip()}
    changes = tuple(
        FieldChange(field=name, before=str(getattr(household, name)), after=str(value))
        for name, value in after.items()
        if getattr(household, name) != value
    )
    if not changes:
        raise NothingChanged()
    if village_id != household.village_id:
        _check_village(village_id)
    try:
        with transaction.atomic():
            claim(household, **after)
    except IntegrityError as taken:
        raise CodeTaken() from taken
    for member in members_of(household):
        put_in_search(member)
    emit(
        actor,
        HouseholdCorrected(
            household_id=household.pk,
            code=household.code,
            village_id=household.village_id,
            address=household.address,
            changes=changes,
        ),
        reason=reason.strip(),
    )


@service
def change_head(
    actor: Actor,
    *,
    household_id: UUID,
    head_id: UUID,
    on_date: date,
    relations: Mapping[UUID, Relation] | None = None,
    reason: str = "",
) -> None:
    """Make a member the head from a day on. Relations that are not given follow `rules.relations`.

    Raises `NotAMember`, `AlreadyHead`, `BadDay`, `NotHere`.
    """
    require(access.can_change_register(actor), actor)
    household = household_here(household_id)
    check_day(on_date, today=clock.today())
    chosen = next((member for member in members_of(household) if member.pk == head_id), None)
    if chosen is None:
        raise NotAMember(fields={"head": NotAMember.message})
    if chosen.relation == Relation.HEAD:
        raise AlreadyHead()
    former = crown(household, chosen, on_date=on_date, now=clock.now(), relations=relations)
    emit(
        actor,
        HeadChanged(household_id=household.pk, head_id=head_id, former_head_id=former, on_date=on_date),
        reason=reason,
    )


@service
def correct_relations(
    actor: Actor, *, household_id: UUID, relations: Mapping[UUID, Relation], reason: str = ""
) -> None:
    """Write down what members are to the head. The head stays the head: `change_head` is for that.

    Raises `NotAMember`, `NothingChanged`, `NotHere`.
    """
    require(access.can_change_register(actor), actor)
    household = household_here(household_id)
    members = {member.pk: member for member in members_of(household)}
    if not relations.keys() <= members.keys():
        raise NotAMember()
    changed = [
        (members[pk], relation)
        for pk, relation in relations.items()
        if Relation.HEAD not in (relation, members[pk].relation) and relation != members[pk].relation
    ]
    if not changed:
        raise NothingChanged()
    claim(household)
    now = clock.now()
    for member, relation in changed:
        before = member.relation
        store(member, now=now, relation=relation.value)
        change = FieldChange(field="relation", before=before, after=relation.value)
        emit(actor, PersonCorrected(person=state_of(member), changes=(change,)), reason=reason.strip())


@service
def split_household(
    actor: Actor,
    *,
    household_id: UUID,
    members: Mapping[UUID, Relation],
    head_id: UUID,
    on_date: date,
    village_id: UUID | None = None,
    code: str = "",
    address: str = "",
    next_head_id: UUID | None = None,
    reason: str = "",
) -> UUID:
    """Let some members form a household of their own; `members` says what each is to the new head `head_id`.

    `next_head_id` heads the old household when its head leaves. The new one is in the same village unless said
    otherwise. Returns the new household's id. Raises `NobodyLeaves`, `NotAMember`, `HeadMustBeNamed`, `BadDay`,
    `CodeTaken`, `NotHere`.
    """
    require(access.can_change_register(actor), actor)
    household = household_here(household_id)
    check_day(on_date, today=clock.today())
    everybody = members_of(household)
    leaving = [member for member in everybody if member.pk in members]
    if not leaving or len(leaving) == len(everybody):
        raise NobodyLeaves(fields={"members": NobodyLeaves.message})
    if head_id not in members or len(leaving) != len(members):
        raise NotAMember(fields={"head": NotAMember.message})
    if next_head_id in members:
        raise HeadMustBeNamed(fields={"next_head": HeadMustBeNamed.message})
    new_id = form_household(
        actor,
        village_id=village_id or household.village_id,
        code=code,
        address=address or household.address,
        formed_date=on_date,
        split_from_id=household.pk,
    )
    new, now = household_here(new_id), clock.now()
    for member in sorted(leaving, key=lambda each: each.pk != head_id):
        member.refresh_from_db()
        leave(member, Departure(LeftBy.SPLIT, on_date, because=reason), next_head_id=next_head_id, now=now)
        settle(
            member,
            new,
            relation=Relation.HEAD if member.pk == head_id else members[member.pk],
            arrival=Arrival(CameBy.SPLIT, on_date, because=reason),
            now=now,
        )
    emit(
        actor,
        HouseholdSplit(
            household_id=household.pk,
            new_household_id=new.pk,
            village_id=new.village_id,
            members=tuple(state_of(member) for member in leaving),
            head_id=head_id,
            on_date=on_date,
        ),
        reason=reason,
    )
    return new.pk


@service
def move_village(actor: Actor, *, from_id: UUID, into_id: UUID) -> int:
    """Put every household of one village into another, as when villages are merged. Returns how many; twice does
    nothing."""
    require(access.can_change_register(actor), actor)
    moved = list(Household.objects.filter(village=from_id))
    Household.objects.filter(village=from_id).update(village=into_id, version=F("version") + 1)
    for household in moved:
        change = FieldChange(field="village_id", before=str(from_id), after=str(into_id))
        emit(
            actor,
            HouseholdCorrected(
                household_id=household.pk,
                code=household.code,
                village_id=into_id,
                address=household.address,
                changes=(change,),
            ),
        )
    return len(moved)
