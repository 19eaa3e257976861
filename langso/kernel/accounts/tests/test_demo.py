"""The log-in page of a demonstration: invented people, one touch each. Elsewhere none of it exists."""

import pytest
from django.test import Client

from langso.kernel.access.actors import Role
from langso.kernel.accounts.models import Account
from langso.kernel.accounts.queries import demo_accounts
from langso.kernel.accounts.rules import DEMO_PASSWORD
from langso.kernel.accounts.testing import make_account
from tests.sign_in import account_of, sign_in_by_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_cast(cast):
    Account.objects.filter(pk__in=[cast.account(name) for name in ("an", "dung", "ha", "minh")]).update(is_demo=True)
    return cast


def test_the_page_lists_demo_accounts_by_role(demo_cast, settings):
    settings.DEMO = True
    listed = demo_accounts()
    assert [each.role for each in listed] == [
        Role.RESIDENT,
        Role.OFFICER,
        Role.COOPERATIVE_MANAGER,
        Role.PROVINCE_OFFICER,
    ]
    page = Client().get("/sign-in/").content.decode()
    for each in listed:
        assert each.name in page
        assert f"/sign-in/demo/{each.account_id}/" in page
    assert DEMO_PASSWORD in page
    assert "Vàng Thị Chi" not in page


def test_one_touch_signs_in_and_leaves_whoever_one_was(demo_cast, settings):
    settings.DEMO = True
    browser = demo_cast.client("an")
    answer = browser.post(f"/sign-in/demo/{demo_cast.account('dung')}/")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert account_of(browser) == demo_cast.account("dung")


def test_real_people_are_never_offered(demo_cast, settings):
    settings.DEMO = True
    browser = Client()
    assert browser.post(f"/sign-in/demo/{demo_cast.account('chi')}/").status_code == 404
    assert account_of(browser) is None


def test_without_demo_mode_there_is_no_list_no_password_and_no_touch(demo_cast):
    assert demo_accounts() == []
    browser = Client()
    for address in ("/sign-in/", "/sign-in/staff/"):
        page = browser.get(address).content.decode()
        assert DEMO_PASSWORD not in page
        assert "Trần Văn Dũng" not in page
        assert "/demo/" not in page
    assert browser.post(f"/sign-in/demo/{demo_cast.account('dung')}/").status_code == 404
    assert account_of(browser) is None


def test_a_demo_account_is_not_more_than_an_account(settings):
    settings.DEMO = True
    account = make_account(phone="+84590000001", is_demo=True)
    Account.objects.filter(pk=account).update(is_active=False)
    assert demo_accounts() == []
    assert Client().post(f"/sign-in/demo/{account}/").status_code == 404


def test_the_well_known_password_opens_nothing_outside_a_demonstration(settings):
    make_account(username="dung.tran", is_demo=True)
    assert sign_in_by_password(Client(), "dung.tran", DEMO_PASSWORD).status_code == 422
    settings.DEMO = True
    assert sign_in_by_password(Client(), "dung.tran", DEMO_PASSWORD).status_code == 302
