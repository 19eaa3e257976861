"""Who may see and tend the journal."""

from langso.kernel.access.actors import Actor, Role


def can_settle_parked(actor: Actor) -> bool:
    return actor.has_role(Role.OPERATOR)


def can_erase(actor: Actor) -> bool:
    return actor.has_role(Role.OPERATOR)
