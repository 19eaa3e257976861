"""The messages of a demonstration. On a real node this page does not exist."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from langso.gateways.sms.models import FakeMessage
from langso.kernel.phones import phone_on_screen

SHOWN = 20


@never_cache
@require_GET
def demo(request: HttpRequest) -> HttpResponse:
    """The newest messages of all phones, for trying the program out alone."""
    if not settings.DEMO or settings.SMS_GATEWAY != "fake":
        raise Http404
    newest = FakeMessage.objects.all()[:SHOWN]
    shown = [{"phone": phone_on_screen(each.phone), "text": each.text, "taken_at": each.taken_at} for each in newest]
    return render(request, "sms/demo.html", {"shown": shown})
