"""Who else uses a person or household? Asked before one is taken back as if it had never been there.

A domain that keeps ids of persons or households, without a foreign key that would speak for itself, answers here:

    @people.services.ask_before_withdrawing
    def households_with_land(ids: Collection[UUID]) -> Collection[UUID]:
        ...
"""

from collections.abc import Callable, Collection
from uuid import UUID

from django.contrib.auth import get_user_model

Question = Callable[[Collection[UUID]], Collection[UUID]]

_QUESTIONS: list[Question] = []


def ask_before_withdrawing(question: Question) -> Question:
    """Register a function that answers which of these ids (of persons and of households) its domain uses."""
    _QUESTIONS.append(question)
    return question


def used_elsewhere(ids: Collection[UUID]) -> set[UUID]:
    """Those of these ids that some other domain, or an account, uses."""
    used: set[UUID] = set()
    for question in _QUESTIONS:
        used.update(question(ids))
    return used


@ask_before_withdrawing
def persons_with_accounts(ids: Collection[UUID]) -> Collection[UUID]:
    """Persons who can sign in."""
    accounts = get_user_model()._default_manager.filter(person_id__in=ids)
    return {pk for pk in accounts.values_list("person_id", flat=True) if pk}
