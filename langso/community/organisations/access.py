"""Who may do what with organisations and their members.

Officers look after every organisation of their commune, managers after their own. The operator runs the node: gives
roles in the commune office and the province's offices, and touches no other organisation. Nobody gives a role of access
to themselves.
"""

from uuid import UUID

from langso.community.organisations.models import Member, Organisation
from langso.community.organisations.rules.roles import PLAIN
from langso.kernel.access.actors import STAFF_ROLES, Actor, Role

OFFICES = frozenset({"COMMUNE_OFFICE", "PROVINCE"})
MANAGERS_GIVE = frozenset({PLAIN, Role.INSPECTOR, Role.COOPERATIVE_MANAGER})
OPERATORS_ONLY = frozenset({Role.OPERATOR, Role.PROVINCE_OFFICER})


def can_see_register(actor: Actor) -> bool:
    """The desk's list of organisations."""
    return actor.has_role(*STAFF_ROLES)


def can_found(actor: Actor, kind: str) -> bool:
    if kind == "PROVINCE":
        return actor.has_role(Role.OPERATOR)
    return actor.has_role(Role.OFFICER) or (kind == "COMMUNE_OFFICE" and actor.has_role(Role.OPERATOR))


def can_revise(actor: Actor, organisation: Organisation) -> bool:
    return can_found(actor, organisation.kind) or manages(actor, organisation)


def can_close(actor: Actor, organisation: Organisation) -> bool:
    return can_found(actor, organisation.kind)


def can_see_members(actor: Actor, organisation: Organisation) -> bool:
    """Staff of the commune, and the organisation's own managers and inspectors."""
    if organisation.kind == "PROVINCE":
        return actor.has_role(Role.OPERATOR) or actor.has_role(Role.PROVINCE_OFFICER, organisation_id=organisation.pk)
    if actor.has_role(Role.OFFICER, Role.HELPER, Role.OPERATOR):
        return True
    return actor.has_role(Role.COOPERATIVE_MANAGER, Role.INSPECTOR, organisation_id=organisation.pk)


def can_change_members(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor may give or end anything at all there: whether the form is shown."""
    return can_give(actor, organisation, PLAIN)


def can_give(actor: Actor, organisation: Organisation, role: str) -> bool:
    """Whether the actor may give (and end) this role in this organisation."""
    if role in OPERATORS_ONLY or organisation.kind == "PROVINCE":
        return actor.has_role(Role.OPERATOR)
    if organisation.kind in OFFICES and actor.has_role(Role.OPERATOR):
        return True
    return actor.has_role(Role.OFFICER) or (role in MANAGERS_GIVE and manages(actor, organisation))


def can_end(actor: Actor, organisation: Organisation, member: Member) -> bool:
    """Whoever may give it may end it, and everybody may leave."""
    return can_give(actor, organisation, member.role) or is_oneself(
        actor, person_id=member.person_id, account_id=member.account_id
    )


def is_oneself(actor: Actor, *, person_id: UUID | None, account_id: UUID | None) -> bool:
    """Whether the person or account is the actor's own."""
    if actor.is_system:
        return False
    return (person_id is not None and person_id == actor.person_id) or (
        account_id is not None and account_id == actor.account_id
    )


def manages(actor: Actor, organisation: Organisation) -> bool:
    return actor.has_role(Role.COOPERATIVE_MANAGER, organisation_id=organisation.pk)
