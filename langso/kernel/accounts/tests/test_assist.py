"""Acting in a resident's name: who may, for how long, and what is written down."""

import re
import uuid

import pytest
import time_machine
from django.conf import settings

from langso.kernel.access.actors import Role
from langso.kernel.access.require import NotAllowed, SignInNeeded
from langso.kernel.accounts import services
from langso.kernel.accounts.models import Account, AssistSession
from langso.kernel.accounts.queries import ResidentNotFound
from langso.kernel.journal.models import Entry
from tests.sign_in import MORNING, messages_to, parts_of

pytestmark = pytest.mark.django_db

STOP = "/assist/end/"


def begin(cast, browser, resident="an"):
    return browser.post("/assist/", {"person_id": cast.person(resident)})


def phone_of(cast, name):
    return Account.objects.get(pk=cast.account(name)).phone


def banner(browser):
    """The name in the banner of a page, or None when there is no banner."""
    page = browser.get("/help/").content.decode()
    found = re.search(r'class="banner banner-assist".*?<strong>(.*?)</strong>', page, re.S)
    return found.group(1) if found else None


def test_a_helper_finds_a_resident_by_phone_confirms_and_acts_for_them(cast):
    browser = cast.client("giang")
    found = browser.post("/assist/", {"phone": phone_of(cast, "an")})
    assert found.status_code == 200
    page = found.content.decode()
    assert "Lò Văn An" in page
    assert f'name="person_id" value="{cast.person("an")}"' in page
    assert banner(browser) is None, "not before it is confirmed"
    assert begin(cast, browser).status_code == 302
    assert banner(browser) == "Lò Văn An"


def test_a_person_from_the_register_is_confirmed_first(cast):
    browser = cast.client("giang")
    page = browser.get("/assist/", {"person_id": cast.person("chi")}).content.decode()
    assert "Vàng Thị Chi" in page
    assert not AssistSession.objects.exists()


def test_the_helper_acts_as_the_resident_with_none_of_their_own_roles(cast):
    browser = cast.client("dung")
    begin(cast, browser)
    actor = browser.get("/help/").wsgi_request.actor
    assert (actor.account_id, actor.name) == (cast.account("dung"), "Trần Văn Dũng")
    assert (actor.person_id, actor.assisted_name) == (cast.person("an"), "Lò Văn An")
    assert actor.assisting
    assert actor.memberships == ()
    assert not actor.has_role(Role.OFFICER)
    assert browser.get("/assist/").status_code == 403


def test_it_ends_by_itself_after_a_quarter_of_an_hour(cast):
    with time_machine.travel(MORNING, tick=False) as now:
        browser = cast.client("giang")
        begin(cast, browser)
        now.shift(15 * 60 - 1)
        assert banner(browser) == "Lò Văn An"
        now.shift(1)
        page = browser.get("/account/")
        assert page.wsgi_request.actor.person_id == cast.person("giang")
        ended = Entry.objects.get(kind="kernel.accounts.assist_ended.v1")
        assert ended.body["early"] is False
        assert AssistSession.objects.get().ended_at == AssistSession.objects.get().ends_at
        browser.get("/account/")
        assert Entry.objects.filter(kind="kernel.accounts.assist_ended.v1").count() == 1


def test_what_is_sent_after_the_end_is_done_in_nobodys_name(cast):
    with time_machine.travel(MORNING, tick=False) as now:
        browser = cast.client("giang")
        begin(cast, browser)
        now.shift(15 * 60)
        answer = browser.post("/account/sessions/end/")
        assert answer.status_code == 409
        assert browser.get("/account/").status_code == 200, "the helper's own sessions were not ended by it"


def test_the_button_ends_it(cast):
    browser = cast.client("giang")
    begin(cast, browser)
    assert browser.post(STOP).status_code == 302
    assert banner(browser) is None
    assert Entry.objects.get(kind="kernel.accounts.assist_ended.v1").body["early"] is True
    assert browser.post(STOP).status_code == 302, "a second press does no harm"


def test_the_button_works_also_a_moment_too_late(cast):
    with time_machine.travel(MORNING, tick=False) as now:
        browser = cast.client("giang")
        begin(cast, browser)
        now.shift(16 * 60)
        assert browser.post(STOP).status_code == 302


def test_signing_out_ends_it(cast):
    browser = cast.client("giang")
    begin(cast, browser)
    browser.post("/sign-out/")
    assert AssistSession.objects.get().ended_at is not None


def test_both_people_stand_in_the_journal(cast):
    browser = cast.client("giang")
    begin(cast, browser)
    browser.post(STOP)
    started = Entry.objects.get(kind="kernel.accounts.assist_started.v1")
    ended = Entry.objects.get(kind="kernel.accounts.assist_ended.v1")
    assert started.actor == ended.actor == cast.account("giang")
    assert started.body["person_id"] == str(cast.person("an"))
    assert ended.on_behalf_of == cast.person("an")
    assert started.actor_name == "Nguyễn Thị Giang"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_resident_is_told_who_acts_for_them(cast, language, django_capture_on_commit_callbacks):
    browser = cast.client("giang")
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    with django_capture_on_commit_callbacks(execute=True):
        begin(cast, browser)
    (text,) = messages_to(phone_of(cast, "an"))
    assert "Nguyen Thi Giang" in text
    assert parts_of(text) == 1


@pytest.mark.parametrize("who", ["an", "ha", "khanh", "minh", "oanh"])
def test_only_helpers_and_officers_act_for_others(cast, who):
    with pytest.raises(NotAllowed):
        services.start_assist(cast.actor(who), person_id=cast.person("chi"))


def test_a_visitor_acts_for_nobody(cast):
    with pytest.raises(SignInNeeded):
        services.start_assist(cast.actor("nobody"), person_id=cast.person("chi"))


def test_nobody_helps_themselves_this_way(cast):
    with pytest.raises(services.CannotAssistSelf):
        services.start_assist(cast.actor("giang"), person_id=cast.person("giang"))


def test_it_does_not_chain(cast):
    browser = cast.client("giang")
    begin(cast, browser)
    with pytest.raises(NotAllowed):
        services.start_assist(browser.get("/help/").wsgi_request.actor, person_id=cast.person("chi"))
    assert begin(cast, browser, "chi").status_code == 403
    assert banner(browser) == "Lò Văn An"


def test_people_of_another_commune_are_not_found(cast):
    with pytest.raises(ResidentNotFound):
        services.start_assist(cast.actor("lan"), person_id=cast.person("an"))
    with pytest.raises(ResidentNotFound):
        services.start_assist(cast.actor("giang"), person_id=uuid.uuid4())
    answer = cast.client("lan").post("/assist/", {"phone": phone_of(cast, "an")})
    assert answer.status_code == 422
    assert "Lò Văn An" not in answer.content.decode()


def test_a_second_resident_ends_the_first_in_every_browser(cast):
    first, second = cast.client("giang"), cast.client("giang")
    begin(cast, first, "an")
    begin(cast, second, "chi")
    assert banner(second) == "Vàng Thị Chi"
    assert banner(first) is None
    assert banner(second) == "Vàng Thị Chi", "noticing the end of the first leaves the second alone"
    assert AssistSession.objects.filter(ended_at=None).count() == 1


def test_a_helper_who_loses_the_role_stops_at_once(cast):
    browser = cast.client("giang")
    begin(cast, browser)
    Account.objects.filter(pk=cast.account("giang")).update(person_id=None)
    answer = browser.get("/help/")
    assert not answer.wsgi_request.actor.assisting
    assert AssistSession.objects.get().ended_at is not None


def test_the_helper_does_not_see_the_residents_account(cast):
    browser = cast.client("giang")
    begin(cast, browser)
    for address in ("/account/", "/account/password/", "/account/commune/"):
        assert browser.get(address).status_code == 403
    assert browser.post("/account/sessions/end/").status_code == 403


def test_somebody_elses_assist_session_cannot_be_ended_or_used(cast):
    browser = cast.client("giang")
    begin(cast, browser)
    services.end_assist(cast.actor("dung"), assist_id=AssistSession.objects.get().pk)
    assert AssistSession.objects.get().ended_at is None
    thief = cast.client("dung")
    session = thief.session
    session["assist"] = str(AssistSession.objects.get().pk)
    session.save()
    assert not thief.get("/help/").wsgi_request.actor.assisting


@pytest.mark.parametrize("typed", [{}, {"phone": ""}, {"phone": "12"}, {"person_id": "x"}])
def test_what_is_missing_is_said(cast, typed):
    assert cast.client("giang").post("/assist/", typed).status_code == 422
