"""Public writes of accounts."""

from langso.kernel.accounts.services.assist import (
    CannotAssistSelf,
    end_assist,
    start_assist,
)
from langso.kernel.accounts.services.sign_in import (
    AccountLockedOut,
    CodeNotSent,
    WrongCode,
    WrongPassword,
    check_code,
    check_password,
    end_all_sessions,
    link_person,
    send_code,
    verify_phone,
)
from langso.kernel.accounts.services.staff import (
    CannotLockSelf,
    PasswordRefused,
    change_password,
    give_first_password,
    lock_account,
    open_staff_account,
    unlock_account,
)
from langso.kernel.accounts.services.tokens import digest_of, issue_token, mark_token_used, revoke_token
from langso.kernel.accounts.services.tries import TooManyTries

__all__ = [
    "AccountLockedOut",
    "CannotAssistSelf",
    "CannotLockSelf",
    "CodeNotSent",
    "PasswordRefused",
    "TooManyTries",
    "WrongCode",
    "WrongPassword",
    "change_password",
    "check_code",
    "check_password",
    "digest_of",
    "end_all_sessions",
    "end_assist",
    "give_first_password",
    "issue_token",
    "link_person",
    "lock_account",
    "mark_token_used",
    "open_staff_account",
    "revoke_token",
    "send_code",
    "start_assist",
    "unlock_account",
    "verify_phone",
]
