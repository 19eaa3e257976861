"""Who acts, and in which commune, from the first line of a request to the last byte of its answer."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connections
from django.http import HttpResponse, StreamingHttpResponse
from django.test import AsyncClient, Client, RequestFactory
from django.urls import get_resolver, reverse
from django.views.decorators.csrf import csrf_exempt
from django_scopes import get_scope

from langso.kernel.access.actors import system
from langso.kernel.access.scope import open_commune
from langso.kernel.accounts import services, urls
from langso.kernel.accounts.middleware import ActorMiddleware
from langso.kernel.accounts.models import Account
from langso.kernel.accounts.testing import make_account

pytestmark = pytest.mark.django_db


def request_of(account_id=None, method="get", **session):
    request = getattr(RequestFactory(), method)("/")
    request.session = Client().session
    request.session.update(session)
    request.user = Account.objects.get(pk=account_id) if account_id else AnonymousUser()
    return request


def answer_of(request, view):
    return ActorMiddleware(view)(request)


def test_a_visitor_is_nobody_in_this_nodes_commune():
    def view(request):
        return HttpResponse(f"{request.actor.signed_in} {request.actor.commune} {open_commune()}")

    assert answer_of(request_of(), view).content.decode() == f"False {settings.COMMUNE} {settings.COMMUNE}"


def test_the_actor_knows_the_address_it_came_from():
    seen = []
    answer_of(request_of(make_account()), lambda request: seen.append(request.actor.address) or HttpResponse())
    assert seen == ["127.0.0.1"]


def test_the_commune_is_closed_again_after_the_answer():
    before = dict(get_scope())
    answer_of(request_of(make_account(commune="03405")), lambda request: HttpResponse())
    assert dict(get_scope()) == before


def test_a_streamed_answer_is_read_in_the_commune_of_its_request():
    def rows():
        for _row in range(3):
            yield open_commune()

    account = make_account(commune="03405")
    answer = answer_of(request_of(account), lambda request: StreamingHttpResponse(rows()))
    seen = []
    for chunk in answer.streaming_content:
        seen.append((chunk.decode(), open_commune()))
    assert seen == [("03405", "03390")] * 3, "and does not leak into whoever reads it"


def test_a_request_asks_the_register_and_the_memberships_once(cast, django_assert_max_num_queries):
    browser = cast.client("dung")
    browser.get("/account/")
    with django_assert_max_num_queries(4):  # session, account, person, memberships
        assert browser.get("/sign-in/").status_code == 302


def test_an_anonymous_request_asks_the_database_nothing(django_assert_num_queries):
    request = request_of()
    with django_assert_num_queries(0):
        answer_of(request, lambda request: HttpResponse())


@pytest.mark.django_db(transaction=True)
def test_requests_side_by_side_under_asgi_keep_their_own_communes():
    """Thirty requests of two communes at once, through the whole stack, threads and all."""
    accounts = [make_account(commune=commune) for commune in ("03390", "03405")]
    tokens = [services.issue_token(system("03390"), account_id=each, label="t") for each in accounts]

    async def ask(number):
        answer = await AsyncClient().get("/account/", headers={"Authorization": f"Bearer {tokens[number % 2]}"})
        return answer.status_code, answer.asgi_request.actor.account_id, answer.asgi_request.actor.commune

    async def all_at_once():
        try:
            return await asyncio.gather(*(ask(number) for number in range(30)))
        finally:
            await sync_to_async(connections.close_all)()

    answers = asyncio.run(all_at_once())
    assert answers == [(200, accounts[n % 2], ("03390", "03405")[n % 2]) for n in range(30)]


def own_addresses():
    """Every address of accounts, with something in the place of ids."""
    some_id = "01a20093-b7b8-7e46-82dc-75e9f6282c70"
    for pattern in urls.ours:
        names = pattern.pattern.converters
        yield reverse(f"accounts:{pattern.name}", args=[some_id] * len(names))
    yield from ("/sign-in/", "/sign-in/code/")


def test_no_post_works_without_the_csrf_token(cast):
    account = Account.objects.get(pk=cast.account("oanh"))
    looked = 0
    for address in own_addresses():
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(account)
        assert browser.post(address, {"phone": "0590000001", "commune": "03390"}).status_code == 403, address
        looked += 1
    assert looked >= 20


def test_acts_are_not_done_by_reading():
    """What changes something answers 405 to a GET."""
    browser = Client()
    acts = [address for address in own_addresses() if address.endswith(("/end/", "/new/", "/lock/", "/revocation/"))]
    assert len(acts) >= 5
    for address in [*acts, "/sign-out/"]:
        if address != "/desk/accounts/new/":
            assert browser.get(address).status_code == 405, address


def test_a_session_needs_the_csrf_token_also_where_a_view_is_exempt():
    middleware = ActorMiddleware(lambda request: HttpResponse())
    view = csrf_exempt(lambda request: HttpResponse())
    account = make_account()

    signed_in = request_of(account, method="post")
    middleware(signed_in)
    refused = middleware.process_view(signed_in, view, (), {})
    assert refused.status_code == 403
    assert b"csrf_failed" in refused.content

    reading = request_of(account)
    middleware(reading)
    assert middleware.process_view(reading, view, (), {}) is None

    visitor = request_of(method="post")
    middleware(visitor)
    assert middleware.process_view(visitor, view, (), {}) is None

    program = request_of(method="post")
    token = services.issue_token(system("03390"), account_id=account, label="t")
    program.META["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    middleware(program)
    assert program.actor.signed_in
    assert middleware.process_view(program, view, (), {}) is None


def test_nothing_of_allauth_is_reachable_but_the_two_pages_we_use():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {name for name in names if name.startswith(("account_", "socialaccount_", "mfa_", "usersessions_"))} == {
        "account_login",
        "account_confirm_login_code",
    }
    for address in ("signup/", "email/", "password/reset/", "inactive/", "phone/change/", "reauthenticate/"):
        for prefix in ("/", "/accounts/", "/account/"):
            assert Client().get(prefix + address).status_code == 404
