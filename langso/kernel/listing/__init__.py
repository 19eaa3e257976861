"""Lists: search without diacritics, filters, sorting, paging and CSV, with all of it in the address.

class PlotList(Listing[Plot]):
    title = _("Plots")
    columns = (
        Column("name", _("Name"), value=lambda plot: plot.name, sort="sort_name", url=lambda plot: …),
        Column("area", _("Area"), value=lambda plot: plot.area_m2),
    )
    filterset = PlotFilter
    search_fields = ("folded_name",)
    default_sort = "name"
    empty = _("No plot was entered yet.")

def plots(request): return PlotList(request, queries.plots(request.actor)).respond("plots/list.html")

`Gathered` is such a list over values that come from several tables or from elsewhere.
"""

from langso.kernel.listing.addresses import address_of
from langso.kernel.listing.columns import Column
from langso.kernel.listing.gathered import Gathered, GatheredFilter
from langso.kernel.listing.lists import Listing

__all__ = ["Column", "Gathered", "GatheredFilter", "Listing", "address_of"]
