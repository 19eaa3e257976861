"""The list of those who have received something, the same for all that the province publishes."""

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django_filters.filters import ChoiceFilter

from langso.kernel.access.requests import ActorRequest
from langso.kernel.errors import Text
from langso.kernel.link.receipts import Receipt, ReceiptState
from langso.kernel.listing import Column, Gathered, GatheredFilter
from langso.kernel.text import Translated

RECEIPTS: Final[dict[ReceiptState, Text]] = {
    ReceiptState.WAITING: _("not yet"),
    ReceiptState.RECEIVED: _("received"),
    ReceiptState.AT_HUB: _("kept at the hub"),
    ReceiptState.NO_BOX: _("when it joins"),
}
RECEIPT_LEVELS: Final = {
    ReceiptState.WAITING: "warning",
    ReceiptState.RECEIVED: "ok",
    ReceiptState.AT_HUB: "ok",
    ReceiptState.NO_BOX: "plain",
}


class ReceiptFilter(GatheredFilter):
    state = ChoiceFilter(label=_("State"), empty_label=_("All"), choices=list(RECEIPTS.items()), method="by_state")

    def by_state(self, rows: Sequence[Receipt], name: str, value: str) -> list[Receipt]:
        return [receipt for receipt in rows if receipt.state == value]


class ReceiptList(Gathered):
    """The communes to which something is addressed, those that wait for it first."""

    title = _("Who has received it")
    columns = (
        Column("name", _("Commune"), value=lambda receipt: receipt.name, sort="place"),
        Column(
            "state",
            _("State"),
            value=lambda receipt: RECEIPTS[receipt.state],
            sort="rank",
            level=lambda receipt: RECEIPT_LEVELS[receipt.state],
        ),
        Column("read_at", _("Received by"), value=lambda receipt: receipt.read_at, sort="read_at"),
        Column("silent", _("Box last heard of"), value=lambda receipt: receipt.silent_since_at, sort="silent_since_at"),
        Column("told_of_end", _("Knows of the withdrawal"), value=lambda receipt: receipt.told_of_end),
    )
    filterset = ReceiptFilter
    search_fields = ("folded",)
    default_sort = "state"
    page_size = 50
    empty = _("It is addressed to no commune.")


def receipts_page(
    request: ActorRequest, found: Sequence[Receipt], *, about: Text, title: Translated | Text, back: str
) -> HttpResponse:
    """The page, or its CSV. `about` is what the thing is called, `back` the address of its own page."""
    counts = [
        (RECEIPT_LEVELS[state], RECEIPTS[state], sum(receipt.state is state for receipt in found))
        for state in ReceiptState
    ]
    shown = {"about": about, "thing": title, "back_url": back, "counts": counts}
    return ReceiptList(request, found).respond("link/receipts.html", shown)
