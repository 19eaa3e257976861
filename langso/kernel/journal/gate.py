"""Whether this node may write about a commune now.

A commune has one home node, the only one that changes its records. Before entries are written, every registered gate
is asked; one that answers with a `GateClosed` keeps the whole act from happening, and its sentence says what to do.
Wishes to another node's commune pass, and so does what the node says of itself (`@event(of_node=True)`).
"""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from langso.kernel.errors import DomainError


class GateClosed(DomainError):
    """Nothing can be written now. What was typed stays; listeners wait and try again by themselves."""

    code = "gate_closed"
    message = _("Nothing can be changed here at the moment. Please try again later.")


class HomeElsewhere(GateClosed):
    """The commune's records are changed by another node; here is a copy."""

    code = "home_elsewhere"
    message = _("This commune's records are kept by its own node. Here is a copy, which cannot be changed.")


Gate = Callable[[str], GateClosed | None]
"""Asked with a commune's code, or an empty text for what concerns the whole node."""

GATES: list[Gate] = []


def pass_gates(commune: str) -> None:
    """Raises the first refusal; every gate of this node must be open."""
    for ask in GATES:
        refusal = ask(commune)
        if refusal is not None:
            raise refusal
