"""The kernel's questions about communes, answered from the register of units. Loaded when the app is ready."""

from datetime import date, datetime
from functools import lru_cache

from django.conf import settings

from langso.community.places.models import AdminUnit, Level, Village
from langso.community.places.models.units import VIETNAMESE_KIND, Kind
from langso.kernel import clock
from langso.kernel.access.scope import every_commune
from langso.kernel.access.sources import SOURCES, KnownCommune


class RegisterOfPlaces:
    """The `PlacesSource` of this node."""

    def commune(self, code: str) -> KnownCommune | None:
        """The commune with this code today, or as it last was: a node goes on working for one that has ended."""
        now = clock.now()
        try:
            return _commune(code, clock.local_date(now), now.replace(second=0, microsecond=0))
        except LookupError:
            return None

    def communes_here(self, province: str) -> tuple[KnownCommune, ...]:
        """The communes of the province whose records this node holds: its own, and each that has entered a village."""
        with every_commune("which communes there are is the question"):
            codes = {settings.COMMUNE, *Village.objects.values_list("commune", flat=True).distinct()}
        known = [self.commune(code) for code in sorted(codes)]
        return tuple(commune for commune in known if commune and commune.province == province)

    def communes_of(self, province: str) -> tuple[KnownCommune, ...]:
        """All communes of the province today, in the Vietnamese alphabet's order."""
        rows = AdminUnit.objects.on(clock.today()).filter(level=Level.COMMUNE, province_code=province)
        return tuple(_known(row) for row in rows.order_by("sort_name", "code"))


@lru_cache(maxsize=512)
def _commune(code: str, day: date, minute: datetime) -> KnownCommune:
    """Asked at every request, so it is remembered for a minute; what is unknown is not."""
    row = AdminUnit.objects.latest_commune(code, day)
    if row is None:
        raise LookupError(code)
    return _known(row)


def _known(row: AdminUnit) -> KnownCommune:
    return KnownCommune(
        code=row.code, name=f"{VIETNAMESE_KIND[Kind(row.kind)].lower()} {row.name}", province=row.province_code
    )


SOURCES.places = RegisterOfPlaces()
