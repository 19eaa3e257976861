"""Every domain's `urls.py` at the path its `apps.py` names, and the JSON API."""

from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

from langso.kernel.domain import DomainConfig
from langso.site.api import api
from langso.site.health import healthz

handler404 = "langso.kernel.ui.refusals.page_not_found"
handler500 = "langso.kernel.ui.refusals.server_error"


def _domain_urls() -> list[URLResolver]:
    domains = [config for config in apps.get_app_configs() if isinstance(config, DomainConfig)]
    return [
        path(f"{config.label}/" if config.mount is None else config.mount, include(f"{config.name}.urls"))
        for config in domains
        if find_spec(f"{config.name}.urls")
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", api.urls),
    *_domain_urls(),
]
