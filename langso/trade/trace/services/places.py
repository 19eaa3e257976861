"""Codes of places of production: random, without meaning, one a place, and never a person's name."""

from uuid import UUID

from langso.community.organisations.queries import organisation_card
from langso.community.people.queries import households_brief
from langso.community.places.queries import commune_card, village_card
from langso.farm.plots.queries import plot_card
from langso.kernel.access.scope import open_commune
from langso.kernel.ids import public_code
from langso.trade.trace.models import ProductionPlace


def place_of_plot(plot_id: UUID) -> ProductionPlace:
    """The place of a plot: its own code, and the village and commune as its name."""
    plot = plot_card(plot_id=plot_id)
    village = village_card(plot.village_id).name if plot.village_id else _village_of(plot.household_id)
    return _place(ProductionPlace.Kind.PLOT, plot_id, village)


def place_of_maker(*, organisation_id: UUID | None, household_id: UUID | None) -> ProductionPlace:
    """Where an organisation or, if there is none, a household works."""
    if organisation_id is not None:
        organisation = organisation_card(organisation_id=organisation_id)
        return _place(
            ProductionPlace.Kind.ORGANISATION, organisation_id, organisation.address or organisation.village_name
        )
    assert household_id is not None
    return _place(ProductionPlace.Kind.HOUSEHOLD, household_id, _village_of(household_id))


def _place(kind: ProductionPlace.Kind, of_id: UUID, where: str) -> ProductionPlace:
    commune = commune_card(open_commune()).with_province
    name = ", ".join(part for part in (where, commune) if part)
    place, _made = ProductionPlace.objects.get_or_create(
        kind=kind, of_id=of_id, defaults={"code": public_code(), "name": name[:300]}
    )
    return place


def _village_of(household_id: UUID) -> str:
    household = households_brief([household_id]).get(household_id)
    return household.village if household else ""
