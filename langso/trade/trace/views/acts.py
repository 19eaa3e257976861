"""A form and its one act: the service's refusal stands beside what was typed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from langso.kernel.access.requests import ActorRequest
from langso.kernel.errors import AccessDenied, DomainError, NotHere
from langso.kernel.ui.forms import RefusableForm

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


def form_page(
    request: ActorRequest, form: RefusableForm, template: str, shown: dict[str, Any], act: Callable[[], str]
) -> HttpResponse:
    """The form, or the act done and the way to the address that it returns."""
    shown = {**shown, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, template, shown, status=422 if form.errors else 200)
    try:
        address = act()
    except (AccessDenied, NotHere):
        raise
    except DomainError as refusal:
        form.refuse(refusal)
        return render(request, template, shown, status=refusal.status)
    messages.success(request, _("Saved."))
    return redirect(address)
