"""The desk: records that may be the same person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from langso.community.people import access, queries, services
from langso.community.people.forms import MergeForm, ReasonForm
from langso.community.people.forms.merging import FIRST
from langso.community.people.lists import PairList, rows_of_pairs
from langso.community.people.queries import PairCard, PersonRecord
from langso.community.people.services.merging import TAKEABLE
from langso.community.people.texts import DISABILITIES, ETHNICITY_NAMES, FIELDS, GROUNDS, RELATIONS, SEXES
from langso.community.people.views.purposes import ask, said, stated_purpose
from langso.kernel.access.requests import ActorRequest
from langso.kernel.access.require import require
from langso.kernel.errors import AccessDenied, DomainError, Text
from langso.kernel.phones import phone_on_screen


@require_safe
def duplicates(request: ActorRequest) -> HttpResponse:
    """Pairs that wait for a decision."""
    require(access.can_decide_duplicates(request.actor), request.actor)
    return PairList(request, rows_of_pairs()).respond("people/duplicates.html")


@require_http_methods(["GET", "POST"])
def pair(request: ActorRequest, pair_id: UUID) -> HttpResponse:
    """Both records side by side; one stays, or they are two persons."""
    card = queries.pair_card(request.actor, pair_id=pair_id)
    if stated_purpose(request) is None:
        return ask(request, subject=_("two records"))
    if card.decision:
        raise services.AlreadyDecided()
    first, second = (
        services.open_record(request.actor, person_id=side.id, with_number=True, **said(request))
        for side in (card.first, card.second)
    )
    lines = compared(first, second)
    differing = {name: (left, right) for name, left, right in lines if name in TAKEABLE and left != right}
    form = MergeForm(request.POST if request.method == "POST" else None, differing=differing)
    if request.method == "POST" and form.is_valid() and (answer := _merge(request, form, card)):
        return answer
    shown = {
        "pair": card,
        "lines": [(FIELDS[name], left, right, left != right) for name, left, right in lines],
        "first": first,
        "second": second,
        "grounds": [GROUNDS.get(ground, ground) for ground in card.grounds],
        "form": form,
        "reason": ReasonForm(prefix="different"),
        "stated": stated_purpose(request),
    }
    return render(request, "people/pair.html", shown, status=422 if form.errors else 200)


def _merge(request: ActorRequest, form: MergeForm, card: PairCard) -> HttpResponse | None:
    """Merge and lead to the record that stays; None when the service refused, which the form then says."""
    sides = (card.first.id, card.second.id)
    kept, merged = sides if form.cleaned_data["kept"] == FIRST else sides[::-1]
    try:
        services.merge_persons(
            request.actor, kept_id=kept, merged_id=merged, take=form.take(), reason=form.cleaned_data["reason"]
        )
    except AccessDenied:
        raise
    except DomainError as refusal:
        sentences = [refusal.message, *refusal.fields.values()]
        form.add_error(None, " ".join(dict.fromkeys(str(sentence) for sentence in sentences)))
        return None
    messages.success(request, _("Merged. It can be taken back on this page."))
    return redirect("people:person", kept)


def compared(first: PersonRecord, second: PersonRecord) -> list[tuple[str, Text, Text]]:
    """Field, left, right, in the words of the screen."""
    left, right = _shown(first), _shown(second)
    return [(name, left[name], right[name]) for name in left]


def _shown(record: PersonRecord) -> dict[str, Any]:
    card = record.card
    birth = record.birth_date.strftime("%d/%m/%Y") if record.birth_date else str(record.birth_year or "")
    return {
        "name": card.name,
        "sex": SEXES[card.sex],
        "birth": birth,
        "personal_number": record.personal_number,
        "phone": phone_on_screen(record.phone),
        "ethnicity": ETHNICITY_NAMES.get(record.ethnicity, ""),
        "disability": DISABILITIES[record.disability] if record.disability else "",
        "household": f"{card.household_code}, {card.village}" if card.lives_here else "",
        "relation": RELATIONS.get(card.relation, ""),
    }


@require_POST
def different(request: ActorRequest, pair_id: UUID) -> HttpResponse:
    """They are two persons."""
    form = ReasonForm(request.POST, prefix="different")
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    services.judge_different(request.actor, pair_id=pair_id, reason=reason)
    messages.success(request, _("Noted: two different persons. They are not shown here again."))
    return redirect("people:duplicates")


@require_POST
def undoing(request: ActorRequest, merge_id: UUID) -> HttpResponse:
    """Take a merge back."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    returned = services.unmerge(request.actor, merge_id=merge_id, reason=reason)
    messages.success(request, _("The merge is taken back. Both records stand as before."))
    return redirect(reverse("people:person", args=[returned]))
