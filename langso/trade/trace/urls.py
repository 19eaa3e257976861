from django.urls import path
from django.views.generic import RedirectView

from langso.trade.trace.views import public

app_name = "trace"

urlpatterns = [
    path("lot/", public.lookup, name="lookup"),
    path("lot/<str:code>", public.lot, name="lot"),
    path("lot/<str:code>/", RedirectView.as_view(pattern_name="trace:lot", permanent=True)),
    path("trace/suspicions/new/", public.report, name="report"),
]
