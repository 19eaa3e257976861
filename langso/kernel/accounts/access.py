"""Who may do what with accounts; one function a question."""

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Actor, Membership, Role
from langso.kernel.access.require import SignInNeeded
from langso.kernel.accounts.models import Account
from langso.kernel.errors import AccessDenied


def can_assist(actor: Actor) -> bool:
    """Whether the actor may act in a resident's name. Somebody who already does so holds no role of their own."""
    return actor.signed_in and actor.has_role(Role.HELPER, Role.OFFICER)


def own_account_id(actor: Actor) -> UUID:
    """The account of whoever acts. Raises `SignInNeeded` for a visitor and for the node itself."""
    if actor.account_id is None:
        raise SignInNeeded()
    return actor.account_id


class ClosedWhileAssisting(AccessDenied):
    """Whoever acts for a resident sees neither account: not the resident's, which is private, nor their own."""

    code = "closed_while_assisting"
    message = _("While you act for somebody, accounts stay closed. Press Stop first.")


def require_own_account(actor: Actor) -> UUID:
    """The account that the actor may look after: their own. Raises `SignInNeeded`, `ClosedWhileAssisting`."""
    if actor.assisting:
        raise ClosedWhileAssisting()
    return own_account_id(actor)


def can_link(actor: Actor) -> bool:
    return actor.has_role(Role.OFFICER, Role.OPERATOR)


def can_operate(actor: Actor) -> bool:
    return actor.has_role(Role.OPERATOR)


def runs_whole_node(actor: Actor) -> bool:
    """Whether the actor operates the whole node: on a commune's box its own operator, on a hub one who is bound to no
    commune."""
    if actor.is_system:
        return True
    if settings.ROLE == "commune" and actor.commune == settings.COMMUNE:
        return can_operate(actor)
    return not actor.assisting and any(each.role == Role.OPERATOR and not each.commune for each in actor.memberships)


def can_manage_account(actor: Actor, account: Account, memberships: tuple[Membership, ...]) -> bool:
    """Whether an operator may issue tokens and passwords for an account.

    A commune's operator has no hold on anybody whose power reaches beyond that commune: it would become the operator's.
    """
    if runs_whole_node(actor):
        return True
    inside = account.home_commune == actor.commune and all(each.commune == actor.commune for each in memberships)
    return can_operate(actor) and inside
