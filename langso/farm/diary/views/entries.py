"""One entry: what it says, what was said of it, and what can be done with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from langso.farm.diary import services
from langso.farm.diary.activities import BY_CODE
from langso.farm.diary.contents import Content, HarvestContent, HazardContent, InputContent, WorkContent
from langso.farm.diary.forms import EntryForm, HarvestForm, HazardForm, InputForm, StrikeForm, WordsForm, WorkForm
from langso.farm.diary.measures import NAMES, STEPS
from langso.farm.diary.queries import entry_pages
from langso.farm.diary.queries.entry_pages import EntryPage
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.errors import Invalid

ANSWER = gettext_lazy("Your answer")


@require_GET
def entry(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """One entry with its state in words, its concerns, its past, and the acts that are open to the reader."""
    page = entry_pages.entry_page(request.actor, entry_id=entry_id)
    shown = {
        "page": page,
        "answer": WordsForm(label=ANSWER),
        "question": WordsForm(label=_("What do you want to know?"), auto_id="question_%s"),
        "finding": WordsForm(label=_("What did you find out?"), auto_id="finding_%s"),
    }
    return render(request, "diary/entry.html" if page.can_write else "diary/entry_desk.html", shown)


@require_http_methods(["GET", "POST"])
def correction(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """Write a new version; the old one stays."""
    page = entry_pages.entry_page(request.actor, entry_id=entry_id)
    require(page.can_write, request.actor)
    form = _form_of(request, page)
    if form.is_valid():
        try:
            services.correct_entry(
                request.actor,
                entry_id=entry_id,
                content=form.content(),
                reason=form.why(),
                version=form.cleaned_data["version"],
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Corrected. The old words stay in the entry's past."))
            return redirect("diary:entry", entry_id=entry_id)
    unit = getattr(page.content, "unit", "KG")
    shown = {"page": page, "form": form, "unit": NAMES[unit], "step": STEPS.get(unit, 1)}
    return render(request, "diary/correction.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def strike(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """Strike the entry through, with a reason."""
    page = entry_pages.entry_page(request.actor, entry_id=entry_id)
    require(page.can_write, request.actor)
    form = StrikeForm(request.POST or None)
    if form.is_valid():
        services.strike_entry(request.actor, entry_id=entry_id, reason=form.why())
        messages.success(request, _("Struck through. It stays readable and counts no longer."))
        return redirect("diary:entry", entry_id=entry_id)
    return render(request, "diary/strike.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_POST
def restoration(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """Take a strike back."""
    services.restore_entry(request.actor, entry_id=entry_id)
    messages.success(request, _("The entry counts again."))
    return redirect("diary:entry", entry_id=entry_id)


@require_POST
def undo(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """Take back what was done a moment ago."""
    services.undo(request.actor, entry_id=entry_id)
    messages.success(request, _("Taken back."))
    return redirect("diary:entry", entry_id=entry_id)


@require_POST
def answer(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """Answer the inspector's question."""
    services.answer_question(request.actor, entry_id=entry_id, answer=request.POST.get("words", ""))
    messages.success(request, _("Your answer is with the inspector."))
    return redirect("diary:entry", entry_id=entry_id)


@require_POST
def concern_answer(request: ActorRequest, concern_id: UUID) -> HttpResponse:
    """Say what was found out about a concern."""
    entry_id = services.answer_concern(request.actor, concern_id=concern_id, answer=request.POST.get("words", ""))
    messages.success(request, _("Written down."))
    return redirect("diary:entry", entry_id=entry_id)


def _form_of(request: ActorRequest, page: EntryPage) -> EntryForm:
    """The form of this kind of entry, filled with what it says."""
    data, version = request.POST or None, page.line.version
    content: Content = page.content
    if isinstance(content, WorkContent):
        return WorkForm(
            data,
            activity=BY_CODE[content.activity],
            unit=content.unit,
            input_id=content.input_id,
            correcting=content,
            version=version,
        )
    if isinstance(content, HarvestContent):
        return HarvestForm(data, correcting=content, version=version)
    if isinstance(content, InputContent):
        return InputForm(data, correcting=content, version=version)
    assert isinstance(content, HazardContent)
    return HazardForm(data, correcting=content, version=version, file=content.file)
