"""Visits to households, on the phone of whoever goes there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from langso.community.people import access, services
from langso.community.people.forms import VisitForm
from langso.community.people.forms.parts import add_refusal
from langso.community.people.models import VisitPurpose
from langso.community.people.queries import own_visits
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.errors import Invalid
from langso.kernel.ui.answers import form_page


@require_safe
def visits(request: ActorRequest) -> HttpResponse:
    """The visits that one has written down, the newest first."""
    return render(request, "people/visits.html", {"visits": own_visits(request.actor)})


@require_http_methods(["GET", "POST"])
def visit(request: ActorRequest) -> HttpResponse:
    """Write down a visit to a household; `?household=` fills in its code."""
    require(access.can_note_visits(request.actor), request.actor)
    form = VisitForm(request.POST or None, initial={"household_code": request.GET.get("household", "")})
    if form.is_valid():
        typed = form.cleaned_data
        try:
            services.note_visit(
                request.actor,
                household_code=typed["household_code"],
                visit_date=typed["visit_date"],
                purpose=VisitPurpose(typed["purpose"]),
                remark=typed["remark"],
                client_id=typed["client_id"],
            )
        except Invalid as refusal:
            add_refusal(form, refusal.message, refusal.fields)
        else:
            messages.success(request, _("The visit is written down."))
            return redirect("people:visits")
    return form_page(request, form, "people/visit.html", {})
