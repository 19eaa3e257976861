"""The province's pages: lots of its communes as they told them, and wishes to hold one."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django_filters.filters import ChoiceFilter
from django_filters.filterset import FilterSet

from langso.kernel import clock
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.access.scope import commune_scope, every_commune
from langso.kernel.errors import NotHere
from langso.kernel.listing import Column, Listing, address_of
from langso.kernel.ui.forms import ReasonForm
from langso.trade.trace import access, services
from langso.trade.trace.models import HoldWish, LotCopy, State
from langso.trade.trace.queries.copied import copied_page
from langso.trade.trace.rules.printing import grouped
from langso.trade.trace.templatetags.trace import STATE_LEVELS
from langso.trade.trace.views.acts import form_page, read_or_post

WHY = "the province reads the lots of all its communes"


class CopyFilter(FilterSet):
    state = ChoiceFilter(label=gettext_lazy("State"), empty_label=gettext_lazy("All"), choices=State.choices)

    class Meta:
        model = LotCopy
        fields = ("state",)


class CopyList(Listing[LotCopy]):
    title = gettext_lazy("Lots of the communes")
    columns = (
        Column(
            "code",
            gettext_lazy("Code"),
            value=lambda lot: grouped(lot.code),
            sort="code",
            url=lambda lot: address_of("trace:copy", lot.pk),
        ),
        Column("product", gettext_lazy("Product"), value=lambda lot: lot.product_name),
        Column("keeper", gettext_lazy("Keeper"), value=lambda lot: lot.keeper, sort="keeper"),
        Column("commune", gettext_lazy("Commune"), value=lambda lot: lot.commune, sort="commune"),
        Column("made", gettext_lazy("Made on"), value=lambda lot: lot.produced_date, sort="produced_date"),
        Column(
            "state",
            gettext_lazy("State"),
            value=lambda lot: State(lot.state).label,
            level=lambda lot: STATE_LEVELS[State(lot.state)],
            sort="state",
        ),
        Column("told", gettext_lazy("As told at"), value=lambda lot: lot.told_at, sort="told_at"),
    )
    filterset = CopyFilter
    search_fields = ("search_text",)
    default_sort = "-made"
    empty = gettext_lazy("No commune with a node of its own has told of a lot yet.")


@require_safe
def copies(request: ActorRequest) -> HttpResponse:
    """Lots of communes that have a node of their own, as they told them."""
    require(access.can_see_copies(request.actor), request.actor)
    with every_commune(WHY):
        return CopyList(request, LotCopy.objects.all()).respond("trace/copies.html")


@read_or_post
def copy(request: ActorRequest, lot_id: UUID) -> HttpResponse:
    """One such lot, and asking its commune to hold it."""
    require(access.can_see_copies(request.actor), request.actor)
    with every_commune(WHY):
        row = LotCopy.objects.filter(pk=lot_id).first()
    if row is None:
        raise NotHere(_("This lot is not known here."))
    with commune_scope(row.commune):
        form = ReasonForm(request.POST or None)
        shown = {
            "lot": row,
            "page": copied_page(row, today=clock.today()),
            "wishes": list(HoldWish.objects.filter(lot_id=lot_id)),
        }

        def ask() -> str:
            services.wish_hold(request.actor, lot_id=lot_id, reason=form.cleaned_data["reason"])
            return reverse("trace:copy", args=[lot_id])

        return form_page(request, form, "trace/copy.html", shown, ask)
