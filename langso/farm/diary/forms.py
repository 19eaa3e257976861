"""Forms of the diary: they check what was typed and make the content that a service takes. The rare is folded away."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from langso.farm.diary.activities import Activity
from langso.farm.diary.contents import Content, HarvestContent, HazardContent, InputContent, WorkContent
from langso.farm.diary.measures import HOUR, INPUT_UNITS, NAMES
from langso.farm.diary.models import Finding, HazardSubject, InputKind
from langso.kernel import clock
from langso.kernel.errors import DomainError
from langso.kernel.ids import new_id
from langso.kernel.ui.forms import AmountField, PictureSelect

INPUT_ICONS: Final = {
    InputKind.PESTICIDE.value: "spray-can",
    InputKind.FERTILISER.value: "sack",
    InputKind.COMPOST.value: "leaf",
    InputKind.SEED.value: "sprout",
    InputKind.FEED.value: "package",
    InputKind.TREATMENT.value: "fish",
    InputKind.OTHER.value: "shopping-basket",
}
SUBJECT_ICONS: Final = {
    HazardSubject.SOIL.value: "shovel",
    HazardSubject.IRRIGATION_WATER.value: "droplets",
    HazardSubject.WASH_WATER.value: "waves",
    HazardSubject.PRODUCT.value: "wheat",
}
FINDING_ICONS: Final = {Finding.SAFE.value: "circle-check", Finding.RISK.value: "triangle-alert"}


class EntryForm(forms.Form):
    """A form with its own id, made by the server when the form is shown: sent twice, it makes one entry.

    The same form corrects an entry: `correcting` adds the reason and the version that was looked at.
    """

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    on_date = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    remark = forms.CharField(label=_("Remark"), required=False, max_length=500, widget=forms.Textarea({"rows": 2}))

    folded: tuple[str, ...] = ("on_date", "remark")
    """Fields behind the fold: they have a value already or are rarely needed."""
    takes_pictures = False
    """Whether pictures of the work may come with the form; a correction leaves them as they are."""

    def __init__(self, *args: Any, correcting: Content | None = None, version: int = 0, **options: Any) -> None:
        said = self.said(correcting) if correcting else options.get("initial") or {}
        options["initial"] = {"on_date": clock.today(), "version": version, **said}
        super().__init__(*args, **options)
        if correcting:
            self.takes_pictures = False
            self.folded = tuple(name for name in self.folded if name != "on_date")
        self.fields["on_date"].widget.attrs["max"] = clock.today().isoformat()
        if correcting:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
            self.fields["reason"] = forms.ChoiceField(
                label=_("Why?"), choices=list(REASONS.items()), widget=forms.RadioSelect
            )

    def said(self, content: Content) -> dict[str, Any]:
        """What the entry says, as initial values of the fields."""
        return {name: getattr(content, name) for name in self.base_fields if hasattr(content, name)}

    def content(self) -> Content:
        """What was typed, as the content of an entry."""
        raise NotImplementedError

    def why(self) -> str:
        """The reason of a correction in the writer's words."""
        return str(REASONS[self.cleaned_data["reason"]])

    def refuse(self, refusal: DomainError) -> None:
        """Show a service's refusal beside the fields that it names."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, str(sentence))
        if not refusal.fields:
            self.add_error(None, str(refusal.message))

    def folded_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.folded]

    def fold_is_wrong(self) -> bool:
        return any(self[name].errors for name in self.folded)


REASONS: Final = {
    "NUMBER": _("The number was wrong"),
    "DAY": _("The day was wrong"),
    "PRODUCT": _("The product was wrong"),
    "MISSING": _("Something was missing"),
}
STRIKE_REASONS: Final = {
    "TWICE": _("It was written twice"),
    "NOT_DONE": _("It was not done"),
    "ELSEWHERE": _("It belongs to another plot"),
}


class WorkForm(EntryForm):
    """One number, all else offered. `unit` counts the number; `input_id` is chosen by touching its picture."""

    amount = AmountField(min_value=0, max_digits=12, decimal_places=3)
    input_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    counted_in = forms.CharField(max_length=8, required=False, widget=forms.HiddenInput)
    input_name = forms.CharField(label=_("Another product, by name"), required=False, max_length=120)
    concentration = forms.CharField(label=_("Mixed with, such as 20 ml for 16 litres"), required=False, max_length=60)
    area_m2 = AmountField(label=_("Only a part: m²"), required=False, min_value=0, max_digits=11, decimal_places=2)
    labour_hours = AmountField(label=_("Hours of work"), required=False, min_value=0, max_digits=7, decimal_places=2)

    takes_pictures = True
    folded: tuple[str, ...] = ("on_date", "input_name", "concentration", "area_m2", "labour_hours", "remark")

    def __init__(self, *args: Any, activity: Activity, unit: str, input_id: UUID | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.activity, self.unit = activity, unit
        self.fields["amount"].label = activity.question
        self.fields["input_id"].initial = self.offered = input_id
        self.fields["counted_in"].initial = unit
        self.folded = tuple(name for name in self.folded if name not in self._useless())

    def clean(self) -> dict[str, Any]:
        """The number belongs to the product and the unit that the page showed: neither may have changed meanwhile."""
        data = self.cleaned_data
        if data.get("input_id") not in (None, self.offered) or data.get("counted_in", "") not in ("", self.unit):
            shown = {"input_id": str(self.offered or ""), "counted_in": self.unit}
            self.data = dict(self.data.items()) | shown
            self.add_error("amount", _("The product was changed meanwhile. Please write the number again."))
        return data

    def _useless(self) -> tuple[str, ...]:
        """Nothing is mixed where no product is used, and hours are asked for once."""
        if self.activity.input_kinds:
            return ()
        return ("input_name", "concentration", *(("labour_hours",) if self.activity.unit == HOUR else ()))

    def content(self) -> WorkContent:
        data = self.cleaned_data
        return WorkContent(
            on_date=data["on_date"],
            activity=self.activity.code,
            amount=data["amount"],
            unit=self.unit,
            input_id=None if data["input_name"] else data["input_id"],
            input_name=data["input_name"],
            concentration=data["concentration"],
            area_m2=data["area_m2"] or None,
            labour_hours=data["labour_hours"] or None,
            remark=data["remark"],
        )


class HarvestForm(EntryForm):
    quantity_kg = AmountField(label=_("How many kilos?"), min_value=0, max_digits=12, decimal_places=3)
    handling_place = forms.CharField(label=_("Where was it washed or dried?"), required=False, max_length=120)
    buyer = forms.CharField(label=_("Who bought it?"), required=False, max_length=120)

    takes_pictures = True
    folded = ("on_date", "handling_place", "buyer", "remark")

    def content(self) -> HarvestContent:
        data = self.cleaned_data
        return HarvestContent(
            on_date=data["on_date"],
            quantity_kg=data["quantity_kg"],
            handling_place=data["handling_place"],
            buyer=data["buyer"],
            remark=data["remark"],
        )


class HazardForm(EntryForm):
    subject = forms.ChoiceField(
        label=_("What was looked at?"), choices=HazardSubject.choices, widget=PictureSelect(icons=SUBJECT_ICONS)
    )
    finding = forms.ChoiceField(
        label=_("What was found?"), choices=Finding.choices, widget=PictureSelect(icons=FINDING_ICONS)
    )
    measure = forms.CharField(label=_("What do you do about it?"), required=False, max_length=500)
    finding_text = forms.CharField(label=_("In words"), required=False, max_length=500)
    assessed_by = forms.CharField(label=_("Assessed by"), required=False, max_length=120)

    folded = ("on_date", "finding_text", "assessed_by", "remark")

    def __init__(self, *args: Any, file: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.file = file

    def content(self) -> HazardContent:
        data = self.cleaned_data
        return HazardContent(
            on_date=data["on_date"],
            subject=data["subject"],
            finding=data["finding"],
            finding_text=data["finding_text"],
            assessed_by=data["assessed_by"],
            measure=data["measure"],
            file=self.file,
            remark=data["remark"],
        )


class InputForm(EntryForm):
    """`names` are offered while typing: what the list knows."""

    kind = forms.ChoiceField(
        label=_("What did you buy or make?"), choices=InputKind.choices, widget=PictureSelect(icons=INPUT_ICONS)
    )
    name = forms.CharField(
        label=_("Name on the pack"), max_length=120, widget=forms.TextInput({"list": "listed-inputs"})
    )
    quantity = AmountField(label=_("How much?"), min_value=0, max_digits=12, decimal_places=3)
    unit = forms.ChoiceField(
        label=_("Counted in"), widget=forms.RadioSelect, choices=[(unit.value, NAMES[unit]) for unit in INPUT_UNITS]
    )
    expiry_date = forms.DateField(
        label=_("Best before"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    pre_harvest_days = forms.IntegerField(
        label=_("Days to wait before harvest (on the label)"),
        required=False,
        min_value=0,
        max_value=400,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    seller = forms.CharField(label=_("Bought from"), required=False, max_length=120)
    active_ingredient = forms.CharField(label=_("Active ingredient"), required=False, max_length=120)
    treatment = forms.CharField(label=_("Own compost: how was it treated?"), required=False, max_length=500)

    folded = ("on_date", "seller", "active_ingredient", "treatment", "remark")

    def content(self) -> InputContent:
        data = self.cleaned_data
        return InputContent(
            on_date=data["on_date"],
            name=data["name"],
            kind=data["kind"],
            unit=data["unit"],
            quantity=data["quantity"],
            active_ingredient=data["active_ingredient"],
            seller=data["seller"],
            expiry_date=data["expiry_date"],
            pre_harvest_days=data["pre_harvest_days"],
            treatment=data["treatment"],
            remark=data["remark"],
        )


class StrikeForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why?"), choices=list(STRIKE_REASONS.items()), widget=forms.RadioSelect)

    def why(self) -> str:
        """The reason in the writer's words."""
        return str(STRIKE_REASONS[self.cleaned_data["reason"]])


class WordsForm(forms.Form):
    """A question, an answer or a remark in the writer's own words."""

    words = forms.CharField(max_length=500, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, label: Any = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].label = label
