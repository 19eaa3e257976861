"""The kernel's questions about communes, answered from the register of units. Loaded when the app is ready."""

from datetime import date
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
        """The commune with this code today, or None."""
        try:
            return _commune(code, clock.today())
        except LookupError:
            return None

    def communes_here(self, province: str) -> tuple[KnownCommune, ...]:
        """The communes of the province whose records this node holds: its own, and each that has entered a village."""
        with every_commune("which communes there are is the question"):
            codes = {settings.COMMUNE, *Village.objects.values_list("commune", flat=True).distinct()}
        known = [self.commune(code) for code in sorted(codes)]
        return tuple(commune for commune in known if commune and commune.province == province)


@lru_cache(maxsize=512)
def _commune(code: str, day: date) -> KnownCommune:
    """Asked at every request, and the law changes it at midnight at the earliest; what is unknown is not remembered."""
    row = AdminUnit.objects.on(day).filter(level=Level.COMMUNE, code=code).first()
    if row is None:
        raise LookupError(code)
    return KnownCommune(
        code=code, name=f"{VIETNAMESE_KIND[Kind(row.kind)].lower()} {row.name}", province=row.province_code
    )


SOURCES.places = RegisterOfPlaces()
