from django.urls import re_path

from langso.kernel.files import views

app_name = "files"
urlpatterns = [
    re_path(r"^(?P<sha256>[0-9a-f]{64})/(?P<size>full|thumb)\.webp$", views.picture, name="picture"),
]
