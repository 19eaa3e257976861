from django.urls import path

from langso.community.surveys import views

app_name = "surveys"

urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("<uuid:round_id>/", views.survey_round, name="round"),
    path("<uuid:round_id>/answers/", views.answers, name="answers"),
]
