from django.urls import path

from langso.kernel.backup import views

app_name = "backup"
urlpatterns = [path("", views.backups, name="backups")]
