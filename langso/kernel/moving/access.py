"""Who may move a commune: who looks after the node."""

from langso.kernel.access.actors import Actor, Role


def can_move(actor: Actor) -> bool:
    return actor.has_role(Role.OPERATOR)
