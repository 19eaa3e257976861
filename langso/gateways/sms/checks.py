"""Tells an operator before the first resident notices that codes go nowhere."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.compatibility, deploy=True)
def codes_go_somewhere(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Warn when no gateway, or the fake one, serves a node that is no demonstration."""
    if settings.SMS_GATEWAY not in ("fake", "none") or settings.DEMO:
        return []
    hint = "Choose a gateway with LANGSO_SMS; residents sign in with codes that are sent to their phones."
    sentence = f"Text messages are sent nowhere: the SMS gateway is {settings.SMS_GATEWAY!r}."
    return [Warning(sentence, hint=hint, id="langso.sms.W001")]
