from django.urls import path

from langso.kernel.backup import views

app_name = "backup"
urlpatterns = [
    path("", views.backups, name="backups"),
    path("restoration/finish/", views.finish, name="finish"),
]
