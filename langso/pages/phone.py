"""What every phone keeps: the first page, and whom to call."""

from django.urls import reverse

from langso.kernel.access.actors import Actor


def pages(actor: Actor) -> list[str]:
    return [reverse("pages:home"), reverse("pages:help")]
