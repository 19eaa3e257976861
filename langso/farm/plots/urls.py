from django.urls import path

from langso.farm.plots.views import desk, resident

app_name = "plots"

urlpatterns = [
    path("", resident.mine, name="mine"),
    path("new/", resident.new, name="new"),
    path("<uuid:plot_id>/", resident.plot, name="plot"),
    path("<uuid:plot_id>/details/", resident.details, name="details"),
    path("<uuid:plot_id>/retirement/", resident.retirement, name="retirement"),
    path("<uuid:plot_id>/seasons/new/", resident.start, name="start"),
    path("seasons/<uuid:season_id>/", resident.season, name="season"),
    path("seasons/<uuid:season_id>/details/", resident.season_details, name="season-details"),
    path("seasons/<uuid:season_id>/closing/", resident.closing, name="closing"),
    path("seasons/<uuid:season_id>/reopening/", resident.reopening, name="reopening"),
    path("desk/", desk.plots, name="list"),
    path("desk/seasons/", desk.seasons, name="seasons"),
]
