"""Forms of plots and seasons: they check what was typed and make the details that a service takes."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from langso.farm.plots.models import PlotKind, Standard, Unit
from langso.farm.plots.queries import PlotCard, SeasonCard
from langso.farm.plots.rules import AreaUnit, Point, from_m2, to_m2
from langso.farm.plots.services import PlotDetails, SeasonDetails
from langso.kernel import clock
from langso.kernel.errors import Invalid
from langso.kernel.ids import new_id
from langso.kernel.ui.forms import AmountField, PictureSelect

KIND_ICONS = {
    PlotKind.FIELD.value: "land-plot",
    PlotKind.PADDY.value: "wheat",
    PlotKind.GARDEN.value: "sprout",
    PlotKind.POND.value: "fish",
    PlotKind.GREENHOUSE.value: "house",
    PlotKind.FOREST.value: "trees",
}


class LandForm(forms.Form):
    """A form with its own id, made by the server when the form is shown: sent twice, it counts once."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)

    def refuse(self, refusal: Invalid) -> None:
        """Show a service's refusal beside the fields that it names."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, str(sentence))
        if not refusal.fields:
            self.add_error(None, str(refusal.message))


class PlotForm(LandForm):
    """`villages`: (id, name) of the commune; `sao`: square metres of a sào here."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=PlotKind.choices, widget=PictureSelect(icons=KIND_ICONS))
    area = AmountField(label=_("How large is it?"), min_value=0, max_digits=12, decimal_places=4)
    area_unit = forms.ChoiceField(label=_("Counted in"), widget=forms.RadioSelect, choices=Unit.choices)
    name = forms.CharField(label=_("Name, such as “Upper field”"), max_length=80, required=False)
    village_id = forms.TypedChoiceField(label=_("Village"), required=False, coerce=UUID, empty_value=None)
    use = forms.CharField(label=_("Used for"), max_length=80, required=False)
    latitude = AmountField(label=_("Latitude"), required=False, max_digits=9, decimal_places=6)
    longitude = AmountField(label=_("Longitude"), required=False, max_digits=9, decimal_places=6)
    outline = forms.CharField(
        label=_("Outline (GeoJSON polygon)"), required=False, max_length=30_000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, villages: list[tuple[str, str]], sao: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sao = sao
        self.fields["village_id"].choices = [("", "–"), *villages]  # type: ignore[attr-defined]
        self.fields["area_unit"].choices = [  # type: ignore[attr-defined]
            (Unit.M2, Unit.M2.label),
            (Unit.SAO, _("sào (%(size)s m²)") % {"size": sao}),
            (Unit.HA, Unit.HA.label),
        ]

    def clean_outline(self) -> dict[str, Any] | None:
        text = self.cleaned_data["outline"]
        try:
            found = json.loads(text) if text else None
        except ValueError:
            raise ValidationError(_("This is not GeoJSON.")) from None
        geometry = found.get("geometry", found) if isinstance(found, dict) else found
        if geometry is not None and not isinstance(geometry, dict):
            raise ValidationError(_("This is not GeoJSON."))
        return geometry

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            self.add_error("longitude", _("A place needs latitude and longitude."))
        return data

    def details(self, name_if_empty: str) -> PlotDetails:
        data = self.cleaned_data
        point = Point(data["latitude"], data["longitude"]) if data["latitude"] is not None else None
        return PlotDetails(
            name=data["name"] or name_if_empty,
            kind=data["kind"],
            area_m2=to_m2(data["area"], AreaUnit(data["area_unit"]), sao=self.sao),
            area_unit=data["area_unit"],
            use=data["use"],
            village_id=data["village_id"],
            point=point,
            outline=data["outline"],
        )


def plot_initial(plot: PlotCard, outline: dict[str, Any] | None, *, sao: int) -> dict[str, Any]:
    """What the form shows of a plot that is being changed."""
    return {
        "kind": plot.kind,
        "area": from_m2(plot.area_m2, AreaUnit(plot.area_unit), sao=sao),
        "area_unit": plot.area_unit,
        "name": plot.name,
        "village_id": str(plot.village_id or ""),
        "use": plot.use,
        "latitude": plot.latitude,
        "longitude": plot.longitude,
        "outline": json.dumps(outline) if outline else "",
    }


class SeasonForm(LandForm):
    """`cooperatives`: name by id of those the household belongs to; `products`: names often grown here."""

    product = forms.ChoiceField(label=_("What do you grow or raise?"), required=False, widget=PictureSelect)
    product_name = forms.CharField(label=_("Another crop or animal"), max_length=80, required=False)
    start_date = forms.DateField(label=_("Started on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    organisation_id = forms.TypedChoiceField(
        label=_("For which cooperative?"), required=False, coerce=UUID, empty_value=None, widget=forms.RadioSelect
    )
    standard = forms.ChoiceField(label=_("Standard"), choices=Standard.choices, widget=forms.RadioSelect)
    expected_kg = AmountField(
        label=_("How many kilos do you hope for?"), required=False, min_value=0, max_digits=11, decimal_places=2
    )
    expected_harvest_date = forms.DateField(
        label=_("Harvest from about"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, cooperatives: Mapping[UUID, str], products: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["start_date"].initial = clock.today
        self.fields["standard"].initial = Standard.VIETGAP if cooperatives else Standard.NONE
        self.fields["organisation_id"].initial = str(next(iter(cooperatives), ""))
        self.fields["organisation_id"].choices = [  # type: ignore[attr-defined]
            *((str(key), name) for key, name in cooperatives.items()),
            ("", _("For nobody, only for ourselves")),
        ]
        self.fields["product"].choices = [(name, name) for name in products]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        data["product_name"] = data.get("product_name") or data.get("product") or ""
        if not data["product_name"]:
            self.add_error("product_name", _("Say what you grow or raise."))
        return data

    def details(self) -> SeasonDetails:
        data = self.cleaned_data
        return SeasonDetails(
            product_name=data["product_name"],
            start_date=data["start_date"],
            organisation_id=data["organisation_id"],
            standard=data["standard"],
            expected_harvest_date=data["expected_harvest_date"],
            expected_kg=data["expected_kg"] or None,
        )


def season_initial(season: SeasonCard) -> dict[str, Any]:
    """What the form shows of a season that is being changed."""
    return {
        "product_name": season.product_name,
        "start_date": season.start_date,
        "organisation_id": str(season.organisation_id or ""),
        "standard": season.standard,
        "expected_kg": season.expected_kg,
        "expected_harvest_date": season.expected_harvest_date,
    }


class CloseForm(forms.Form):
    closed_date = forms.DateField(
        label=_("Closed on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), initial=clock.today
    )

    def refuse(self, refusal: Invalid) -> None:
        for name, sentence in refusal.fields.items():
            self.add_error(name, str(sentence))


UNIT_STEPS: Mapping[str, Decimal] = {Unit.M2: Decimal(100), Unit.SAO: Decimal(1), Unit.HA: Decimal("0.1")}
"""How much one touch of plus adds to the area."""
