"""Who may do what with notices. One function a question."""

from langso.kernel.access.actors import STAFF_ROLES, Actor, Role


def can_read_those_for_staff(actor: Actor) -> bool:
    """The people who work for the commune, its organisations or the province."""
    return actor.has_role(*STAFF_ROLES)


def can_read_every_notice(actor: Actor) -> bool:
    """Also those that are addressed to other communes."""
    return actor.has_role(Role.PROVINCE_OFFICER, Role.OPERATOR)


def can_see_receipts(actor: Actor) -> bool:
    """Who has received a notice."""
    return actor.has_role(Role.PROVINCE_OFFICER, Role.OPERATOR)


def can_publish(actor: Actor) -> bool:
    return actor.has_role(Role.PROVINCE_OFFICER)
