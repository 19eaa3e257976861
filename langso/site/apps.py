from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The wiring as an app, so that the commands of a whole node have a place."""

    name = "langso.site"
    label = "site"
