"""The province's product standards: a list for everybody who works here; published and withdrawn at the hub."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.errors import AccessDenied, DomainError, NotHere
from langso.kernel.link.publishing import communes_of_province
from langso.kernel.link.receipt_lists import receipts_page
from langso.kernel.listing import Column, Listing, address_of
from langso.kernel.ui.forms import ReasonForm
from langso.trade.products import access, services
from langso.trade.products.forms import StandardForm
from langso.trade.products.models import Standard
from langso.trade.products.queries.receipts import receipts
from langso.trade.products.queries.standards import standard_card, standard_rows

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


class StandardList(Listing[Standard]):
    title = gettext_lazy("Standards of the province")
    columns = (
        Column(
            "number",
            gettext_lazy("Number"),
            value=lambda standard: standard.number,
            sort="number",
            url=lambda standard: address_of("products:standard", standard.pk),
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


@require_safe
def standard_receipts(request: ActorRequest, standard_id: UUID) -> HttpResponse:
    """At the hub: which communes have received a standard, which not, since when their boxes are silent; CSV."""
    found = receipts(request.actor, standard_id=standard_id)
    card = standard_card(request.actor, standard_id=standard_id)
    back = reverse("products:standard", args=[standard_id])
    return receipts_page(request, found, about=card.number, title=card.title, back=back)


@read_or_post
def publication(request: ActorRequest) -> HttpResponse:
    """Publish a standard to all communes, or to some."""
    require(access.can_publish_standard(request.actor), request.actor)
    form = StandardForm(request.POST or None)
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
