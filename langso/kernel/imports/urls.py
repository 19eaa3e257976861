from django.urls import path

from langso.kernel.imports import views

app_name = "imports"

urlpatterns = [
    path("", views.runs, name="runs"),
    path("new/<str:kind>/", views.upload, name="upload"),
    path("template/<str:kind>.<str:file_format>", views.template, name="template"),
    path("export/<str:kind>.<str:file_format>", views.export, name="export"),
    path("<uuid:run_id>/", views.run, name="run"),
    path("<uuid:run_id>/columns/", views.columns, name="columns"),
    path("<uuid:run_id>/writing/", views.start, name="start"),
    path("<uuid:run_id>/cancellation/", views.cancel, name="cancel"),
    path("<uuid:run_id>/reversal/", views.undo, name="undo"),
    path("<uuid:run_id>/continuation/", views.go_on, name="go_on"),
    path("<uuid:run_id>/rows/", views.rows, name="rows"),
    path("<uuid:run_id>/refused.<str:file_format>", views.refused, name="refused"),
]
