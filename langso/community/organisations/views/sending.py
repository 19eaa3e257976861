"""One way to carry out a form: one service call, or the form again with what is wrong."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from langso.kernel.access.requests import ActorRequest
from langso.kernel.errors import AccessDenied, DomainError, NotHere
from langso.kernel.ui.forms import RefusableForm


def sent(
    request: ActorRequest,
    form: RefusableForm,
    act: Callable[[], HttpResponse],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """The act's answer; else the page with the form (422 when something in it is wrong)."""
    if form.is_bound and form.is_valid():
        try:
            return act()
        except (AccessDenied, NotHere):
            raise
        except DomainError as refusal:
            form.refuse(refusal)
    return render(request, template, {**context, "form": form}, status=422 if form.errors else 200)
