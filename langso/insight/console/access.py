"""Who may watch the communes' boxes: the officers of this hub's province, and the operator."""

from langso.kernel.access.actors import Actor, Role


def can_watch(actor: Actor, *, province: str) -> bool:
    """`province`: the two-digit code of the province whose hub this is."""
    if actor.has_role(Role.OPERATOR):
        return True
    return not actor.assisting and any(
        membership.role is Role.PROVINCE_OFFICER and membership.province in ("", province)
        for membership in actor.memberships
    )


def can_acknowledge(actor: Actor, *, province: str) -> bool:
    """Whoever watches also answers for what is left alone."""
    return can_watch(actor, province=province)
