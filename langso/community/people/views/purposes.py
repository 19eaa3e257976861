"""What for? Asked once, remembered in the session for a quarter of an hour, and said on every page that opens a
record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypedDict
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from langso.community.people import access, queries
from langso.community.people.forms import PurposeForm
from langso.community.people.purposes import BY_CODE, Purpose
from langso.kernel import clock
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require

P = ParamSpec("P")

KEY = "people.purpose"
REMEMBERED_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Stated:
    """What the officer said they open records for, until when it counts."""

    purpose: Purpose
    remark: str
    until: datetime

    @property
    def code(self) -> str:
        return self.purpose.code


def stated_purpose(request: ActorRequest) -> Stated | None:
    """What was said in this session, in this commune, by this account, less than a quarter of an hour ago."""
    kept = request.session.get(KEY) or {}
    if kept.get("account") != str(request.actor.account_id) or kept.get("commune") != request.actor.commune:
        return None
    purpose, until = BY_CODE.get(kept.get("purpose", "")), datetime.fromisoformat(kept["until"])
    if purpose is None or until <= clock.now():
        return None
    return Stated(purpose=purpose, remark=kept.get("remark", ""), until=until)


Page = Callable[Concatenate[ActorRequest, P], HttpResponse]


def opens_person(view: Callable[Concatenate[ActorRequest, UUID, P], HttpResponse]) -> Any:
    """A page of a person's record: for officers, and not before they said what for."""

    @wraps(view)
    def asked(request: ActorRequest, person_id: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        require(access.can_open_records(request.actor), request.actor)
        card = queries.person_card(request.actor, person_id=person_id)
        if request.method == "GET" and stated_purpose(request) is None:
            return ask(request, subject=card.name)
        return view(request, card.id, *args, **kwargs)

    return asked


def opens_household(view: Callable[Concatenate[ActorRequest, UUID, P], HttpResponse]) -> Any:
    """A page of a household's record: for officers, and not before they said what for."""

    @wraps(view)
    def asked(request: ActorRequest, household_id: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        require(access.can_open_records(request.actor), request.actor)
        card = queries.household_card(request.actor, household_id=household_id)
        if request.method == "GET" and stated_purpose(request) is None:
            return ask(request, subject=card.code)
        return view(request, household_id, *args, **kwargs)

    return asked


class Said(TypedDict):
    purpose: str
    remark: str


def said(request: ActorRequest) -> Said:
    """Purpose and remark for a service; nothing when the time is over, which the service then refuses."""
    stated = stated_purpose(request)
    return Said(purpose=stated.code if stated else "", remark=stated.remark if stated else "")


def ask(request: ActorRequest, *, subject: str = "", form: PurposeForm | None = None) -> HttpResponse:
    """The page with the question; the answer leads back to where it was asked."""
    if form is None:
        form = PurposeForm(initial={"next": request.get_full_path()})
    shown = {"form": form, "subject": subject}
    return render(request, "people/purpose.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def purpose(request: ActorRequest) -> HttpResponse:
    """Say, or change, what records are opened for."""
    require(access.can_open_records(request.actor), request.actor)
    if request.method == "GET":
        return ask(request, form=PurposeForm(initial={"next": _safe(request, request.GET.get("next", ""))}))
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return ask(request, form=form)
    request.session[KEY] = {
        "account": str(request.actor.account_id),
        "commune": request.actor.commune,
        "purpose": form.cleaned_data["purpose"],
        "remark": form.cleaned_data["remark"].strip(),
        "until": (clock.now() + REMEMBERED_FOR).isoformat(),
    }
    return redirect(_safe(request, form.cleaned_data["next"]))


def _safe(request: ActorRequest, address: str) -> str:
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return address
    return reverse("people:list")
