"""The desk: households."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from langso.community.people import access, queries, services
from langso.community.people.forms import ClassForm, HeadForm, HouseholdForm, RelationsForm, SplitForm
from langso.community.people.lists import HouseholdList, HouseholdsToVisit, rows_of_households
from langso.community.people.queries import HouseholdCard, PersonCard
from langso.community.people.texts import RELATIONS
from langso.community.people.views.acts import Act, Facts, answers, carry_out
from langso.community.people.views.purposes import opens_household, said, stated_purpose
from langso.community.places import queries as places
from langso.kernel import clock
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require


@require_safe
def households(request: ActorRequest) -> HttpResponse:
    """Every household, found by its code or by anybody who lives there."""
    require(access.can_search_register(request.actor), request.actor)
    is_officer = access.can_open_records(request.actor)
    shown = HouseholdList if is_officer else HouseholdsToVisit
    return shown(request, rows_of_households(request.actor)).respond(
        "people/households.html", {"is_officer": is_officer}
    )


@require_safe
@opens_household
def household(request: ActorRequest, household_id: UUID) -> HttpResponse:
    """A household with who lives and lived there."""
    record = services.open_household(request.actor, household_id=household_id, **said(request))
    shown = {"record": record, "stated": stated_purpose(request)}
    return render(request, "people/household.html", shown)


def _opened(request: ActorRequest, household_id: UUID) -> tuple[HouseholdCard, list[PersonCard], int]:
    """Card, members and version for a form. Showing it opens the record, sending it is an act in the journal."""
    require(access.can_change_register(request.actor), request.actor)
    if request.method == "GET":
        record = services.open_household(request.actor, household_id=household_id, **said(request))
        return record.card, list(record.members), record.version
    card = queries.household_card(request.actor, household_id=household_id)
    return card, queries.household_members(household_id), 0


@require_http_methods(["GET", "POST"])
@opens_household
def correction(request: ActorRequest, household_id: UUID) -> HttpResponse:
    """Correct code, village or address."""
    card, _members, version = _opened(request, household_id)
    villages = _villages(card)
    if request.method == "POST":
        form = HouseholdForm(request.POST, villages=villages)
    else:
        first = {"code": card.code, "village": str(card.village_id), "address": card.address, "version": version}
        form = HouseholdForm(villages=villages, initial=first)
    page = reverse("people:household", args=[household_id])

    def correct() -> str:
        services.correct_household(
            request.actor,
            household_id=household_id,
            version=form.cleaned_data["version"],
            code=form.cleaned_data["code"],
            village_id=UUID(form.cleaned_data["village"]),
            address=form.cleaned_data["address"],
            reason=form.cleaned_data["reason"],
        )
        return page

    return carry_out(
        request,
        Act(
            title=_("Correct household %(code)s") % {"code": card.code},
            form=form,
            back_url=page,
            perform=correct,
            done=_("The household is corrected."),
            submit=_("Correct"),
        ),
    )


def _villages(card: HouseholdCard) -> list[tuple[str, str]]:
    """The villages of today, and that of the household should it have been merged."""
    choices = places.village_choices()
    known = any(village_id == str(card.village_id) for village_id, _name in choices)
    return choices if known else [(str(card.village_id), card.village), *choices]


@require_http_methods(["GET", "POST"])
@opens_household
def head(request: ActorRequest, household_id: UUID) -> HttpResponse:
    """Another member becomes the head."""
    card, members, _version = _opened(request, household_id)
    if request.method == "POST":
        form = HeadForm(request.POST, members=members)
    else:
        form = HeadForm(members=members, initial={"on_date": clock.today()})
    page = reverse("people:household", args=[household_id])

    def change() -> str:
        services.change_head(
            request.actor,
            household_id=household_id,
            head_id=UUID(form.cleaned_data["head"]),
            on_date=form.cleaned_data["on_date"],
            reason=form.cleaned_data["reason"],
        )
        return page

    return carry_out(
        request,
        Act(
            title=_("New head of household %(code)s") % {"code": card.code},
            form=form,
            back_url=page,
            perform=change,
            done=_("The household has a new head. Look at the relations of the others."),
            submit=_("Change the head"),
            summary=lambda: answers(form),
        ),
    )


@require_http_methods(["GET", "POST"])
@opens_household
def relations(request: ActorRequest, household_id: UUID) -> HttpResponse:
    """What the members are to the head."""
    card, members, _version = _opened(request, household_id)
    form = RelationsForm(request.POST if request.method == "POST" else None, members=members)
    page = reverse("people:household", args=[household_id])

    def correct() -> str:
        services.correct_relations(
            request.actor,
            household_id=household_id,
            relations=form.relations(),
            reason=form.cleaned_data["reason"],
        )
        return page

    return carry_out(
        request,
        Act(
            title=_("Relations in household %(code)s") % {"code": card.code},
            form=form,
            back_url=page,
            perform=correct,
            done=_("The relations are corrected."),
            submit=_("Save"),
        ),
    )


@require_http_methods(["GET", "POST"])
@opens_household
def split(request: ActorRequest, household_id: UUID) -> HttpResponse:
    """Some members form a household of their own."""
    card, members, _version = _opened(request, household_id)
    villages = _villages(card)
    if request.method == "POST":
        form = SplitForm(request.POST, people=members, villages=villages)
    else:
        first = {"on_date": clock.today(), "village": str(card.village_id), "address": card.address}
        form = SplitForm(people=members, villages=villages, initial=first)

    def divide() -> str:
        cleaned = form.cleaned_data
        new_id = services.split_household(
            request.actor,
            household_id=household_id,
            members=form.relations(),
            head_id=UUID(cleaned["head"]),
            on_date=cleaned["on_date"],
            village_id=UUID(cleaned["village"]),
            code=cleaned["code"],
            address=cleaned["address"],
            next_head_id=UUID(cleaned["next_head"]) if cleaned["next_head"] else None,
            reason=cleaned["reason"],
        )
        return reverse("people:household", args=[new_id])

    def summary() -> Facts:
        names = {member.id: member.name for member in members}
        going = [(names[pk], RELATIONS[relation]) for pk, relation in form.relations().items()]
        return [*answers(form, leave_out=("members", "head")), *going]

    return carry_out(
        request,
        Act(
            title=_("Split household %(code)s") % {"code": card.code},
            form=form,
            back_url=reverse("people:household", args=[household_id]),
            perform=divide,
            done=_("This is the new household."),
            submit=_("Split"),
            summary=summary,
        ),
    )


@require_http_methods(["GET", "POST"])
@opens_household
def status(request: ActorRequest, household_id: UUID) -> HttpResponse:
    """What the household counts as, from a day on."""
    card, _members, _version = _opened(request, household_id)
    form = ClassForm(request.POST) if request.method == "POST" else ClassForm(initial={"from_date": clock.today()})
    page = reverse("people:household", args=[household_id])

    def classify() -> str:
        kind, day = form.kind_chosen(), form.cleaned_data["from_date"]
        if form.cleaned_data["end"]:
            services.end_household_class(request.actor, household_id=household_id, kind=kind, to_date=day)
        else:
            decision = form.cleaned_data["decision"]
            services.classify_household(
                request.actor, household_id=household_id, kind=kind, from_date=day, decision=decision
            )
        return page

    return carry_out(
        request,
        Act(
            title=_("What household %(code)s counts as") % {"code": card.code},
            form=form,
            back_url=page,
            perform=classify,
            done=_("Saved."),
            submit=_("Save"),
            summary=lambda: answers(form),
        ),
    )
