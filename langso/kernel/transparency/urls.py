from django.urls import path

from langso.kernel.transparency import views

app_name = "transparency"
urlpatterns = [
    path("proofs/<uuid:entry_id>/", views.proof, name="proof"),
    path("<str:commune>/<int:number>/checkpoint", views.checkpoint, name="checkpoint"),
    path("<str:commune>/<int:number>/key", views.key, name="key"),
    path("<str:commune>/<int:number>/tile/<path:tile_path>", views.tile, name="tile"),
]
