"""Who may see and tend the link."""

from langso.kernel.access.actors import Actor, Role


def can_see_link(actor: Actor) -> bool:
    return actor.has_role(Role.OPERATOR, Role.PROVINCE_OFFICER)


def can_tend_link(actor: Actor) -> bool:
    return actor.has_role(Role.OPERATOR)
