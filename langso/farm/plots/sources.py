"""The register's question "who else uses this household?", answered from plots. Loaded when the app is ready."""

from collections.abc import Collection
from uuid import UUID

from langso.community.people.services import ask_before_withdrawing
from langso.farm.plots.models import Plot


@ask_before_withdrawing
def households_with_land(ids: Collection[UUID]) -> Collection[UUID]:
    """Households that have land or water here, retired plots too."""
    return set(Plot.objects.filter(household_id__in=ids).values_list("household_id", flat=True))
