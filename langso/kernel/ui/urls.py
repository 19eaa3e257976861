from django.urls import path

from langso.kernel.ui import views

app_name = "ui"
urlpatterns = [path("", views.kit, name="kit")]
