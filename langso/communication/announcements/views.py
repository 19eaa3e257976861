"""The province's notices: a list and a page for everybody; published and taken back at the hub."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django_filters.filters import ChoiceFilter
from django_filters.filterset import FilterSet

from langso.communication.announcements import access, queries, services
from langso.communication.announcements.forms import NoticeForm
from langso.communication.announcements.models import Notice
from langso.communication.announcements.queries.notices import card_of, notice_rows, standing
from langso.communication.announcements.rules import NoticeState, Urgency
from langso.communication.announcements.texts import AUDIENCES, STATE_LEVELS, STATES, URGENCIES, URGENCY_LEVELS
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.errors import AccessDenied, DomainError, NotHere
from langso.kernel.link.publishing import communes_of_province
from langso.kernel.link.receipt_lists import receipts_page
from langso.kernel.listing import Column, Listing, address_of
from langso.kernel.ui.forms import ReasonForm

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


class NoticeFilter(FilterSet):
    """Without a chosen state, those that stand today."""

    state = ChoiceFilter(
        label=gettext_lazy("State"),
        empty_label=gettext_lazy("Current"),
        choices=[
            ("ALL", gettext_lazy("All")),
            *((each, STATES[each]) for each in (NoticeState.OVER, NoticeState.WITHDRAWN)),
        ],
        method="by_state",
    )
    urgency = ChoiceFilter(
        label=gettext_lazy("Urgency"), empty_label=gettext_lazy("All"), choices=list(URGENCIES.items())
    )

    def by_state(self, rows: QuerySet[Notice], name: str, state: str) -> QuerySet[Notice]:
        if state == NoticeState.OVER:
            return rows.filter(withdrawn_at=None, until_date__lt=clock.today())
        return rows.filter(withdrawn_at__isnull=False) if state == NoticeState.WITHDRAWN else rows

    def filter_queryset(self, queryset: QuerySet[Notice]) -> QuerySet[Notice]:
        rows: QuerySet[Notice] = super().filter_queryset(queryset)  # type: ignore[no-untyped-call]
        return rows if self.form.cleaned_data.get("state") else rows.filter(standing(clock.today()))


class NoticeList(Listing[Notice]):
    title = gettext_lazy("Notices of the province")
    columns = (
        Column(
            "title",
            gettext_lazy("Notice"),
            value=lambda notice: notice.title,
            sort="folded",
            url=lambda notice: address_of("announcements:notice", notice.pk),
        ),
        Column(
            "urgency",
            gettext_lazy("Urgency"),
            value=lambda notice: URGENCIES[Urgency(notice.urgency)],
            level=lambda notice: URGENCY_LEVELS[Urgency(notice.urgency)],
        ),
        Column("issuer", gettext_lazy("Published by"), value=lambda notice: notice.issuer, in_table=False),
        Column("published", gettext_lazy("Published"), value=lambda notice: notice.published_at, sort="published_at"),
        Column("until", gettext_lazy("Last day"), value=lambda notice: notice.until_date, sort="until_date"),
        Column(
            "state",
            gettext_lazy("State"),
            value=lambda notice: STATES[card_of(notice).state],
            level=lambda notice: STATE_LEVELS[card_of(notice).state],
        ),
    )
    filterset = NoticeFilter
    search_fields = ("folded",)
    default_sort = "-published"
    empty = gettext_lazy("The province has published no notice yet.")


def _page_for(actor: Actor) -> str:
    """Those who work at a desk read it there, everybody else on the commune's public pages."""
    return "ui/desk.html" if access.can_read_those_for_staff(actor) else "ui/public.html"


def _publishes_here(actor: Actor) -> bool:
    return settings.ROLE == "hub" and access.can_publish(actor)


@require_safe
def notices(request: ActorRequest) -> HttpResponse:
    """The notices of the province that the reader may see; those of today at first."""
    listing = NoticeList(request, notice_rows(request.actor))
    if access.can_read_those_for_staff(request.actor):
        shown: dict[str, Any] = {"can_publish": _publishes_here(request.actor)}
        return listing.respond("announcements/notices.html", shown)
    start = (listing.page - 1) * listing.page_size
    cards = [card_of(row) for row in listing.found[start : start + listing.page_size]]
    return listing.respond("announcements/public_notices.html", {"notices": cards})


@require_safe
def notice(request: ActorRequest, notice_id: UUID) -> HttpResponse:
    """One notice, also when it is over or was taken back."""
    card = queries.notice_card(request.actor, notice_id=notice_id)
    publishes = _publishes_here(request.actor)
    shown = {
        "page": _page_for(request.actor),
        "notice": card,
        "urgency": URGENCIES[card.urgency],
        "level": URGENCY_LEVELS[card.urgency],
        "audience": AUDIENCES[card.audience],
        "is_over": card.state == NoticeState.OVER,
        "for_staff": access.can_read_those_for_staff(request.actor),
        "communes": [commune.full_name for commune in communes_of_province() if commune.code in card.communes],
        "can_withdraw": publishes and card.withdrawn_at is None,
        "can_see_receipts": settings.ROLE == "hub" and access.can_see_receipts(request.actor),
    }
    return render(request, "announcements/notice.html", shown)


@require_safe
def receipts(request: ActorRequest, notice_id: UUID) -> HttpResponse:
    """At the hub: which communes have received a notice, which not, since when their boxes are silent; CSV."""
    found = queries.receipts(request.actor, notice_id=notice_id)
    card = queries.notice_card(request.actor, notice_id=notice_id)
    back = reverse("announcements:notice", args=[notice_id])
    return receipts_page(request, found, about=_("Notice"), title=card.title, back=back)


@read_or_post
def publication(request: ActorRequest) -> HttpResponse:
    """Publish a notice to all communes, or to some."""
    require(access.can_publish(request.actor), request.actor)
    form = NoticeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "announcements/notice_form.html", {"form": form}, status=422 if form.errors else 200)
    try:
        notice_id = services.publish_notice(request.actor, notice=form.description())
    except AccessDenied:
        raise
    except DomainError as refusal:
        form.refuse(refusal)
        return render(request, "announcements/notice_form.html", {"form": form}, status=refusal.status)
    messages.success(request, _("Published. It goes down to each commune as soon as its link is up."))
    return redirect("announcements:notice", notice_id)


@read_or_post
def withdrawal(request: ActorRequest, notice_id: UUID) -> HttpResponse:
    """Take a notice back in every commune."""
    require(access.can_publish(request.actor), request.actor)
    card = queries.notice_card(request.actor, notice_id=notice_id)
    form = ReasonForm(request.POST or None)
    shown = {"notice": card, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "announcements/withdrawal.html", shown, status=422 if form.errors else 200)
    try:
        services.withdraw_notice(request.actor, notice_id=notice_id, reason=form.cleaned_data["reason"])
    except (AccessDenied, NotHere):
        raise
    except DomainError as refusal:
        form.refuse(refusal)
        return render(request, "announcements/withdrawal.html", shown, status=refusal.status)
    messages.success(request, _("Taken back. Every commune is told."))
    return redirect("announcements:notices")
