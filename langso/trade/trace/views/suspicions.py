"""Reports of labels that look false: the list, one report, and what became of it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.errors import NotHere
from langso.trade.trace import access, services
from langso.trade.trace.forms import SettleForm
from langso.trade.trace.models import Outcome, Suspicion
from langso.trade.trace.views.acts import form_page, read_or_post
from langso.trade.trace.views.lists import SuspicionList


@require_safe
def suspicions(request: ActorRequest) -> HttpResponse:
    """Reports of false labels."""
    require(access.can_settle_suspicions(request.actor), request.actor)
    return SuspicionList(request, Suspicion.objects.all()).respond("trace/suspicions.html")


@read_or_post
def suspicion(request: ActorRequest, suspicion_id: UUID) -> HttpResponse:
    """One report, and what became of it."""
    require(access.can_settle_suspicions(request.actor), request.actor)
    row = Suspicion.objects.select_related("lot").filter(pk=suspicion_id).first()
    if row is None:
        raise NotHere(_("This report is not known here."))
    form = SettleForm(request.POST or None)

    def settle() -> str:
        services.settle_suspicion(
            request.actor,
            suspicion_id=suspicion_id,
            outcome=Outcome(form.cleaned_data["outcome"]),
            remark=form.cleaned_data["remark"],
        )
        return reverse("trace:suspicions")

    return form_page(request, form, "trace/suspicion.html", {"report": row}, settle)
