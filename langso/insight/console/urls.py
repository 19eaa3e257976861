from django.urls import path

from langso.insight.console import views

app_name = "console"
urlpatterns = [
    path("", views.communes, name="communes"),
    path("map/", views.chart, name="map"),
    path("<str:code>/", views.commune, name="commune"),
    path("<str:code>/days/", views.days, name="days"),
    path("<str:code>/alarms/<str:kind>/", views.acknowledgement, name="acknowledgement"),
]
