"""Who acts, and in which commune, from the first line of a request to the last byte of its answer."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from langso.kernel.access.scope import NoCommuneOpen, open_commune
from langso.kernel.accounts.middleware import ActorMiddleware
from langso.kernel.accounts.models import Account
from langso.kernel.accounts.testing import make_account

pytestmark = pytest.mark.django_db


def request_of(account_id=None, **session):
    request = RequestFactory().get("/")
    request.session = session
    request.user = Account.objects.get(pk=account_id) if account_id else AnonymousUser()
    return request


def test_a_visitor_is_nobody_in_this_nodes_commune():
    seen = []

    def view(request):
        seen.append((request.actor.signed_in, request.actor.commune, open_commune()))
        return HttpResponse()

    ActorMiddleware(view)(request_of())
    assert seen == [(False, settings.COMMUNE, settings.COMMUNE)]
