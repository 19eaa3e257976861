from django.urls import path

from langso.kernel.link.views import desk, doors

app_name = "link"
urlpatterns = [
    path("", desk.state, name="state"),
    path("quarantine/<uuid:quarantined_id>/admission/", desk.letting_in, name="letting-in"),
    path("quarantine/<uuid:quarantined_id>/dismissal/", desk.dismissal, name="dismissal"),
    path("incidents/<uuid:incident_id>/closing/", desk.closing, name="closing"),
    path("v1/join", doors.join, name="join"),
    path("v1/hello", doors.hello, name="hello"),
    path("v1/journal", doors.journal, name="journal"),
    path("v1/down", doors.down, name="down"),
    path("v1/proof", doors.proof_of_copy, name="proof"),
    path("v1/report", doors.report, name="report"),
    path("v1/files/<str:sha256>", doors.file, name="file"),
    path("v1/key", doors.key, name="key"),
]
