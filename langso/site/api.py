"""The JSON API: every domain's `router`, one shape for errors, OpenAPI 3.1 at `/api/openapi.json`."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

import langso
from langso.kernel.domain import DomainConfig
from langso.kernel.errors import DomainError, Invalid
from langso.kernel.refusals import refusal_json
from langso.kernel.ui.refusals import page_not_found

api = NinjaAPI(
    title="Langso",
    version=langso.__version__,
    description='Open data and acts of a digital commune. Errors: `{"error": {"code", "message", "fields"}}`.',
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(DomainError)
def on_refusal(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    return refusal_json(refusal)


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, invalid: ValidationError) -> HttpResponse:
    fields = {".".join(str(part) for part in problem["loc"][1:]): problem["msg"] for problem in invalid.errors}
    message = _("The request does not have the form that the description of this API asks for.")
    return refusal_json(Invalid(message, fields=fields))


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, missing: Http404) -> HttpResponse:
    return page_not_found(request, missing)


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    refusal = Invalid(str(error))
    return refusal_json(refusal, status=error.status_code)


for _config in apps.get_app_configs():
    if isinstance(_config, DomainConfig) and find_spec(f"{_config.name}.api"):
        api.add_router("", import_module(f"{_config.name}.api").router)
