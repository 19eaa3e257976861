"""Who may keep files: whoever is signed in. What is done with them is asked by the domain that they belong to."""

from langso.kernel.access.actors import Actor


def can_keep(actor: Actor) -> bool:
    return actor.signed_in or actor.is_system
