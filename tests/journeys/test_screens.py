"""Every main screen of every role, on a phone and on a desk: nothing broken, nothing that axe minds, no side scroll."""

import pytest

from tests.journeys.visitor import DESK, PHONE, visitor
from tests.node import Node

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("node")]

SCREENS = {
    "": ("/", "/help/", "/products/", "/lot/", "/sign-in/", "/sign-in/staff/", "/places/old-address/"),
    "farmer": ("/home/", "/diary/", "/plots/", "/people/me/", "/people/me/access-log/", "/products/desk/", "/account/"),
    "officer": (
        "/desk/", "/people/", "/people/households/", "/people/duplicates/", "/people/new/", "/imports/", "/surveys/",
        "/organisations/", "/places/villages/", "/places/units/", "/plots/desk/", "/trace/suspicions/",
    ),
    "manager": ("/desk/", "/trace/lots/", "/trace/lots/new/", "/products/desk/", "/plots/desk/seasons/"),
    "inspector": ("/desk/", "/diary/checks/", "/plots/desk/"),
    "province": ("/desk/", "/places/boundaries/"),
    "operator": ("/desk/", "/journal/parked/", "/desk/accounts/", "/desk/keys/"),
}  # fmt: skip


@pytest.mark.parametrize("who", list(SCREENS))
def test_screens_are_well(node: Node, who: str) -> None:
    with visitor(node, who, size=PHONE) as person:
        for path in SCREENS[who]:
            answer = person.page.goto(node.address + path)
            assert answer is not None
            assert answer.status == 200, path
            person.is_well()
            person.page.set_viewport_size(DESK)
            person.is_well()
            person.page.set_viewport_size(PHONE)
