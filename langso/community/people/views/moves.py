"""The desk: moving in, moving away, moving house, dying."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from langso.community.people import access, queries, services
from langso.community.people.forms import ArrivalForm, ChangeHouseholdForm, DeathForm, DepartureForm
from langso.community.people.forms.moves import LeavingForm
from langso.community.people.queries import PersonCard
from langso.community.people.rules.codes import Relation
from langso.community.people.views.acts import Act, answers, carry_out
from langso.community.people.views.purposes import opens_person, said
from langso.kernel import clock
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require


def _opened(request: ActorRequest, person_id: UUID) -> PersonCard:
    """The person of a form. Showing it opens the record, sending it is an act of its own in the journal."""
    require(access.can_change_register(request.actor), request.actor)
    if request.method == "GET":
        return services.open_record(request.actor, person_id=person_id, **said(request)).card
    return queries.person_card(request.actor, person_id=person_id)


def _others(card: PersonCard) -> list[PersonCard]:
    """Who may head the household after this person; nobody has to when this person is not its head."""
    if card.household_id is None or card.relation != Relation.HEAD:
        return []
    return [member for member in queries.household_members(card.household_id) if member.id != card.id]


def _leaving(request: ActorRequest, form: type[LeavingForm], card: PersonCard) -> LeavingForm:
    others = _others(card)
    if request.method == "POST":
        return form(request.POST, others=others)
    return form(others=others, initial={"on_date": clock.today()})


def _household_id(request: ActorRequest, code: str) -> UUID:
    """Raises `NoSuchCode`."""
    household = queries.household_with_code(request.actor, code=code)
    if household is None:
        raise services.NoSuchCode()
    return household.id


@require_http_methods(["GET", "POST"])
@opens_person
def departure(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """A person leaves the commune."""
    card = _opened(request, person_id)
    form, page = _leaving(request, DepartureForm, card), reverse("people:person", args=[person_id])

    def leave() -> str:
        services.move_out(
            request.actor,
            person_id=person_id,
            on_date=form.cleaned_data["on_date"],
            left_for=form.cleaned_data["left_for"],
            reason=form.cleaned_data["reason"],
            next_head_id=form.next_head_id(),
        )
        return page

    return carry_out(
        request,
        Act(
            title=_("%(name)s moves away") % {"name": card.name},
            form=form,
            back_url=page,
            perform=leave,
            done=_("Moving away is in the register."),
            submit=_("Moved away"),
            summary=lambda: answers(form),
        ),
    )


@require_http_methods(["GET", "POST"])
@opens_person
def death(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """A person died."""
    card = _opened(request, person_id)
    form, page = _leaving(request, DeathForm, card), reverse("people:person", args=[person_id])

    def record() -> str:
        services.record_death(
            request.actor,
            person_id=person_id,
            on_date=form.cleaned_data["on_date"],
            reason=form.cleaned_data["reason"],
            next_head_id=form.next_head_id(),
        )
        return page

    return carry_out(
        request,
        Act(
            title=_("Death of %(name)s") % {"name": card.name},
            form=form,
            back_url=page,
            perform=record,
            done=_("The death is in the register."),
            submit=_("Enter the death"),
            summary=lambda: answers(form),
            warning=_("A death cannot be taken back on this page. Look at the name and the day once more."),
        ),
    )


@require_http_methods(["GET", "POST"])
@opens_person
def move(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """A person moves to another household of the commune."""
    card = _opened(request, person_id)
    form, page = _leaving(request, ChangeHouseholdForm, card), reverse("people:person", args=[person_id])

    def change() -> str:
        services.change_household(
            request.actor,
            person_id=person_id,
            household_id=_household_id(request, form.cleaned_data["household_code"]),
            on_date=form.cleaned_data["on_date"],
            relation=Relation(form.cleaned_data["relation"]),
            reason=form.cleaned_data["reason"],
            next_head_id=form.next_head_id(),
        )
        return page

    return carry_out(
        request,
        Act(
            title=_("%(name)s moves to another household") % {"name": card.name},
            form=form,
            back_url=page,
            perform=change,
            done=_("The move is in the register."),
            submit=_("Move"),
            summary=lambda: answers(form),
        ),
    )


@require_http_methods(["GET", "POST"])
@opens_person
def arrival(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """A person of the register comes back to the commune."""
    card = _opened(request, person_id)
    form = ArrivalForm(request.POST) if request.method == "POST" else ArrivalForm(initial={"from_date": clock.today()})
    page = reverse("people:person", args=[person_id])

    def come() -> str:
        services.move_in(
            request.actor,
            person_id=person_id,
            household_id=_household_id(request, form.cleaned_data["household_code"]),
            from_date=form.cleaned_data["from_date"],
            relation=Relation(form.cleaned_data["relation"]),
            came_from=form.cleaned_data["came_from"],
            reason=form.cleaned_data["reason"],
        )
        return page

    return carry_out(
        request,
        Act(
            title=_("%(name)s moves in again") % {"name": card.name},
            form=form,
            back_url=page,
            perform=come,
            done=_("Moving in is in the register."),
            submit=_("Moved in"),
            summary=lambda: answers(form),
        ),
    )
