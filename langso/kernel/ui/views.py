"""The page that shows every part a screen is made of."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.listing import Column, Listing
from langso.kernel.ui.forms import AmountField, PictureSelect
from langso.kernel.ui.icons import sprites

ACTIVITIES = {
    "SOW": ("sprout", _("Sow")),
    "WATER": ("droplets", _("Water")),
    "FERTILISE": ("sack", _("Fertilise")),
    "SPRAY": ("spray-can", _("Spray")),
    "WEED": ("hoe", _("Weed")),
    "HARVEST": ("sickle", _("Harvest")),
}


class SampleForm(forms.Form):
    """One field of each kind."""

    activity = forms.ChoiceField(
        label=_("What did you do?"),
        choices=[(code, label) for code, (_icon, label) in ACTIVITIES.items()],
        widget=PictureSelect(icons={code: icon for code, (icon, _label) in ACTIVITIES.items()}),
    )
    amount = AmountField(
        label=_("How much?"), min_value=0, max_value=500, help_text=_("Comma or dot, as you are used to.")
    )
    name = forms.CharField(label=_("Name"), max_length=80)
    day = forms.DateField(label=_("Date"), required=False, widget=forms.DateInput({"type": "date"}))
    kind = forms.ChoiceField(label=_("Unit"), choices=[("KG", "kg"), ("L", _("litre"))])
    remark = forms.CharField(label=_("Remark"), required=False, widget=forms.Textarea({"rows": 3}))
    picture = forms.FileField(label=_("Picture"), required=False)
    weather = forms.ChoiceField(
        label=_("Weather"), choices=[("SUN", _("Sunny")), ("RAIN", _("Rainy"))], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label=_("This is right"))


class SampleList(Listing[ContentType]):
    """A list that really searches, sorts and turns its pages: the kinds of records that this node keeps."""

    title = _("Kinds of records")
    columns = (
        Column("model", _("Name"), value=lambda row: row.model, sort="model", url=lambda row: f"?q={row.model}"),
        Column("app", _("Part"), value=lambda row: row.app_label, sort="app_label"),
        Column("state", _("State"), value=lambda row: _("Confirmed"), level=lambda row: "ok"),
        Column("number", _("Number"), value=lambda row: row.pk, sort="pk"),
    )
    search_fields = ("model",)
    default_sort = "model"
    page_size = 5


def kit(request: HttpRequest) -> HttpResponse:
    """Every tag of `{% load ui %}`, twice: as it stands, and with a form that was refused."""
    now = clock.now()
    shown = {
        "form": SampleForm(initial={"amount": Decimal("2.5")}),
        "refused": SampleForm({"refused-amount": "ba", "refused-kind": "KG"}, prefix="refused"),
        "last": Decimal("12.5"),
        "labels": [_("Upload"), _("Match the columns"), _("Check"), _("Done")],
        "icons": sprites(),
        "listing": SampleList(request, ContentType.objects.all()),
        "facts": [
            (_("Name"), _("Glass noodles of Bình Lư")),
            (_("Weight"), "500 g"),
            (_("Code"), "7Q4M-K2VX-9"),
            (_("Certificate"), None),
        ],
        "happened": [
            {"title": _("Sown"), "at": clock.local_date(now - timedelta(days=120)), "icon": "sprout", "level": "ok"},
            {
                "title": _("Sprayed"),
                "at": clock.local_date(now - timedelta(days=30)),
                "icon": "spray-can",
                "text": _("Seven days are left before the harvest."),
                "level": "warning",
            },
            {"title": _("Harvested"), "at": now, "icon": "sickle", "by": "Lò Văn An"},
        ],
    }
    return render(request, "ui/kit.html", shown)
