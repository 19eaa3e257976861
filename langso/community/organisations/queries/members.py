"""Members and their roles."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q

from langso.community.organisations import access
from langso.community.organisations.models import Member, Organisation, Standing, is_person
from langso.community.organisations.queries.organisations import OrganisationCard, card_of, organisation_here
from langso.community.organisations.texts import role_name
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import require
from langso.kernel.access.scope import every_commune
from langso.kernel.errors import NotHere


@dataclass(frozen=True, slots=True)
class MemberCard:
    """One role of one member. `role` is empty for plain membership; it holds until the day before `end_date`."""

    id: UUID
    name: str
    person_id: UUID | None
    account_id: UUID | None
    role: str
    role_name: str
    is_business_account: bool
    start_date: date
    end_date: date | None
    note: str
    holds: bool
    can_end: bool


@dataclass(frozen=True, slots=True)
class MembershipCard:
    """What the reader holds in one organisation."""

    member_id: UUID
    organisation: OrganisationCard
    role: str
    role_name: str
    is_business_account: bool
    start_date: date
    end_date: date | None


def member_cards(actor: Actor, *, organisation_id: UUID) -> list[MemberCard]:
    """All that was ever held in the organisation: what holds today first, then what is to come and what ended."""
    organisation = organisation_here(organisation_id)
    require(access.can_see_members(actor, organisation), actor)
    today = clock.today()
    rows = _members_of(organisation)
    names = _account_names([row.account_id for row in rows if row.account_id and not row.person_id])
    cards = [_member_card(actor, organisation, row, names, today) for row in rows]
    return sorted(cards, key=lambda card: (not card.holds, card.end_date is not None))


def member_card(actor: Actor, *, member_id: UUID) -> tuple[MemberCard, OrganisationCard]:
    """One membership and its organisation, for whoever may see or end it. Raises `NotHere`, `NotAllowed`."""
    row = member_here(member_id)
    organisation = organisation_here(row.organisation_id)
    require(access.can_see_members(actor, organisation) or access.can_end(actor, organisation, row), actor)
    names = _account_names([row.account_id] if row.account_id and not row.person_id else [])
    return _member_card(actor, organisation, row, names, clock.today()), card_of(organisation)


def member_here(member_id: UUID) -> Member:
    """The row, in the open commune or of the province; for this domain's services. Raises `NotHere`."""
    rows = Member.objects.select_related("organisation", "person")
    row = rows.filter(pk=member_id).first()
    if row is None:
        with every_commune("an office of the province belongs to no commune"):
            row = Member.objects.select_related("organisation").filter(pk=member_id, commune="").first()
    if row is None:
        raise NotHere()
    return row


def member_person_ids(*, organisation_id: UUID) -> frozenset[UUID]:
    """The persons of the register who hold anything in the organisation today. For services of other domains."""
    rows = Member.objects.on(clock.today()).filter(organisation=organisation_id, person__isnull=False)
    pairs = rows.values_list("person_id", "person__merged_into_id")
    return frozenset(merged_into or person for person, merged_into in pairs)


def cooperatives_of(person_id: UUID) -> list[UUID]:
    """The cooperatives of the open commune to which the person belongs today, in whatever role."""
    rows = Member.objects.on(clock.today()).filter(is_person(person_id))
    held = rows.filter(organisation__kind="COOPERATIVE").exclude(organisation__closed_date__lte=clock.today())
    return sorted(set(held.values_list("organisation_id", flat=True)))


def memberships_of(actor: Actor) -> list[MembershipCard]:
    """What the actor holds today in organisations of the open commune and of the province."""
    mine = Q(account_id=actor.account_id) if actor.account_id and not actor.assisting else Q(pk__in=())
    if actor.person_id:
        mine |= is_person(actor.person_id)
    with every_commune("offices of the province belong to no commune"):
        rows = Member.objects.on(clock.today()).filter(mine, commune__in=("", actor.commune))
        found = rows.select_related("organisation__village").order_by("organisation__sort_name", "role")
        return [
            MembershipCard(
                member_id=row.pk,
                organisation=card_of(row.organisation),
                role=row.role,
                role_name=role_name(row.role),
                is_business_account=row.standing == Standing.BUSINESS,
                start_date=row.start_date,
                end_date=row.end_date,
            )
            for row in found
        ]


def acting_as(actor: Actor) -> OrganisationCard | None:
    """The organisation as which a business account acts, None for a personal account."""
    if actor.account_id is None or actor.assisting:
        return None
    rows = Member.objects.on(clock.today()).filter(account_id=actor.account_id, standing=Standing.BUSINESS)
    row = rows.select_related("organisation__village").first()
    return card_of(row.organisation) if row else None


def _members_of(organisation: Organisation) -> list[Member]:
    with every_commune("an office of the province belongs to no commune"):
        rows = Member.objects.filter(organisation=organisation, commune=organisation.commune)
        return list(rows.select_related("person").order_by("person__sort_name", "start_date"))


def _account_names(account_ids: list[UUID]) -> dict[UUID, str]:
    rows = get_user_model().objects.filter(pk__in=account_ids) if account_ids else ()
    return {row.pk: str(row) for row in rows}


def _member_card(
    actor: Actor, organisation: Organisation, row: Member, names: dict[UUID, str], today: date
) -> MemberCard:
    holds = row.start_date <= today and (row.end_date is None or row.end_date > today)
    return MemberCard(
        id=row.pk,
        name=row.person.name if row.person else names.get(row.account_id, "") if row.account_id else "",
        person_id=row.person_id,
        account_id=row.account_id,
        role=row.role,
        role_name=role_name(row.role),
        is_business_account=row.standing == Standing.BUSINESS,
        start_date=row.start_date,
        end_date=row.end_date,
        note=row.note,
        holds=holds,
        can_end=row.end_date is None and access.can_end(actor, organisation, row),
    )
