from django.urls import path

from langso.farm.diary.views import desk, entries, photos, resident, writing

app_name = "diary"

urlpatterns = [
    path("", resident.home, name="home"),
    path("seasons/<uuid:season_id>/", resident.season, name="season"),
    path("seasons/<uuid:season_id>/work/<str:activity>/", writing.work, name="work"),
    path("seasons/<uuid:season_id>/harvest/", writing.harvest, name="harvest"),
    path("seasons/<uuid:season_id>/hazard/", writing.hazard, name="hazard"),
    path("inputs/", resident.inputs, name="inputs"),
    path("inputs/new/", writing.bought, name="bought"),
    path("inputs/list/", resident.input_list, name="input-list"),
    path("entries/<uuid:entry_id>/", entries.entry, name="entry"),
    path("entries/<uuid:entry_id>/correction/", entries.correction, name="correction"),
    path("entries/<uuid:entry_id>/strike/", entries.strike, name="strike"),
    path("entries/<uuid:entry_id>/restoration/", entries.restoration, name="restoration"),
    path("entries/<uuid:entry_id>/undo/", entries.undo, name="undo"),
    path("entries/<uuid:entry_id>/answer/", entries.answer, name="answer"),
    path("entries/<uuid:entry_id>/photos/", photos.photos, name="photos"),
    path("entries/<uuid:entry_id>/photos/<str:sha256>/", photos.photo, name="photo"),
    path("entries/<uuid:entry_id>/photos/<str:sha256>/removal/", photos.removal, name="photo-removal"),
    path("entries/<uuid:entry_id>/file/", photos.paper, name="file"),
    path("entries/<uuid:entry_id>/confirmation/", desk.confirmation, name="confirmation"),
    path("entries/<uuid:entry_id>/question/", desk.question, name="question"),
    path("checks/", desk.checks, name="checks"),
    path("checks/confirmation/", desk.bulk_confirmation, name="bulk-confirmation"),
    path("concerns/<uuid:concern_id>/answer/", entries.concern_answer, name="concern-answer"),
]
