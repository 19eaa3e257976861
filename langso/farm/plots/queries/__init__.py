"""Reads of plots and seasons for other domains; values cross, rows never."""

from langso.farm.plots.queries.cards import (
    PlotCard,
    SeasonCard,
    household_cooperatives,
    households_with_cooperative,
    plot_card,
    plots_of_household,
    season_card,
    season_cards,
    season_homes_of_organisations,
    seasons_of_household,
    seasons_of_organisation,
)

__all__ = [
    "PlotCard",
    "SeasonCard",
    "household_cooperatives",
    "households_with_cooperative",
    "plot_card",
    "plots_of_household",
    "season_card",
    "season_cards",
    "season_homes_of_organisations",
    "seasons_of_household",
    "seasons_of_organisation",
]
