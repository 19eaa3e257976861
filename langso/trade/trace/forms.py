"""Forms of lots: they check what was typed and make what services take."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from langso.kernel import clock
from langso.kernel.errors import Text
from langso.kernel.ui.forms import AmountField, DayField, RefusableForm
from langso.kernel.units import CONTAINERS, MEASURES, UNIT_NAMES, Unit
from langso.trade.products.queries import ProductCard
from langso.trade.trace.models import Kind, Lot, Outcome
from langso.trade.trace.queries.quantities import quantity_text
from langso.trade.trace.rules.printing import grouped
from langso.trade.trace.rules.sheets import LAYOUTS, Paper
from langso.trade.trace.services import Amount, Made, TakenFrom

PARTS = 6
PRODUCTS_MADE = 3
PAPERS: dict[Paper, Text] = {
    Paper.A4_24: _("A4 sheet, 24 labels of 63.5 × 33.9 mm"),
    Paper.ROLL_50X30: _("Roll, 50 × 30 mm"),
}


class QuantityField(AmountField):
    """A quantity to the thousandth."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_digits=14, decimal_places=3, **options)


class ReportForm(RefusableForm):
    """What a buyer saw. Only the sentence is needed: no name, no number."""

    code = forms.CharField(label=_("Code on the label"), max_length=40, required=False)
    account = forms.CharField(
        label=_("What did you see?"),
        help_text=_("For example: where the code was, what looked wrong."),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )
    seen_where = forms.CharField(label=_("Where did you see or buy it?"), max_length=200, required=False)
    contact = forms.CharField(
        label=_("How can we reach you?"),
        help_text=_("Only if you like. It is deleted when your report is settled."),
        max_length=120,
        required=False,
    )


class SettleForm(RefusableForm):
    outcome = forms.ChoiceField(label=_("What was it?"), choices=Outcome.choices, widget=forms.RadioSelect)
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)


class LotForm(RefusableForm):
    """A lot by hand. `products`: those of the keepers that the actor speaks for."""

    product = forms.TypedChoiceField(label=_("Product"), coerce=UUID)
    quantity = QuantityField(label=_("How much?"))
    unit = forms.ChoiceField(label=_("Counted in"), choices=list(UNIT_NAMES.items()), initial=Unit.KG)
    produced_date = DayField(label=_("Made or harvested on"), initial=clock.today)

    def __init__(self, *args: Any, products: Iterable[ProductCard], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["product"].choices = product_options(products)  # type: ignore[attr-defined]


class ProductForm(RefusableForm):
    product = forms.TypedChoiceField(label=_("Which product is it?"), coerce=UUID)

    def __init__(self, *args: Any, products: Iterable[ProductCard], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["product"].choices = product_options(products)  # type: ignore[attr-defined]


class SplitForm(RefusableForm):
    done_date = DayField(label=_("Day"), initial=clock.today)
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, PARTS + 1):
            label = _("Part %(number)d") % {"number": number}
            self.fields[f"part_{number}"] = QuantityField(label=label, required=number == 1)

    def parts(self) -> Iterator[forms.BoundField]:
        for number in range(1, PARTS + 1):
            yield self[f"part_{number}"]

    def quantities(self) -> list[Decimal]:
        typed = (self.cleaned_data[f"part_{number}"] for number in range(1, PARTS + 1))
        return [quantity for quantity in typed if quantity]


class TakingForm(RefusableForm):
    """How much is taken from which of several lots: one amount beside each, empty for nothing."""

    done_date = DayField(label=_("Day"), initial=clock.today)
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def __init__(self, *args: Any, lots: Sequence[Lot], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lots = lots
        for lot in lots:
            self.fields[f"take_{lot.pk}"] = QuantityField(
                label=f"{grouped(lot.code)} · {lot.product_name} · {lot.produced_date:%d/%m/%Y}",
                help_text=_("There is %(quantity)s") % {"quantity": quantity_text(lot.available, Unit(lot.unit))},
                required=False,
            )

    def rows(self) -> Iterator[tuple[Lot, forms.BoundField]]:
        for lot in self.lots:
            yield lot, self[f"take_{lot.pk}"]

    def taken(self) -> list[TakenFrom]:
        typed = ((lot.pk, self.cleaned_data[f"take_{lot.pk}"]) for lot in self.lots)
        return [TakenFrom(lot_id, quantity) for lot_id, quantity in typed if quantity]


class ProcessForm(TakingForm):
    """Lots into other goods. Without a stated loss, what is missing counts as lost."""

    kind = forms.ChoiceField(
        label=_("What was done?"),
        choices=[(kind.value, kind.label) for kind in Kind if kind not in (Kind.SPLIT, Kind.MERGE)],
        initial=Kind.DRY,
    )
    lost = QuantityField(
        label=_("Lost, in kilograms"),
        help_text=_("Leave it empty when all that is missing was lost, such as water, peel or bran."),
        required=False,
    )

    def __init__(self, *args: Any, products: Iterable[ProductCard], **options: Any) -> None:
        super().__init__(*args, **options)
        goods = [("", "–"), *product_options(products)]
        for number in range(PRODUCTS_MADE):
            self.fields[f"product_{number}"] = forms.TypedChoiceField(
                label=_("What came out?"), choices=goods, coerce=UUID, empty_value=None, required=not number
            )
            self.fields[f"quantity_{number}"] = QuantityField(label=_("How much?"), required=not number)
            self.fields[f"unit_{number}"] = forms.ChoiceField(
                label=_("Counted in"), choices=_measures(), initial=Unit.KG, required=False
            )

    def made_rows(self) -> Iterator[tuple[forms.BoundField, ...]]:
        for number in range(PRODUCTS_MADE):
            yield self[f"product_{number}"], self[f"quantity_{number}"], self[f"unit_{number}"]

    def made(self) -> list[Made]:
        data = self.cleaned_data
        return [
            Made(data[f"product_{number}"], data[f"quantity_{number}"], Unit(data[f"unit_{number}"] or Unit.KG))
            for number in range(PRODUCTS_MADE)
            if data[f"product_{number}"] and data[f"quantity_{number}"]
        ]

    def loss(self) -> Amount | None:
        typed = self.cleaned_data["lost"]
        return None if typed is None else Amount(typed, Unit.KG)


class PackForm(RefusableForm):
    packed_date = DayField(label=_("Packed on"), initial=clock.today)
    pack_unit = forms.ChoiceField(label=_("Packed as"), choices=[(unit.value, UNIT_NAMES[unit]) for unit in CONTAINERS])
    content = QuantityField(label=_("One holds"))
    content_unit = forms.ChoiceField(label=_("of"), initial=Unit.KG)
    count = forms.IntegerField(label=_("How many?"), min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["content_unit"].choices = _measures()  # type: ignore[attr-defined]


class PrintForm(RefusableForm):
    paper = forms.ChoiceField(
        label=_("Paper"),
        choices=[(paper.value, name) for paper, name in PAPERS.items()],
        initial=Paper.A4_24,
        widget=forms.RadioSelect,
    )
    count = forms.IntegerField(label=_("How many labels?"), min_value=1, max_value=1200)
    start = forms.IntegerField(
        label=_("First free place on the sheet"),
        help_text=_("1 for a fresh sheet; places are counted from left to right, row by row."),
        min_value=1,
        max_value=LAYOUTS[Paper.A4_24].per_page,
        initial=1,
        required=False,
    )
    reprint_reason = forms.CharField(
        label=_("Why again?"), help_text=_("Only when there are labels for all packs already."), required=False
    )


def product_options(products: Iterable[ProductCard]) -> list[tuple[str, str]]:
    return [(str(product.id), str(product.name)) for product in products]


def _measures() -> list[tuple[str, Text]]:
    return [(unit.value, UNIT_NAMES[unit]) for unit in (*MEASURES, Unit.PIECE, Unit.HEAD)]
