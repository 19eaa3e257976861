"""The four forms. Each is one page, one number, one button; a form that is sent twice makes one entry."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from langso.farm.diary import services
from langso.farm.diary.activities import BY_CODE, activities_on
from langso.farm.diary.forms import EntryForm, HarvestForm, HazardForm, InputForm, WorkForm
from langso.farm.diary.measures import NAMES, STEPS
from langso.farm.diary.queries import lists, screens
from langso.kernel.access.requests import ActorRequest
from langso.kernel.errors import Invalid, NotHere
from langso.kernel.files import services as files
from langso.kernel.ui.answers import form_page
from langso.kernel.ui.refusals import wants_json


@require_http_methods(["GET", "POST"])
def work(request: ActorRequest, season_id: UUID, activity: str) -> HttpResponse:
    """One field work. `?input=` is the product that was touched."""
    if activity not in BY_CODE:
        raise NotHere()
    touched = _uuid(request.POST.get("input_id") or request.GET.get("input", ""))
    page = screens.work_page(request.actor, season_id=season_id, activity=BY_CODE[activity], input_id=touched)
    if page.activity not in activities_on(page.season.plot.kind):
        raise NotHere()
    form = WorkForm(
        request.POST or None,
        activity=page.activity,
        unit=page.unit,
        input_id=page.chosen.id if page.chosen else None,
    )

    def save(sent: services.Sent) -> UUID:
        return services.record_work(request.actor, season_id=season_id, content=form.content(), sent=sent)

    unit, step = NAMES[page.unit], STEPS.get(page.unit, 1)
    return _answer(request, form, save, "diary/work_form.html", page=page, unit=unit, step=step)


@require_http_methods(["GET", "POST"])
def harvest(request: ActorRequest, season_id: UUID) -> HttpResponse:
    """One harvest; says first when it is too early."""
    page = screens.harvest_page(request.actor, season_id=season_id)
    initial = {"handling_place": page.last.handling_place} if page.last else None
    form = HarvestForm(request.POST or None, initial=initial)

    def save(sent: services.Sent) -> UUID:
        return services.record_harvest(request.actor, season_id=season_id, content=form.content(), sent=sent)

    return _answer(request, form, save, "diary/harvest_form.html", page=page)


@require_http_methods(["GET", "POST"])
def hazard(request: ActorRequest, season_id: UUID) -> HttpResponse:
    """One hazard assessment, perhaps with a laboratory's paper."""
    page = screens.harvest_page(request.actor, season_id=season_id)
    form = HazardForm(request.POST or None, initial={"assessed_by": request.actor.name})

    def save(sent: services.Sent) -> UUID:
        form.file = _kept_file(request)
        return services.record_hazard(request.actor, season_id=season_id, content=form.content(), sent=sent)

    return _answer(request, form, save, "diary/hazard_form.html", page=page)


@require_http_methods(["GET", "POST"])
def bought(request: ActorRequest) -> HttpResponse:
    """Something bought, or own compost. `?kind=` and `?back=` come from the work that needed it."""
    household_id = screens.my_household(request.actor)
    form = InputForm(request.POST or None, initial={"kind": request.GET.get("kind", ""), "unit": "KG"})

    def save(sent: services.Sent) -> UUID:
        return services.record_input(request.actor, household_id=household_id, content=form.content(), sent=sent)

    return _answer(request, form, save, "diary/input_form.html", names=lists.listed_names())


def _answer(
    request: ActorRequest, form: EntryForm, save: Callable[[services.Sent], UUID], template: str, **shown: object
) -> HttpResponse:
    """The form, or after a good one the entry's page, which shows what the rules say of it."""
    if form.is_valid():
        try:
            entry_id = save(services.Sent(client_id=form.cleaned_data["client_id"]))
        except services.FormAlreadyUsed as refusal:
            if refusal.entry_id is None or wants_json(request):
                raise
            messages.warning(request, str(refusal.message))
            return redirect("diary:entry", entry_id=refusal.entry_id)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            _keep_pictures(request, entry_id)
            return redirect("diary:entry", entry_id=entry_id)
    return form_page(request, form, template, shown)


def _keep_pictures(request: ActorRequest, entry_id: UUID) -> None:
    """Pictures that came with the form, as a browser without scripts sends them. A bad one leaves the entry alone."""
    for upload in request.FILES.getlist("picture"):
        try:
            services.add_photo(request.actor, entry_id=entry_id, upload=upload)
        except Invalid as refusal:
            messages.warning(request, str(refusal.message))


def _kept_file(request: ActorRequest) -> str:
    """The SHA-256 of the uploaded paper, kept; empty without one."""
    upload = request.FILES.get("file")
    if upload is None:
        return ""
    name, kind = upload.name or "file", upload.content_type or "application/octet-stream"
    return files.keep_file(request.actor, content=upload.read(), name=name, content_type=kind)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
