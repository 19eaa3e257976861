"""Tells an operator before the first resident notices that codes go nowhere."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.compatibility, deploy=True)
def codes_go_somewhere(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Warn when the fake gateway runs outside a demonstration."""
    if settings.SMS_GATEWAY != "fake" or settings.DEMO:
        return []
    hint = "Choose a gateway with LANGSO_SMS; residents sign in with codes that are sent to their phones."
    return [Warning("Text messages are sent nowhere: the SMS gateway is 'fake'.", hint=hint, id="langso.sms.W001")]
