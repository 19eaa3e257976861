from django.urls import path

from langso.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.commune, name="commune"),
    path("home/", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("help/", views.call_for_help, name="help"),
]
