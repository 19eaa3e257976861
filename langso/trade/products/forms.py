"""Forms of products: they check what was typed and make the descriptions that services take."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.link.forms import CommunesField
from langso.kernel.text import Translated
from langso.kernel.ui.forms import AmountField, DayField, RefusableForm
from langso.kernel.units import CONTAINERS, MEASURES, UNIT_NAMES, Unit
from langso.trade.products.models import KIND_NAMES, RiskLevel
from langso.trade.products.queries import ProductCard
from langso.trade.products.rules import CertificateKind
from langso.trade.products.services import (
    CertificateDescription,
    Description,
    PackDescription,
    StandardDescription,
    Upload,
)

PACK_ROWS = 3
DOCUMENT_TYPES = {"application/pdf", "image/jpeg", "image/png", "image/webp"}
DOCUMENT_LIMIT = 5 * 1024 * 1024
OCOP_STARS = (3, 4, 5)
"""Stars that come with a certificate; below three nothing is awarded."""


class MakerForm(forms.Form):
    """For whom a new product is written down. `makers`: (key, name); the key is `o:` or `h:` and an id."""

    maker = forms.ChoiceField(label=_("Who makes it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, makers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["maker"].choices = makers  # type: ignore[attr-defined]
        self.fields["maker"].initial = makers[0][0] if makers else None


class ProductForm(RefusableForm):
    name_vi = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    unit = forms.ChoiceField(label=_("Counted in"), choices=list(UNIT_NAMES.items()), initial=Unit.KG)
    story_vi = forms.CharField(
        label=_("Its story"),
        help_text=_("Where it comes from, who makes it and how. Two or three sentences are enough."),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )
    story_en = forms.CharField(
        label=_("Its story in English"), max_length=4000, required=False, widget=forms.Textarea({"rows": 4})
    )
    brand = forms.CharField(label=_("Brand"), max_length=80, required=False)
    standard = forms.CharField(
        label=_("Standard applied"),
        help_text=_("Such as VietGAP TCVN 11892-1:2017, or the maker's own TCCS with its number."),
        max_length=160,
        required=False,
    )
    shelf_life_days = forms.IntegerField(
        label=_("Keeps for how many days after packing?"), min_value=1, max_value=3650, required=False
    )
    storage_vi = forms.CharField(label=_("How to store it"), max_length=300, required=False)
    storage_en = forms.CharField(label=_("How to store it, in English"), max_length=300, required=False)
    risk_level = forms.ChoiceField(
        label=_("Risk level by law"), choices=RiskLevel.choices, initial=RiskLevel.LOW, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        containers = [("", "–"), *((unit.value, UNIT_NAMES[unit]) for unit in CONTAINERS)]
        measures = [(unit.value, UNIT_NAMES[unit]) for unit in (*MEASURES, Unit.PIECE)]
        for number in range(PACK_ROWS):
            self.fields[f"pack_unit_{number}"] = forms.ChoiceField(
                label=_("Packed as"), choices=containers, required=False
            )
            self.fields[f"pack_content_{number}"] = AmountField(
                label=_("holds"), min_value=0, max_digits=12, decimal_places=3, required=False
            )
            self.fields[f"pack_content_unit_{number}"] = forms.ChoiceField(
                label=_("of"), choices=measures, initial=Unit.KG, required=False
            )

    def pack_rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        for number in range(PACK_ROWS):
            yield self[f"pack_unit_{number}"], self[f"pack_content_{number}"], self[f"pack_content_unit_{number}"]

    def clean(self) -> dict[str, Any]:
        for number in range(PACK_ROWS):
            unit, content = (
                self.cleaned_data.get(f"pack_unit_{number}"),
                self.cleaned_data.get(f"pack_content_{number}"),
            )
            if bool(unit) != bool(content):
                self.add_error(f"pack_content_{number}", _("Say what it is packed in and how much one holds."))
        return self.cleaned_data

    def description(self) -> Description:
        data = self.cleaned_data
        return Description(
            name=Translated(data["name_vi"], data["name_en"]),
            unit=Unit(data["unit"]),
            story=Translated(data["story_vi"], data["story_en"]),
            storage=Translated(data["storage_vi"], data["storage_en"]),
            brand=data["brand"],
            standard=data["standard"],
            shelf_life_days=data["shelf_life_days"],
            risk_level=data["risk_level"] or RiskLevel.LOW,
            packs=tuple(self._packs(data)),
        )

    def _packs(self, data: dict[str, Any]) -> Iterable[PackDescription]:
        for number in range(PACK_ROWS):
            if data[f"pack_unit_{number}"]:
                yield PackDescription(
                    Unit(data[f"pack_unit_{number}"]),
                    data[f"pack_content_{number}"],
                    Unit(data[f"pack_content_unit_{number}"] or Unit.KG),
                )


def product_initial(product: ProductCard) -> dict[str, Any]:
    """What the form shows of a product that is being changed."""
    packs = {
        f"{name}_{number}": value
        for number, pack in enumerate(product.packs[:PACK_ROWS])
        for name, value in (
            ("pack_unit", pack.unit),
            ("pack_content", pack.content),
            ("pack_content_unit", pack.content_unit),
        )
    }
    return {
        "name_vi": product.name.vi,
        "name_en": product.name.en,
        "unit": product.unit,
        "story_vi": product.story.vi,
        "story_en": product.story.en,
        "brand": product.brand,
        "standard": product.standard,
        "shelf_life_days": product.shelf_life_days,
        "storage_vi": product.storage.vi,
        "storage_en": product.storage.en,
        "risk_level": product.risk_level,
        **packs,
    }


class CertificateForm(RefusableForm):
    kind = forms.ChoiceField(label=_("Which paper?"), choices=list(KIND_NAMES.items()))
    stars = forms.TypedChoiceField(
        label=_("OCOP stars"),
        choices=[("", "–"), *((stars, "★" * stars) for stars in OCOP_STARS)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    number = forms.CharField(label=_("Number"), max_length=80)
    issuer = forms.CharField(label=_("Given by"), max_length=160)
    scope = forms.CharField(
        label=_("For what"), help_text=_("Area, goods or workshop that it covers."), max_length=300, required=False
    )
    valid_from = DayField(label=_("Valid from"))
    valid_until = DayField(
        label=_("Valid until"), help_text=_("Leave it empty for OCOP: it lasts 36 months."), required=False
    )
    document = forms.FileField(label=_("Copy of the paper (PDF or picture)"), required=False)

    def clean_document(self) -> Upload | None:
        document: Upload | None = self.cleaned_data["document"]
        if document is None:
            return None
        if document.content_type not in DOCUMENT_TYPES:
            raise ValidationError(_("Choose a PDF file or a picture."))
        if document.size is not None and document.size > DOCUMENT_LIMIT:
            raise ValidationError(_("This file is larger than 5 MB."))
        return document

    def description(self) -> CertificateDescription:
        data = self.cleaned_data
        return CertificateDescription(
            kind=CertificateKind(data["kind"]),
            stars=data["stars"],
            number=data["number"],
            issuer=data["issuer"],
            scope=data["scope"],
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
        )


class StandardForm(RefusableForm):
    number = forms.CharField(
        label=_("Number"), help_text=_("Such as TCVN 11892-1:2017 or the province's own."), max_length=80
    )
    title_vi = forms.CharField(label=_("What it is called"), max_length=200)
    title_en = forms.CharField(label=_("What it is called in English"), max_length=200, required=False)
    goods = forms.CharField(label=_("For which goods?"), max_length=160, required=False)
    valid_from = DayField(label=_("Valid from"))
    text_vi = forms.CharField(label=_("What it asks for"), max_length=8000, widget=forms.Textarea({"rows": 10}))
    text_en = forms.CharField(
        label=_("What it asks for, in English"), max_length=8000, required=False, widget=forms.Textarea({"rows": 6})
    )
    communes = CommunesField()

    def description(self) -> StandardDescription:
        data = self.cleaned_data
        return StandardDescription(
            number=data["number"],
            title=Translated(data["title_vi"], data["title_en"]),
            goods=data["goods"],
            text=Translated(data["text_vi"], data["text_en"]),
            valid_from=data["valid_from"],
            communes=tuple(data["communes"]),
        )


class RevocationForm(RefusableForm):
    revoked_date = DayField(label=_("Taken back on"), initial=clock.today)
    reason = forms.CharField(label=_("Why?"), max_length=300)


class PictureForm(RefusableForm):
    picture = forms.FileField(label=_("A picture of the product"))
