"""A standard for some communes goes to those alone; the hub knows from each box's own word who has it."""

import csv
import io

import pytest
from pytest_django.fixtures import Settings

from langso.community.places.testing import make_village
from langso.kernel import clock
from langso.kernel.access.scope import commune_scope
from langso.kernel.errors import Invalid
from langso.kernel.journal.travel import last_down
from langso.kernel.link.models import Node
from langso.kernel.link.testing import make_box
from langso.kernel.text import Translated
from langso.kernel.ui.testing import faults_on_screen
from langso.trade.products import services
from langso.trade.products.queries import standards_received
from langso.trade.products.queries.standards import standard_rows
from tests.cast import ELSEWHERE, HOME, Cast
from tests.elsewhere import arrive, at_the_hub, told_down

pytestmark = pytest.mark.django_db

NEAR, FAR = "03439", "03529"
FORM = {
    "number": "TCCS 01:2026/LC", "title_vi": "Miến dong Lai Châu", "valid_from": "2026-12-01",
    "text_vi": "Độ ẩm không quá 14 %.",
}  # fmt: skip


def publish(cast: Cast, *communes: str, number: str = "TCCS 01:2026/LC") -> str:
    form = {**FORM, "number": number, "communes": communes}
    answer = cast.client("minh").post("/products/standards/new/", form)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return str(answer["Location"])


def table(cast: Cast, address: str) -> dict[str, dict[str, str]]:
    answer = cast.client("minh").get(f"{address}receipts/?format=csv", HTTP_ACCEPT_LANGUAGE="en")
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    return {row["Commune"]: row for row in rows}


def test_it_goes_down_to_those_it_is_addressed_to_and_to_nobody_else(cast: Cast, settings: Settings) -> None:
    with at_the_hub(settings, (), HOME):
        publish(cast, NEAR, FAR)
        standard = standard_rows(cast.actor("minh")).get().pk
        assert [entry.to for entry in told_down(NEAR)] == [NEAR]
        assert told_down(ELSEWHERE) == []
        services.withdraw_standard(cast.actor("minh"), standard_id=standard, reason="Có bản mới")
        assert [entry.to for entry in told_down(FAR)] == [FAR, FAR]
        assert told_down(ELSEWHERE) == []
        near = told_down(NEAR)
    arrive(near[:1])
    with commune_scope(NEAR):
        assert standard_rows(cast.actor("minh")).get().communes == f"{NEAR} {FAR}"
    arrive(near)
    assert standard_rows(cast.actor("minh")).get().withdrawn_reason == "Có bản mới"


def test_a_commune_that_the_hub_hosts_sees_only_what_is_addressed_to_it(cast: Cast, settings: Settings) -> None:
    with at_the_hub(settings, (), HOME):
        for_others = publish(cast, NEAR)
        for_it = publish(cast, ELSEWHERE, NEAR, number="TCCS 02")
        for_all = publish(cast, number="TCCS 03")
        lan = cast.client("lan")
        assert [lan.get(each).status_code for each in (for_others, for_it, for_all)] == [404, 200, 200]
        shown = lan.get("/products/standards/").content.decode()
        assert ("TCCS 01" in shown, "TCCS 02" in shown, "TCCS 03" in shown) == (False, True, True)
        assert cast.client("minh").get(for_others).status_code == 200


def test_a_commune_of_another_province_is_refused(cast: Cast, settings: Settings) -> None:
    with at_the_hub(settings, (), HOME):
        answer = cast.client("minh").post("/products/standards/new/", {**FORM, "communes": ["00004"]})
        assert answer.status_code == 422
        about = services.StandardDescription(
            number="1",
            title=Translated("a"),
            goods="",
            text=Translated("b"),
            valid_from=clock.today(),
            communes=("00004",),
        )
        with pytest.raises(Invalid):
            services.publish_standard(cast.actor("minh"), standard=about)
        assert not standard_rows(cast.actor("minh")).exists()


def test_who_has_received_it_is_what_each_box_says_of_itself(cast: Cast, settings: Settings) -> None:
    with at_the_hub(settings, (), HOME):
        near, far = make_box(NEAR), make_box(FAR, silent_hours=50)
        with commune_scope(ELSEWHERE):
            make_village()
        address = publish(cast)
        position = last_down()
        Node.objects.filter(pk=near).update(down=position, down_at=clock.now())
        Node.objects.filter(pk=far).update(down=position - 1, down_at=clock.now())
        rows = table(cast, address)
        states = [row["State"] for row in rows.values()]
        assert (states[0], states.count("not yet"), states.count("received")) == ("not yet", 1, 1)
        silent = next(row for row in rows.values() if row["State"] == "not yet")
        assert silent["Box last heard of"]
        assert silent["Received by"] == ""
        assert {row.state.value for row in standards_received(commune=NEAR)} == {"RECEIVED"}
        assert {row.state.value for row in standards_received(commune=FAR)} == {"WAITING"}
        assert {row.state.value for row in standards_received(commune=ELSEWHERE)} == {"AT_HUB"}
        assert states.count("when it joins") == len(states) - 4
        page = cast.client("minh").get(f"{address}receipts/?state=WAITING", HTTP_ACCEPT_LANGUAGE="en")
        assert "1 found" in page.content.decode()
        answers = {address: cast.client("minh").get(address), "/receipts/": page}
        answers["/new/"] = cast.client("minh").get("/products/standards/new/")

        services.withdraw_standard(
            cast.actor("minh"), standard_id=standard_rows(cast.actor("minh")).get().pk, reason="Có bản mới"
        )
        told = {row["State"]: row["Knows of the withdrawal"] for row in table(cast, address).values()}
        assert (told["received"], told["not yet"]) == ("no", "no")
        Node.objects.filter(pk=near).update(down=last_down())
        assert {row["Knows of the withdrawal"] for row in table(cast, address).values()} == {"", "yes", "no"}
    assert faults_on_screen(answers) == []


def test_a_standard_for_some_is_received_entry_by_entry(cast: Cast, settings: Settings) -> None:
    with at_the_hub(settings, (), HOME):
        near, far = make_box(NEAR), make_box(FAR)
        address = publish(cast, FAR, NEAR)
        first = last_down() - 1
        Node.objects.filter(pk__in=[near, far]).update(down=first, down_at=clock.now())
        rows = table(cast, address)
        assert sorted(row["State"] for row in rows.values()) == ["not yet", "received"]


def test_at_a_box_nobody_knows_who_has_it(cast: Cast) -> None:
    assert cast.client("minh").get(f"/products/standards/{cast.village}/receipts/").status_code == 404
