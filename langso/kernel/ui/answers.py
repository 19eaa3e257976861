"""A form as an answer: its page, or what is wrong with it as JSON for a phone that sent it from its outbox."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from langso.kernel.errors import Invalid
from langso.kernel.refusals import refusal_json
from langso.kernel.ui.refusals import wants_json


def form_page(request: HttpRequest, form: BaseForm, template: str, shown: Mapping[str, Any]) -> HttpResponse:
    """The page of a form, with status 422 when something in it is wrong; to a script the errors, field by field.

    `shown` is the template's context; `form` is added to it.
    """
    if form.errors and wants_json(request):
        return refusal_json(_refusal(form))
    return render(request, template, {**shown, "form": form}, status=422 if form.errors else 200)


def _refusal(form: BaseForm) -> Invalid:
    general = " ".join(str(error) for error in form.non_field_errors())
    fields = {
        form.add_prefix(name): " ".join(str(error) for error in errors)
        for name, errors in form.errors.items()
        if name != NON_FIELD_ERRORS
    }
    return Invalid(general or _("Please mend this"), fields=fields)
