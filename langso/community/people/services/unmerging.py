"""Taking a merge back.

Both records stand again exactly as before the merge. What somebody changed since on the kept record stays as they
wrote it: only values that are still those of the merge are given back. The record that returns goes home; when its
place there was taken in the meantime, it comes back as a member whose relation is not stated, and into an empty
household as its head.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Field
from django.utils.translation import gettext_lazy as _

from langso.community.people import access
from langso.community.people.events import PersonsUnmerged
from langso.community.people.models import DuplicatePair, Headship, Household, Merge, Person, Residence
from langso.community.people.rules.codes import Relation
from langso.community.people.services.finding import claim, household_here, person_here, state_of, store
from langso.community.people.services.registering import refuse_taken
from langso.community.people.services.settling import put_in_search
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.errors import DomainError, NotHere
from langso.kernel.journal.services import emit, service
from langso.kernel.text import nfc

PLACE = ("household_id", "relation")


class LaterMergeFirst(DomainError):
    code = "later_merge_first"
    message = _("This record was part of a later merge. Take back that one first.")


class MergeAlreadyUndone(DomainError):
    code = "merge_already_undone"
    message = _("This merge was taken back already.")


@service
def unmerge(actor: Actor, *, merge_id: UUID, reason: str = "") -> UUID:
    """Take a merge back; returns the id of the record that had been kept. Raises `LaterMergeFirst`,
    `MergeAlreadyUndone`, `NumberTaken`, `NotHere`."""
    require(access.can_decide_duplicates(actor), actor)
    merge = Merge.objects.select_related("kept", "merged").filter(pk=merge_id).first()
    if merge is None:
        raise NotHere()
    _refuse_out_of_turn(merge)
    now = clock.now()
    _claim(actor, merge, reason, now)
    kept, merged = person_here(merge.kept_id), merge.merged
    effects = merge.after["effects"]
    relation = _give_back_kept(kept, merge, effects, now)
    refuse_taken(merged.personal_number, but=merged.pk)
    _bring_home(merged, merge, effects, relation, now)
    for person in (kept, merged):
        put_in_search(person)
    _reopen_pair(kept, merged)
    emit(
        actor,
        PersonsUnmerged(merge_id=merge.pk, kept=state_of(kept), merged=state_of(merged)),
        reason=nfc(reason).strip(),
    )
    return kept.pk


def _refuse_out_of_turn(merge: Merge) -> None:
    later = Merge.objects.filter(kept=merge.kept_id, undone_at=None, decided_at__gt=merge.decided_at).exists()
    if merge.undone_at is None and (later or merge.kept.merged_into_id):
        raise LaterMergeFirst()


def _claim(actor: Actor, merge: Merge, reason: str, now: datetime) -> None:
    claimed = Merge.objects.filter(pk=merge.pk, undone_at=None).update(
        undone_at=now,
        undone_by=actor.account_id,
        undone_by_name=actor.name,
        undone_reason=nfc(reason).strip()[:200],
    )
    if not claimed:
        raise MergeAlreadyUndone()


def _give_back_kept(kept: Person, merge: Merge, effects: dict[str, Any], now: datetime) -> str:
    """Restore the kept record; returns the relation in which the other one can come home."""
    before, after = merge.before["kept"], merge.after["kept"]
    back = {
        name: _read(name, before[name])
        for name in after
        if name not in PLACE and getattr(kept, name) == _read(name, after[name])
    }
    relation: str = merge.before["merged"]["relation"]
    if _gives_up_place(kept, effects):
        back |= {name: _read(name, before[name]) for name in PLACE if name in after}
    elif effects.get("heads"):
        relation = Relation.UNKNOWN.value
    if back:
        store(kept, now=now, **back)
    kept.household = Household.objects.filter(pk=kept.household_id).first() if kept.household_id else None
    return relation


def _gives_up_place(kept: Person, effects: dict[str, Any]) -> bool:
    """Take stay and headship from the kept record, when they are still those that the merge gave it."""
    new_stay, headship = effects.get("new_stay"), effects.get("handed_headship")
    if new_stay and not Residence.objects.filter(pk=new_stay, person=kept, to_date=None).exists():
        return False
    if headship and not Headship.objects.filter(pk=headship, person=kept, to_date=None).exists():
        return False
    if new_stay:
        Residence.objects.filter(pk=new_stay).delete()
    return True


def _bring_home(merged: Person, merge: Merge, effects: dict[str, Any], relation: str, now: datetime) -> None:
    home_id = merge.before["merged"]["household_id"]
    home = household_here(UUID(home_id)) if home_id else None
    if home is None:
        store(merged, now=now, merged_into=None)
        return
    head = Person.objects.filter(household=home, relation=Relation.HEAD).first()
    becomes = _relation_at_home(relation, head)
    claim(home, closed_date=None)
    store(merged, now=now, merged_into=None, household=home, relation=becomes)
    Residence.objects.filter(pk=effects["ended_stay"]).update(to_date=None, left_by="")
    if becomes == Relation.HEAD:
        _give_back_headship(merged, home, effects, now.date())


def _relation_at_home(relation: str, head: Person | None) -> str:
    if head is None:
        return Relation.HEAD.value
    return Relation.UNKNOWN.value if relation == Relation.HEAD else relation


def _give_back_headship(merged: Person, home: Household, effects: dict[str, Any], today: date) -> None:
    if handed := effects.get("handed_headship"):
        given = Headship.objects.filter(pk=handed, to_date=None).update(person=merged)
    else:
        ended = effects.get("ended_headship", merged.pk)
        given = Headship.objects.filter(pk=ended, person=merged).update(to_date=None)
    if not given:
        Headship.objects.create(household=home, person=merged, from_date=today)


def _read(name: str, value: Any) -> Any:
    """A column's value out of JSON."""
    field: Field[Any, Any] = Person._meta.get_field(name.removesuffix("_id"))  # type: ignore[assignment]
    if name.endswith("_id"):
        return UUID(value) if value else None
    return field.to_python(value)


def _reopen_pair(one: Person, other: Person) -> None:
    """A rule's suggestion waits again; a pair that only this merge had made goes."""
    first, second = sorted((one.pk, other.pk), key=lambda pk: pk.int)
    pairs = DuplicatePair.objects.filter(first=first, second=second)
    pairs.filter(weight=0).delete()
    pairs.update(decision="", decided_at=None, decided_by=None, decided_by_name="", reason="")
