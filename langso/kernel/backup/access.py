"""Who may see and tend backups."""

from langso.kernel.access.actors import Actor, Role


def can_see_backups(actor: Actor) -> bool:
    return actor.has_role(Role.OPERATOR)


def can_tend_backups(actor: Actor) -> bool:
    return actor.has_role(Role.OPERATOR)
