"""The province's product standards: a list for everybody who works here; published and withdrawn at the hub."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django_filters.filters import ChoiceFilter

from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.errors import AccessDenied, DomainError, NotHere, Text
from langso.kernel.listing import Column, Gathered, GatheredFilter, Listing
from langso.trade.products import access, services
from langso.trade.products.forms import ReasonForm, StandardForm
from langso.trade.products.models import Standard
from langso.trade.products.queries.receipts import Receipt, ReceiptState, communes_of_province, receipts
from langso.trade.products.queries.standards import standard_card, standard_rows

RECEIPTS: Final[dict[ReceiptState, Text]] = {
    ReceiptState.WAITING: gettext_lazy("not yet"),
    ReceiptState.RECEIVED: gettext_lazy("received"),
    ReceiptState.AT_HUB: gettext_lazy("kept at the hub"),
    ReceiptState.NO_BOX: gettext_lazy("when it joins"),
}
RECEIPT_LEVELS: Final = {
    ReceiptState.WAITING: "warning",
    ReceiptState.RECEIVED: "ok",
    ReceiptState.AT_HUB: "ok",
    ReceiptState.NO_BOX: "plain",
}
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


class StandardList(Listing[Standard]):
    title = gettext_lazy("Standards of the province")
    columns = (
        Column(
            "number",
            gettext_lazy("Number"),
            value=lambda standard: standard.number,
            sort="number",
            url=lambda standard: reverse("products:standard", args=[standard.pk]),
        ),
        Column("title", gettext_lazy("Called"), value=lambda standard: standard.title),
        Column("goods", gettext_lazy("For"), value=lambda standard: standard.goods, sort="goods"),
        Column("valid_from", gettext_lazy("Valid from"), value=lambda standard: standard.valid_from, sort="valid_from"),
        Column(
            "state",
            gettext_lazy("State"),
            value=lambda standard: _("withdrawn") if standard.withdrawn_at else _("in force"),
            level=lambda standard: "plain" if standard.withdrawn_at else "ok",
        ),
    )
    default_sort = "-valid_from"
    empty = gettext_lazy("The province has published no standard yet.")


@require_safe
def standards(request: ActorRequest) -> HttpResponse:
    """The standards that the province published, with those that were withdrawn."""
    require(access.can_read_standards(request.actor), request.actor)
    shown = {"can_publish": settings.ROLE == "hub" and access.can_publish_standard(request.actor)}
    return StandardList(request, standard_rows(request.actor)).respond("products/standards.html", shown)


@require_safe
def standard(request: ActorRequest, standard_id: UUID) -> HttpResponse:
    """One standard."""
    require(access.can_read_standards(request.actor), request.actor)
    card = standard_card(request.actor, standard_id=standard_id)
    at_hub = settings.ROLE == "hub" and access.can_publish_standard(request.actor)
    shown = {
        "standard": card,
        "communes": [unit.full_name for unit in communes_of_province() if unit.code in card.communes],
        "can_withdraw": at_hub and card.withdrawn_at is None,
        "can_see_receipts": settings.ROLE == "hub" and access.can_see_receipts(request.actor),
    }
    return render(request, "products/standard.html", shown)


class ReceiptFilter(GatheredFilter):
    state = ChoiceFilter(
        label=gettext_lazy("State"),
        empty_label=gettext_lazy("All"),
        choices=list(RECEIPTS.items()),
        method="by_state",
    )

    def by_state(self, rows: Sequence[Receipt], name: str, value: str) -> list[Receipt]:
        return [receipt for receipt in rows if receipt.state == value]


class ReceiptList(Gathered):
    """The communes to which a standard is addressed, those that wait for it first."""

    title = gettext_lazy("Who has received it")
    columns = (
        Column("name", gettext_lazy("Commune"), value=lambda receipt: receipt.name, sort="place"),
        Column(
            "state",
            gettext_lazy("State"),
            value=lambda receipt: RECEIPTS[receipt.state],
            sort="rank",
            level=lambda receipt: RECEIPT_LEVELS[receipt.state],
        ),
        Column("read_at", gettext_lazy("Received by"), value=lambda receipt: receipt.read_at, sort="read_at"),
        Column(
            "silent",
            gettext_lazy("Box last heard of"),
            value=lambda receipt: receipt.silent_since_at,
            sort="silent_since_at",
        ),
        Column("told_of_end", gettext_lazy("Knows of the withdrawal"), value=lambda receipt: receipt.told_of_end),
    )
    filterset = ReceiptFilter
    search_fields = ("folded",)
    default_sort = "state"
    page_size = 50
    empty = gettext_lazy("It is addressed to no commune.")


@require_safe
def standard_receipts(request: ActorRequest, standard_id: UUID) -> HttpResponse:
    """At the hub: which communes have received a standard, which not, since when their boxes are silent; CSV."""
    found = receipts(request.actor, standard_id=standard_id)
    shown = {
        "standard": standard_card(request.actor, standard_id=standard_id),
        "counts": [
            (RECEIPT_LEVELS[state], RECEIPTS[state], sum(receipt.state is state for receipt in found))
            for state in ReceiptState
        ],
    }
    return ReceiptList(request, found).respond("products/standard_receipts.html", shown)


@read_or_post
def publication(request: ActorRequest) -> HttpResponse:
    """Publish a standard to all communes, or to some."""
    require(access.can_publish_standard(request.actor), request.actor)
    units = communes_of_province()
    form = StandardForm(request.POST or None, communes=[(unit.code, unit.full_name) for unit in units])
    if request.method != "POST" or not form.is_valid():
        return render(request, "products/standard_form.html", {"form": form}, status=422 if form.errors else 200)
    try:
        standard_id = services.publish_standard(request.actor, standard=form.description())
    except AccessDenied:
        raise
    except DomainError as refusal:
        form.refuse(refusal)
        return render(request, "products/standard_form.html", {"form": form}, status=refusal.status)
    messages.success(request, _("Published. It goes down to each commune as soon as its link is up."))
    return redirect("products:standard", standard_id)


@read_or_post
def withdrawal(request: ActorRequest, standard_id: UUID) -> HttpResponse:
    """Take a standard out of force in every commune."""
    require(access.can_publish_standard(request.actor), request.actor)
    shown = {
        "standard": standard_card(request.actor, standard_id=standard_id),
        "form": ReasonForm(request.POST or None),
    }
    form = shown["form"]
    assert isinstance(form, ReasonForm)
    if request.method != "POST" or not form.is_valid():
        return render(request, "products/standard_withdrawal.html", shown, status=422 if form.errors else 200)
    try:
        services.withdraw_standard(request.actor, standard_id=standard_id, reason=form.cleaned_data["reason"])
    except (AccessDenied, NotHere):
        raise
    except DomainError as refusal:
        form.refuse(refusal)
        return render(request, "products/standard_withdrawal.html", shown, status=refusal.status)
    messages.success(request, _("Withdrawn. Every commune is told."))
    return redirect("products:standards")
