"""What waits for an inspector."""

from datetime import timedelta

from langso.farm.diary import access
from langso.farm.diary.models import CheckState, Entry
from langso.farm.diary.models.entries import EntryQuerySet
from langso.farm.diary.rules import LIMITS
from langso.farm.plots import queries as plots
from langso.kernel import clock
from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.require import require


def entries_to_check(actor: Actor) -> EntryQuerySet:
    """All standing entries that the actor may check, in whatever state. Raises `NotAllowed`, `SignInNeeded`."""
    require(access.can_open_check_queue(actor), actor)
    seasons = plots.season_homes_of_organisations(actor.organisation_ids(Role.INSPECTOR))
    return Entry.objects.all().standing().to_check(seasons, access.own_household(actor))


def waiting_and_late(actor: Actor) -> tuple[int, int]:
    """How many entries wait for the actor, and how many of them longer than an inspector should need."""
    waiting = entries_to_check(actor).filter(check_state__in=(CheckState.WAITING, CheckState.ANSWERED))
    late = waiting.filter(recorded_at__lt=clock.now() - timedelta(days=LIMITS.check_days))
    return waiting.count(), late.count()
