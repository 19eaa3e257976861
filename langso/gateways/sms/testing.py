"""What a test needs to know of messages that were sent."""

import re

from langso.gateways.sms.models import FakeMessage


def messages_to(phone: str) -> list[str]:
    """The texts sent to a phone (+84…), newest first."""
    return list(FakeMessage.objects.filter(phone=phone).values_list("text", flat=True))


def code_sent_to(phone: str) -> str:
    """The six digits of the newest message to a phone. Raises `LookupError` when there is none."""
    for text in messages_to(phone):
        if found := re.search(r"\b\d{6}\b", text):
            return found.group()
    raise LookupError(f"no code was sent to {phone}")
