from datetime import date

from django.urls import path, register_converter

from langso.community.places.views import changes, desk, public, villages


class DayConverter:
    """A calendar day in an address: 2025-07-01. Anything else is no address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


class CodeConverter:
    """A unit's code: two, three or five digits."""

    regex = r"\d{2,5}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DayConverter, "places-day")
register_converter(CodeConverter, "places-code")

app_name = "places"

urlpatterns = [
    path("old-address/", public.old_address, name="old-address"),
    path("communes/<places-code:code>/", public.commune, name="commune"),
    path("units/", desk.units, name="units"),
    path("units/<places-code:code>/<places-day:valid_from>/", public.unit, name="unit"),
    path("changes/", changes.changes, name="changes"),
    path("changes/new/", changes.recording, name="change-new"),
    path("changes/<uuid:change_id>/", changes.change, name="change"),
    path("changes/<uuid:change_id>/receipts/", changes.change_receipts, name="change-receipts"),
    path("changes/<uuid:change_id>/withdrawal/", changes.withdrawal, name="change-withdrawal"),
    path("boundaries/", desk.boundaries, name="boundaries"),
    path("villages/", villages.villages, name="villages"),
    path("villages/new/", villages.new, name="village-new"),
    path("villages/pasted/", villages.pasted, name="villages-pasted"),
    path("villages/<uuid:village_id>/", villages.village, name="village"),
    path("villages/<uuid:village_id>/revision/", villages.revision, name="village-revision"),
    path("villages/<uuid:village_id>/merger/", villages.merger, name="village-merger"),
]
