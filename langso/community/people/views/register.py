"""The desk: finding, opening, entering and correcting persons."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from langso.community.people import access, queries, services
from langso.community.people.forms import CorrectionForm, LookupForm, RegistrationForm
from langso.community.people.forms.persons import initial_of, initial_of_card
from langso.community.people.lists import READ_TO_PICK, PeopleFile, PeopleList, PeopleToHelp, rows_of_people
from langso.community.people.queries import PersonRecord
from langso.community.people.rules.cards import read_card
from langso.community.people.rules.codes import Relation, Sex
from langso.community.people.rules.details import PersonDetails
from langso.community.people.rules.personal_number import digits_of
from langso.community.people.views.acts import Act, answers, carry_out
from langso.community.people.views.purposes import opens_person, said, stated_purpose
from langso.community.places import queries as places
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require

CARD_KEY = "people.card"
LOOK_FIRST = gettext_lazy("These records look very much like this person. Go on only if it is somebody else.")


@require_safe
def people(request: ActorRequest) -> HttpResponse:
    """Everybody, by name. The CSV of it is for officers who said what for, and is written down."""
    require(access.can_search_register(request.actor), request.actor)
    rows = rows_of_people(request.actor)
    if request.GET.get("format") == "csv":
        return _people_file(request, PeopleFile(request, rows))
    is_officer = access.can_open_records(request.actor)
    picked = rows.only(*READ_TO_PICK)
    listing = PeopleList(request, picked) if is_officer else PeopleToHelp(request, picked)
    query = request.GET.copy()
    query["format"] = "csv"
    shown = {
        "lookup": LookupForm(),
        "is_officer": is_officer,
        "stated": stated_purpose(request) if is_officer else None,
        "file_url": f"{request.path}?{query.urlencode()}",
    }
    return listing.respond("people/list.html", shown)


def _people_file(request: ActorRequest, listing: PeopleFile) -> HttpResponse:
    require(access.can_export_register(request.actor), request.actor)
    stated = stated_purpose(request)
    if stated is None:
        return redirect(f"{reverse('people:purpose')}?next={reverse('people:list')}")
    chosen = request.GET.copy()
    for name in ("format", "page", "sort"):
        chosen.pop(name, None)
    services.log_export(
        request.actor,
        person_ids=listing.found.values_list("pk", flat=True),
        selection=chosen.urlencode(),
        **said(request),
    )
    return listing.csv()


@require_POST
def lookup(request: ActorRequest) -> HttpResponse:
    """Who has this personal number or card? Leads to the record, or to the form for a new one."""
    require(access.can_open_records(request.actor), request.actor)
    form = LookupForm(request.POST)
    typed = form.cleaned_data["typed"] if form.is_valid() else ""
    card = read_card(typed)
    number = card.personal_number if card else digits_of(typed)
    found = queries.person_with_number(request.actor, number=number)
    if found:
        return redirect("people:person", found)
    if card is None:
        messages.warning(request, _("Nobody in this commune's register has this personal number."))
        return redirect("people:list")
    request.session[CARD_KEY] = typed
    messages.info(request, _("This person is not in the register yet. The form holds what the card says."))
    return redirect("people:new")


@require_safe
@opens_person
def person(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """The whole record. `?number=1` shows the personal number, and says so in the log."""
    record = services.open_record(
        request.actor, person_id=person_id, with_number="number" in request.GET, **said(request)
    )
    shown = {
        "record": record,
        "stated": stated_purpose(request),
        "shows_number": "number" in request.GET,
        "log": queries.access_log(request.actor, person_id=record.id).lines[:5],
        "pairs": queries.pairs_of(request.actor, person_id=record.id),
    }
    return render(request, "people/person.html", shown)


@require_http_methods(["GET", "POST"])
def register(request: ActorRequest) -> HttpResponse:
    """Enter a person: into a household, or with a new one."""
    require(access.can_change_register(request.actor), request.actor)
    form = _registration_form(request)

    def enter() -> str:
        person_id = _enter(request, form)
        request.session.pop(CARD_KEY, None)
        return reverse("people:person", args=[person_id])

    alike = _alike(request, form) if form.is_bound and form.is_valid() else []
    return carry_out(
        request,
        Act(
            title=_("Enter a person"),
            form=form,
            back_url=reverse("people:list"),
            perform=enter,
            done=_("The person is in the register now."),
            submit=_("Enter in the register"),
            summary=lambda: answers(form),
            warning=_("These records look very much like this person. Go on only if it is somebody else.")
            if alike
            else "",
            template="people/register.html",
            context={"alike": alike},
        ),
    )


def _registration_form(request: ActorRequest) -> RegistrationForm:
    villages = places.village_choices()
    if request.method == "POST":
        return RegistrationForm(request.POST, villages=villages)
    initial = initial_of_card(request.session.get(CARD_KEY, ""))
    initial["household_code"] = request.GET.get("household", "")
    return RegistrationForm(villages=villages, initial=initial)


def _alike(request: ActorRequest, form: RegistrationForm) -> list[queries.PersonCard]:
    return queries.people_alike(
        request.actor, details=form.details(), household_code=form.cleaned_data["household_code"]
    )


def _enter(request: ActorRequest, form: RegistrationForm) -> UUID:
    cleaned, seen = form.cleaned_data, "seen" in request.POST
    household = queries.household_with_code(request.actor, code=cleaned["household_code"])
    if household:
        return services.register_person(
            request.actor,
            details=form.details(),
            household_id=household.id,
            relation=Relation(cleaned["relation"] or Relation.UNKNOWN),
            arrival=form.arrival(),
            is_somebody_else=seen,
        )
    if not cleaned["village"]:
        raise services.NoSuchCode()
    return services.register_head(
        request.actor,
        details=form.details(),
        village_id=UUID(cleaned["village"]),
        code=cleaned["household_code"],
        address=cleaned["address"],
        arrival=form.arrival(),
        is_somebody_else=seen,
    )


@require_http_methods(["GET", "POST"])
@opens_person
def correction(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Correct the details of a person, and say why."""
    require(access.can_change_register(request.actor), request.actor)
    card = queries.person_card(request.actor, person_id=person_id)
    if request.method == "POST":
        form = CorrectionForm(request.POST)
    else:
        record = services.open_record(request.actor, person_id=person_id, with_number=True, **said(request))
        form = CorrectionForm(initial={**initial_of(_details(record)), "version": record.version})
    page = reverse("people:person", args=[person_id])

    def correct() -> str:
        services.correct_person(
            request.actor,
            person_id=person_id,
            version=form.cleaned_data["version"],
            details=form.details(),
            reason=form.cleaned_data["reason"],
        )
        return page

    return carry_out(
        request,
        Act(
            title=_("Correct the record of %(name)s") % {"name": card.name},
            form=form,
            back_url=page,
            perform=correct,
            done=_("The record is corrected."),
            submit=_("Correct"),
        ),
    )


def _details(record: PersonRecord) -> PersonDetails:
    return PersonDetails(
        name=record.name,
        sex=Sex(record.card.sex),
        birth_date=record.birth_date,
        birth_year=record.birth_year,
        ethnicity=record.ethnicity,
        personal_number=record.personal_number,
        phone=record.phone,
        disability=record.disability,
    )
