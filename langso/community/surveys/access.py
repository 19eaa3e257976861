"""Who sees and keeps household surveys."""

from langso.kernel.access.actors import Actor, Role


def can_see_surveys(actor: Actor) -> bool:
    """Single answers are anonymous, but a village knows its people: officers only."""
    return actor.has_role(Role.OFFICER)


def can_keep_surveys(actor: Actor) -> bool:
    """Add answers and take them back."""
    return actor.has_role(Role.OFFICER)
