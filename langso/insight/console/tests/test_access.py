"""Who may watch the communes' boxes: the province and the operator, at the hub alone."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from pytest_django.fixtures import Settings

from langso.insight.console.desk import work_queues
from langso.insight.console.queries import commune_state, commune_states
from langso.insight.console.tests.province import make_province
from langso.kernel.access.actors import Actor, Membership, Role
from langso.kernel.errors import AccessDenied, NotHere
from tests.access_table import Row, access_test
from tests.cast import Cast

PAGES = ("/console/", "/console/map/", "/console/{unwell}/", "/console/{unwell}/days/")
TABLE = (
    *(
        Row(who, "GET", url, status)
        for url in (
            "/console/",
            "/console/map/",
            "/console/{unwell}/",
            "/console/{unwell}/days/",
            "/console/?format=csv",
        )
        for who, status in (("nobody", 302), ("an", 403), ("giang", 403), ("dung", 403), ("lan", 403), ("ha", 403))
    ),
    *(Row(who, "GET", url, 200) for url in PAGES for who in ("minh", "oanh")),
    Row("minh", "GET", "/console/00004/", 404),
    Row("minh", "GET", "/console/nothing/days/", 404),
    Row("dung", "POST", "/console/{unwell}/alarms/DISK/", 403, {"reason": "x", "grade": "9"}),
    Row("lan", "POST", "/console/{unwell}/alarms/DISK/", 403, {"reason": "x", "grade": "9"}),
    Row("minh", "POST", "/console/{unwell}/alarms/DISK/", 422, {"reason": " ", "grade": "9"}),
    Row("minh", "POST", "/console/{unwell}/alarms/DISK/", 302, {"reason": "A new one is ordered", "grade": "9"}),
    Row("oanh", "POST", "/console/{unwell}/alarms/DISK/", 302, {"reason": "A new one is ordered", "grade": "9"}),
    Row("minh", "POST", "/console/{quiet}/alarms/DISK/", 409, {"reason": "A new one is ordered", "grade": "9"}),
    Row("minh", "POST", "/console/{unwell}/alarms/NOISE/", 404, {"reason": "x"}),
)


@pytest.fixture(autouse=True)
def hub(settings: Settings) -> None:
    settings.ROLE = "hub"


def things(cast: Cast) -> Mapping[str, object]:
    province = make_province()
    return {"unwell": province.unwell, "quiet": province.quiet}


test_access = access_test(TABLE, things)


def officer_of(province: str) -> Actor:
    return Actor(memberships=(Membership(Role.PROVINCE_OFFICER, province=province),), commune="03390")


@pytest.mark.django_db
def test_the_officer_of_another_province_is_refused(cast: Cast) -> None:
    assert commune_states(officer_of("12"))
    with pytest.raises(AccessDenied):
        commune_states(replace(officer_of("01"), account_id=cast.account("minh")))
    with pytest.raises(AccessDenied):
        commune_state(replace(officer_of("01"), account_id=cast.account("minh")), code="03390")


@pytest.mark.django_db
def test_a_box_has_no_console_and_no_entry_in_the_menu_for_it(cast: Cast, settings: Settings) -> None:
    at_hub = cast.client("minh").get("/desk/").content.decode()
    settings.ROLE = "commune"
    with pytest.raises(NotHere):
        commune_states(cast.actor("minh"))
    answer = cast.client("minh").get("/console/", HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 404
    assert 'href="/console/"' in at_hub
    assert 'href="/console/"' not in cast.client("minh").get("/desk/").content.decode()


@pytest.mark.django_db
def test_a_hub_whose_commune_is_unknown_says_what_to_set_and_its_desk_goes_on(cast: Cast, settings: Settings) -> None:
    settings.COMMUNE = "99999"
    with pytest.raises(NotHere, match="LANGSO_COMMUNE"):
        commune_states(cast.actor("minh"))
    assert work_queues(cast.actor("minh")) == []
