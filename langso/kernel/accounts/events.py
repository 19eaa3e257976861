"""What happened to accounts. All of it is about persons and stays on this node."""

from datetime import datetime
from uuid import UUID

from langso.kernel.journal.events import Reach, event


@event(reach=Reach.HERE, of_node=True)
class AccountOpened:
    """An account came into being: at the first verified code of a phone, or by an operator for staff."""

    account_id: UUID
    phone: str = ""
    username: str = ""


@event(reach=Reach.HERE, of_node=True)
class PhoneVerified:
    """Somebody proved with a one-time code that they hold this phone (+84…), and signed in."""

    account_id: UUID
    phone: str


@event(reach=Reach.HERE, of_node=True)
class PasswordVerified:
    """Somebody signed in with this account's password."""

    account_id: UUID


@event(reach=Reach.HERE, of_node=True)
class PersonLinked:
    """An account now belongs to a person of the register; `before` is the person it belonged to until then."""

    account_id: UUID
    person_id: UUID
    before: UUID | None = None


@event(reach=Reach.HERE, of_node=True)
class AssistStarted:
    """A helper began to act in a resident's name; it ends at `ends_at` unless it is ended earlier."""

    assist_id: UUID
    account_id: UUID
    person_id: UUID
    ends_at: datetime


@event(reach=Reach.HERE, of_node=True)
class AssistEnded:
    """The helper no longer acts in the resident's name. `early` is False when the time was simply over."""

    assist_id: UUID
    account_id: UUID
    person_id: UUID
    early: bool


@event(reach=Reach.HERE, of_node=True)
class TokenIssued:
    """A program got a key to act as an account, in all its roles or in the one that is named."""

    token_id: UUID
    account_id: UUID
    label: str
    role: str
    expires_at: datetime


@event(reach=Reach.HERE, of_node=True)
class TokenRevoked:
    token_id: UUID
    account_id: UUID


@event(reach=Reach.HERE, of_node=True)
class PasswordSet:
    """An account has a new password: chosen by its holder, or a first one given out by an operator."""

    account_id: UUID
    by_operator: bool


@event(reach=Reach.HERE, of_node=True)
class AccountLocked:
    """An operator closed an account: it can no longer sign in, and its sessions and tokens are dead."""

    account_id: UUID


@event(reach=Reach.HERE, of_node=True)
class AccountUnlocked:
    account_id: UUID
