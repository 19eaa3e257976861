from django.apps import AppConfig


class DemoConfig(AppConfig):
    """A believable commune. Only its command `demo` is used; it has no tables and no pages."""

    name = "demo"
