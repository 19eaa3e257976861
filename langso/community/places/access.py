"""Who may do what with places. Facts about the country are everybody's."""

from langso.kernel.access.actors import STAFF_ROLES, Actor, Role


def can_see_registers(actor: Actor) -> bool:
    """The desk's lists of units and villages."""
    return actor.has_role(*STAFF_ROLES)


def can_change_villages(actor: Actor) -> bool:
    """Enter, rename and merge villages of the open commune."""
    return actor.has_role(Role.OFFICER)


def can_record_changes(actor: Actor) -> bool:
    """Changes of communes by law; the node itself by command."""
    return actor.is_system or actor.has_role(Role.PROVINCE_OFFICER)


def can_see_change_receipts(actor: Actor) -> bool:
    """Which communes have received a change."""
    return actor.has_role(Role.PROVINCE_OFFICER, Role.OPERATOR)


def can_import_boundaries(actor: Actor) -> bool:
    """Outlines concern the whole node."""
    return actor.has_role(Role.OPERATOR)
