"""Who acts, and in which commune, from the first line of a request to the last byte of its answer."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from langso.kernel.access.scope import open_commune
from langso.kernel.accounts.middleware import ActorMiddleware
from langso.kernel.accounts.models import Account

pytestmark = pytest.mark.django_db


def _request(account_id=None):
    request = RequestFactory().get("/")
    request.session = {}
    from django.contrib.auth.models import AnonymousUser

    request.user = Account.objects.get(pk=account_id) if account_id else AnonymousUser()
    return request


def test_a_visitor_is_nobody_in_this_nodes_commune():
    seen = []

    def view(request):
        seen.append((request.actor.signed_in, request.actor.commune, open_commune()))
        return HttpResponse()

    ActorMiddleware(view)(_request())
    assert seen == [(False, settings.COMMUNE, settings.COMMUNE)]
