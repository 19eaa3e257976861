from django.urls import path

from langso.kernel.offline import views

app_name = "offline"
urlpatterns = [
    path("sw.js", views.service_worker, name="service-worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("outbox/", views.outbox, name="outbox"),
    path("offline/", views.no_link, name="no-link"),
    path("offline/pages/", views.pages, name="pages"),
    path("offline/uploads/<uuid:upload_id>/", views.upload, name="upload"),
]
