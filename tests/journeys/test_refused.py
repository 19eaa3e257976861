"""A stranger is refused everywhere but on public pages: sent to sign in, never shown anything."""

import re

import pytest

from tests.node import Node
from tools.reference import addresses, welcomed

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("node")]


def test_a_stranger_gets_no_page_that_is_not_public(node: Node) -> None:
    public = {name for name, kinds in welcomed().items() if "everybody" in kinds}
    looked = 0
    for address in addresses():
        path = re.sub(r"<uuid:\w+>", "01900000-0000-7000-8000-000000000000", address.route)
        if "<" in path or "(?P" in path or address.name in public or path.startswith(("/demo/", "/i18n/", "/healthz")):
            continue
        looked += 1
        status, body = node.get(path)
        shown = status == 200 and b"/sign-in/" not in body
        assert not shown, f"{path} shows something to everybody"
    assert looked > 50
