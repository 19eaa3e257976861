from django.urls import path

from langso.kernel.moving import views

app_name = "moving"
urlpatterns = [
    path("v1/offer", views.offer, name="offer"),
    path("v1/bundle", views.bundle, name="bundle"),
    path("v1/taken", views.taken, name="taken"),
    path("v1/arrival", views.arrival, name="arrival"),
    path("v1/part", views.part, name="part"),
]
