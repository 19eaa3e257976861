"""A helper picks a resident, sees who it is, and acts in their name for a quarter of an hour."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.accounts import access, queries, services
from langso.kernel.accounts.forms import ResidentForm
from langso.kernel.accounts.middleware import ASSIST_KEY
from langso.kernel.errors import NotHere


@require_http_methods(["GET", "POST"])
def start(request: ActorRequest) -> HttpResponse:
    """GET: the form; a `person_id` from the register asks for confirmation. POST of a phone: who has it. POST of a
    `person_id`: begin."""
    asked = ResidentForm(request.POST if request.method == "POST" else request.GET or None)
    require(access.can_assist(request.actor), request.actor)
    if asked.is_bound and asked.is_valid():
        if request.method == "POST" and asked.cleaned_data["person_id"]:
            return _begin(request, asked.cleaned_data["person_id"])
        try:
            resident = queries.resident_to_assist(
                request.actor, person_id=asked.cleaned_data["person_id"], phone=asked.cleaned_data["phone"]
            )
        except NotHere as refusal:
            asked.add_error("phone", str(refusal))
        else:
            return render(request, "accounts/assist_confirm.html", {"resident": resident})
    return render(request, "accounts/assist.html", {"form": asked}, status=422 if asked.errors else 200)


def _begin(request: ActorRequest, person_id: UUID) -> HttpResponse:
    request.session[ASSIST_KEY] = str(services.start_assist(request.actor, person_id=person_id))
    return redirect("/home/")


@require_POST
def end(request: ActorRequest) -> HttpResponse:
    """Stop acting for the resident; also when the time ended by itself a moment ago."""
    if ASSIST_KEY in request.session:
        services.end_assist(request.actor, assist_id=UUID(request.session.pop(ASSIST_KEY)))
    messages.success(request, _("You no longer act for the resident. You are yourself again."))
    return redirect("accounts:assist-start")
