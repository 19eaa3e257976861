"""What the phone of somebody who visits households keeps before it is asked."""

from django.urls import reverse

from langso.community.people import access
from langso.kernel.access.actors import Actor


def pages(actor: Actor) -> list[str]:
    return [reverse("people:visits"), reverse("people:visit")] if access.can_note_visits(actor) else []
