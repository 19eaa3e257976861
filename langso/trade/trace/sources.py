"""The register's question "who else uses this household?", answered from lots. Loaded when the app is ready."""

from collections.abc import Collection
from uuid import UUID

from langso.community.people.services import ask_before_withdrawing
from langso.trade.trace.models import Lot


@ask_before_withdrawing
def households_with_lots(ids: Collection[UUID]) -> Collection[UUID]:
    """Households whose goods have a code."""
    kept = Lot.objects.filter(household_id__in=ids).values_list("household_id", flat=True)
    return {household_id for household_id in kept if household_id}
