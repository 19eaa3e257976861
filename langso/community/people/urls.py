"""Addresses of the register, under `/people/`."""

from django.urls import path

from langso.community.people.views import duplicates, households, moves, own, purposes, register, visits

app_name = "people"

urlpatterns = [
    path("", register.people, name="list"),
    path("lookup/", register.lookup, name="lookup"),
    path("new/", register.register, name="new"),
    path("purpose/", purposes.purpose, name="purpose"),
    path("me/", own.me, name="me"),
    path("me/access-log/", own.access_log, name="access-log"),
    path("households/", households.households, name="households"),
    path("households/<uuid:household_id>/", households.household, name="household"),
    path("households/<uuid:household_id>/correction/", households.correction, name="household-correction"),
    path("households/<uuid:household_id>/head/", households.head, name="household-head"),
    path("households/<uuid:household_id>/relations/", households.relations, name="household-relations"),
    path("households/<uuid:household_id>/split/", households.split, name="household-split"),
    path("households/<uuid:household_id>/status/", households.status, name="household-status"),
    path("visits/", visits.visits, name="visits"),
    path("visits/new/", visits.visit, name="visit"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<uuid:pair_id>/", duplicates.pair, name="pair"),
    path("duplicates/<uuid:pair_id>/difference/", duplicates.different, name="pair-different"),
    path("merges/<uuid:merge_id>/undoing/", duplicates.undoing, name="merge-undoing"),
    path("<uuid:person_id>/", register.person, name="person"),
    path("<uuid:person_id>/correction/", register.correction, name="correction"),
    path("<uuid:person_id>/departure/", moves.departure, name="departure"),
    path("<uuid:person_id>/arrival/", moves.arrival, name="arrival"),
    path("<uuid:person_id>/household/", moves.move, name="move"),
    path("<uuid:person_id>/death/", moves.death, name="death"),
]
