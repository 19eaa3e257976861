"""Who sends, as a phone is told: a mark of account and person that says nothing of either."""

from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from langso.kernel.access.actors import Actor


def mark_of(actor: Actor) -> str:
    """The same for the same account in the same person's name, in every session; empty for nobody.

    What a phone keeps is bound to it: a helper who acts for a resident has another mark than the helper alone.
    """
    if not actor.signed_in:
        return ""
    return salted_hmac("langso.offline.sender", f"{actor.account_id}:{actor.person_id}").hexdigest()[:16]


def reader_of(actor: Actor) -> str:
    """Whose pages a phone keeps, and in which language; another reader's are forgotten."""
    return f"{mark_of(actor)}.{get_language() or ''}"
