"""The one place where a question of permission becomes a refusal."""

from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Actor
from langso.kernel.errors import AccessDenied


class SignInNeeded(AccessDenied):
    """Nobody is signed in (401): pages send the visitor to the log-in page and back."""

    code = "sign_in_needed"
    status = 401
    message = _("Please sign in first.")


class NotAllowed(AccessDenied):
    message = _("You are not allowed to do this. Ask your commune office if you think you should be.")


def require(allowed: bool, actor: Actor) -> None:
    """Raise the right refusal unless `allowed`, the answer of a function in a domain's `access.py`."""
    if allowed:
        return
    if not actor.signed_in:
        raise SignInNeeded()
    raise NotAllowed()
