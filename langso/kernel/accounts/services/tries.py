"""Counting tries, so that guessing ends in a lock-out and every lock-out ends by itself.

A count is its own small transaction and not part of a service: it must stay when what was tried is refused.
"""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from langso.kernel import clock
from langso.kernel.accounts.models import Tries
from langso.kernel.accounts.rules import Limit
from langso.kernel.errors import DomainError

KEPT_FOR = timedelta(days=1)


class TooManyTries(DomainError):
    """The tries are used up (429). Says when one may try again; `ends_at` is the moment (UTC)."""

    code = "too_many_tries"
    status = 429

    def __init__(self, ends_at: datetime) -> None:
        self.ends_at = ends_at
        super().__init__(_("Too many tries. You can try again at %(time)s.") % {"time": _moment(ends_at)})


def spend(limit: Limit, *, subject: str) -> None:
    """Use up one try of a phone, an address or a user name. Raises `TooManyTries` when there is none left.

    One conditional update claims the try, so requests that arrive together cannot have more tries than there are.
    """
    key, now = _key(limit, subject), clock.now()
    row = Tries.objects.filter(key=key)
    if not row.exists():
        Tries.objects.filter(ends_at__lt=now - KEPT_FOR).delete()
        Tries.objects.bulk_create([Tries(key=key, ends_at=now + limit.window)], ignore_conflicts=True)
    row.filter(ends_at__lte=now).update(count=0, ends_at=now + limit.window)
    if not row.filter(count__lt=limit.most).update(count=F("count") + 1):
        raise TooManyTries(row.get().ends_at)
    row.filter(count=limit.most).update(ends_at=now + limit.window)


def forgive(limit: Limit, *, subject: str) -> None:
    """Forget the tries: the last one was right."""
    Tries.objects.filter(key=_key(limit, subject)).delete()


def raise_if_used_up(limit: Limit, *, subject: str) -> None:
    """Raise `TooManyTries` when no try is left, without using one up."""
    used_up = Tries.objects.filter(key=_key(limit, subject), count__gte=limit.most, ends_at__gt=clock.now()).first()
    if used_up:
        raise TooManyTries(used_up.ends_at)


def _key(limit: Limit, subject: str) -> str:
    return salted_hmac(f"accounts.tries.{limit.name}", subject, algorithm="sha256").hexdigest()


def _moment(moment: datetime) -> str:
    """The time of day, rounded up to the minute, and the date when it is not today's."""
    local = timezone.localtime(moment + timedelta(seconds=59))
    shape = "H:i" if local.date() == clock.today() else "H:i, d/m/Y"
    return date_format(local, shape)
