from django.urls import path

from langso.kernel.journal import views

app_name = "journal"
urlpatterns = [
    path("parked/", views.parked, name="parked"),
    path("parked/<uuid:parked_id>/retry/", views.retry, name="retry"),
    path("parked/<uuid:parked_id>/dismissal/", views.dismissal, name="dismissal"),
]
