"""What a farmer's phone keeps before it is asked: the diary and the forms of the running seasons."""

from collections.abc import Iterator

from django.urls import reverse

from langso.farm.diary import access
from langso.farm.diary.queries import screens
from langso.kernel.access.actors import Actor

MOST_SEASONS = 2


def pages(actor: Actor) -> Iterator[str]:
    """The first page, what is written most, and what was bought; nothing for somebody without a household."""
    if access.own_household(actor) is None:
        return
    yield reverse("diary:home")
    for buttons in screens.diary_home(actor).seasons[:MOST_SEASONS]:
        for activity in buttons.activities:
            yield reverse("diary:work", args=[buttons.season.id, activity.code])
        yield reverse("diary:harvest", args=[buttons.season.id])
    yield reverse("diary:bought")
