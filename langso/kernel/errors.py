"""One shape for every refusal, as a page and as JSON.

A service raises a child of `DomainError`; the middleware turns it into an answer (see `langso.kernel.ui.refusals`).
What was typed stays: forms show the sentence, JSON carries `{"error": {"code", "message", "fields"}}`.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, TypeAlias

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise as LazyText
else:
    from django.utils.functional import Promise as LazyText

Text: TypeAlias = str | LazyText
"""A sentence for a person: translated when it is shown, not when it is written."""


class DomainError(Exception):
    """A refusal that a person can understand and act on. Subclasses set `code`, `message` and, rarely, `status`."""

    code: ClassVar[str] = "refused"
    message: Text = ""
    status: ClassVar[int] = 409

    def __init__(self, message: Text | None = None, *, fields: Mapping[str, Text] | None = None) -> None:
        if message is not None:
            self.message = message
        self.fields: dict[str, Text] = dict(fields or {})
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class Invalid(DomainError):
    """What was sent cannot be accepted as it stands; `fields` says which part and why (422)."""

    code = "invalid"
    status = 422


class NotHere(DomainError):
    """The thing does not exist for this reader: never made, gone, or another commune's (404)."""

    code = "not_here"
    status = 404


class AccessDenied(DomainError):
    """Signed in, but not allowed to do this (403)."""

    code = "access_denied"
    status = 403
