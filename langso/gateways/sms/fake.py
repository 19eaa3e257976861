"""Gateways that send nothing: one keeps messages in a table for a demonstration, one says that it cannot."""

from datetime import timedelta

from langso.gateways.sms.client import Receipt, parts_of
from langso.gateways.sms.models import FakeMessage
from langso.kernel import clock
from langso.kernel.accounts.delivery import NotSent

KEPT_FOR = timedelta(days=1)


class NoSms:
    def send(self, *, phone: str, text: str) -> Receipt:
        """Refuse, so that nobody waits for a message that cannot come."""
        raise NotSent("this node has no SMS gateway: set LANGSO_SMS")


class FakeSms:
    def send(self, *, phone: str, text: str) -> Receipt:
        """Keep the message for a day. Nothing of it is logged: it may hold a one-time code."""
        now = clock.now()
        FakeMessage.objects.filter(taken_at__lt=now - KEPT_FOR).delete()
        message = FakeMessage.objects.create(phone=phone, text=text, taken_at=now)
        return Receipt(number=str(message.pk), taken_at=now, parts=parts_of(text))
