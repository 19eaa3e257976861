"""A form that is filled in, looked at once more, and then done: one service call, refusals beside their fields."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from langso.community.people.forms.parts import add_refusal
from langso.kernel.access.requests import ActorRequest
from langso.kernel.errors import AccessDenied, DomainError, NotHere, Text

Facts = Iterable[tuple[Text, Any]]


@dataclass(frozen=True, slots=True)
class Act:
    """One act on a form. `perform` calls the service and returns where to go; `done` is said there.

    `summary` gives the answers once more before they count; None for an act that is easily taken back.
    """

    title: Text
    form: forms.Form
    back_url: str
    perform: Callable[[], str]
    done: Text
    submit: Text
    summary: Callable[[], Facts] | None = None
    warning: Text = ""
    template: str = "people/act.html"
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def asks_twice(self) -> bool:
        return self.summary is not None


def carry_out(request: ActorRequest, act: Act) -> HttpResponse:
    """The form, the answers once more, or the act done."""
    if request.method != "POST" or not act.form.is_valid():
        return _form_page(request, act)
    confirmed = "confirmed" in request.POST
    if act.summary and "change" in request.POST:
        return _form_page(request, act)
    if act.summary and not confirmed:
        return _check_page(request, act, act.summary())
    try:
        address = act.perform()
    except (AccessDenied, NotHere):
        raise
    except DomainError as refusal:
        add_refusal(act.form, refusal.message, refusal.fields)
        return _form_page(request, act, refusal)
    messages.success(request, str(act.done))
    return redirect(address)


def _form_page(request: ActorRequest, act: Act, refusal: DomainError | None = None) -> HttpResponse:
    shown = {"act": act, "form": act.form, "refusal": refusal, **act.context}
    return render(request, act.template, shown, status=422 if act.form.errors else 200)


def _check_page(request: ActorRequest, act: Act, facts: Facts) -> HttpResponse:
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", "confirmed", "change")
    ]
    shown = {"act": act, "facts": list(facts), "sent": sent, **act.context}
    return render(request, "people/check.html", shown)


def answers(form: forms.Form, *, leave_out: Iterable[str] = ()) -> list[tuple[Text, Any]]:
    """What was answered, in the words of the form; empty answers and hidden fields are left out."""
    hidden = set(leave_out) | {bound.name for bound in form.hidden_fields()}
    found: list[tuple[Text, Any]] = []
    for name, field_ in form.fields.items():
        value = form.cleaned_data.get(name)
        if name in hidden or value in (None, "", [], False):
            continue
        found.append((field_.label or name, _words(field_, value)))
    return found


def _words(field_: forms.Field, value: Any) -> Any:
    if isinstance(field_, forms.MultipleChoiceField):
        labels = dict(_flat(field_))
        return ", ".join(str(labels.get(each, each)) for each in value)
    if isinstance(field_, forms.ChoiceField):
        return dict(_flat(field_)).get(value, value)
    if isinstance(value, bool):
        return _("yes")
    if isinstance(field_, forms.DateField):
        return value.strftime("%d/%m/%Y")
    return field_.prepare_value(value)


def _flat(field_: forms.ChoiceField) -> list[tuple[str, Any]]:
    options: Any = field_.choices
    return [(str(code), word) for code, word in options]
