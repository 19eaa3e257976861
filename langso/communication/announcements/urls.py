from django.urls import path

from langso.communication.announcements import views

app_name = "announcements"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("new/", views.publication, name="new"),
    path("<uuid:notice_id>/", views.notice, name="notice"),
    path("<uuid:notice_id>/receipts/", views.receipts, name="receipts"),
    path("<uuid:notice_id>/withdrawal/", views.withdrawal, name="withdrawal"),
]
