"""A helper picks a resident, sees who it is, and acts in their name for a quarter of an hour."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.access.sources import KnownPerson
from langso.kernel.accounts import access, queries, services
from langso.kernel.accounts.forms import PickedForm, ResidentForm
from langso.kernel.accounts.middleware import ASSIST_KEY
from langso.kernel.errors import NotHere


@require_http_methods(["GET", "POST"])
def start(request: ActorRequest) -> HttpResponse:
    """GET with a `person_id` from the register, or POST of a phone: show who it is. POST of a `person_id`: begin."""
    require(access.can_assist(request.actor), request.actor)
    picked = PickedForm(request.POST if request.method == "POST" else request.GET)
    if picked.is_valid():
        person_id: UUID = picked.cleaned_data["person_id"]
        if request.method == "POST":
            request.session[ASSIST_KEY] = str(services.start_assist(request.actor, person_id=person_id))
            return redirect("/home/")
        return _confirm(request, queries.resident_to_assist(request.actor, person_id=person_id))
    form = ResidentForm(request.POST or None)
    if form.is_valid():
        try:
            return _confirm(request, queries.resident_to_assist(request.actor, phone=form.cleaned_data["phone"]))
        except NotHere as refusal:
            form.add_error("phone", str(refusal))
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/assist.html", {"form": form}, status=status)


def _confirm(request: ActorRequest, resident: KnownPerson) -> HttpResponse:
    return render(request, "accounts/assist_confirm.html", {"resident": resident})


@require_POST
def end(request: ActorRequest) -> HttpResponse:
    """Stop acting for the resident; also when the time ended by itself a moment ago."""
    if ASSIST_KEY in request.session:
        services.end_assist(request.actor, assist_id=UUID(request.session.pop(ASSIST_KEY)))
    messages.success(request, _("You no longer act for the resident. You are yourself again."))
    return redirect("accounts:assist-start")
