"""The register's question "who else uses this household?", answered from the diary. Loaded when the app is ready."""

from collections.abc import Collection
from uuid import UUID

from langso.community.people.services import ask_before_withdrawing
from langso.farm.diary.models import Entry


@ask_before_withdrawing
def households_with_a_diary(ids: Collection[UUID]) -> Collection[UUID]:
    """Households that wrote in the diary, struck entries too."""
    return set(Entry.objects.filter(household_id__in=ids).values_list("household_id", flat=True))
