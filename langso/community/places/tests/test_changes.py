"""A change of communes by law: recorded at the hub, the same on every node, taken back to the row."""

from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from langso.community.places import queries, services
from langso.community.places.models import AdminUnit, Succession, UnitChange
from langso.community.places.rules.changes import ChangeFault, ChangeLine, Standing, faults_of_change, read_lines
from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.access.sources import SOURCES
from langso.kernel.errors import Invalid, NotHere
from langso.kernel.journal.events import from_body
from langso.kernel.journal.travel import last_down
from langso.kernel.link.models import Node
from langso.kernel.link.publishing import OnlyAtTheHub
from langso.kernel.link.testing import make_box
from langso.kernel.ui.testing import faults_on_screen
from tests.cast import HOME, Cast
from tests.elsewhere import arrive, at_the_hub, told_down

DAY = date(2026, 12, 1)
NEAR, FAR, THIRD = "03439", "03529", "03549"
OLD = Standing(date(2025, 7, 1), None)
LAW = "Nghị quyết 1/2027/UBTVQH"


def soon() -> date:
    return clock.today() + timedelta(days=30)


def table(*lines: str) -> tuple[ChangeLine, ...]:
    return tuple(read_lines("\n".join(lines)))


def described(*lines: str, law: str = LAW, days: int = 0) -> services.ChangeDescription:
    return services.ChangeDescription(law, soon() + timedelta(days=days), table(*lines))


def merger() -> services.ChangeDescription:
    """Two become a new one that keeps a code; a third joins one that goes on."""
    return described(f"{NEAR},{NEAR},xã,Sông Đà,Song Da", f"{FAR},{NEAR},xã,Sông Đà,Song Da", f"{THIRD},{HOME}")


def units() -> tuple[list[Any], list[Any]]:
    """All that look-ups read, as rows."""
    successions = Succession.objects.values_list("former_id", "successor_id", "relation", "is_likeliest")
    return list(AdminUnit.objects.order_by("id").values_list()), sorted(successions)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["3439,03529"], ChangeFault.BAD_CODE),
        (["00001,03529"], ChangeFault.NOT_STANDING),
        (["03439,03529,xã,Mới"], ChangeFault.STANDS_ALREADY),
        (["03439,03439,thôn,Mới"], ChangeFault.BAD_KIND),
        (["03439,03439,xã,"], ChangeFault.NO_NAME),
        (["03439,03439"], ChangeFault.NOT_AFTER),
        (["03439,09999"], ChangeFault.NOT_AFTER),
        (["03439,03529", "03529,03439"], ChangeFault.NOT_AFTER),
        (["03439,03529", "03439,03529"], ChangeFault.TWICE),
        (["03439,09999,xã,Một", "03549,09999,xã,Hai"], ChangeFault.OTHER_NAME),
        (["03600,03529"], ChangeFault.ENDS_ALREADY),
        (["03601,03529"], ChangeFault.BEGAN_LATER),
        (["03439,03600"], ChangeFault.NOT_AFTER),
    ],
)
def test_what_cannot_be_is_found_with_its_line(lines: list[str], fault: ChangeFault) -> None:
    standing = dict.fromkeys((NEAR, FAR, THIRD), OLD) | {
        "03600": Standing(date(2025, 7, 1), date(2027, 1, 1)),
        "03601": Standing(DAY, None),
    }
    found = faults_of_change(table(*lines), standing, {FAR}, DAY)
    assert fault in {each.fault for each in found}
    assert {each.number for each in found} <= set(range(1, len(lines) + 1))


def test_what_can_be_is_let_through() -> None:
    standing = dict.fromkeys((HOME, NEAR, FAR, THIRD), OLD)
    assert faults_of_change(merger().lines, standing, (), DAY) == []


def test_a_table_is_read_with_any_mark_and_heading() -> None:
    expected = [ChangeLine(1, "03439", "03529", "xã", "Sông Đà", "")]
    typed = (
        "03439,03529,xã,Sông Đà",
        "\ufeffmã cũ;mã mới;loại;tên\n03439;03529;xã;Sông Đà\n\n",
        "03439\t03529\txã\tSông Đà",
    )
    assert [read_lines(text) for text in typed] == [expected] * 3
    assert read_lines(" \n") == []


@pytest.mark.django_db
def test_it_is_the_same_on_a_box_and_taken_back_to_the_row(cast: Cast, settings: Settings) -> None:
    before = units()
    with at_the_hub(settings, (), HOME):
        change_id = services.record_unit_change(cast.actor("minh"), change=merger())
        at_hub = units()
        recorded = told_down(HOME)
        services.withdraw_unit_change(cast.actor("minh"), change_id=change_id, reason="Nhầm số")
        assert units() == before
        with pytest.raises(NotHere):
            services.withdraw_unit_change(cast.actor("minh"), change_id=change_id, reason="Nhầm số")
        withdrawn = told_down(HOME)[1:]
    assert [entry.commune for entry in (*recorded, *withdrawn)] == ["", ""]
    assert units() == before != at_hub

    arrive(recorded)
    assert units() == at_hub
    told: Any = from_body(recorded[0].kind, recorded[0].body)
    services.take_unit_change(system(), told=told, told_at=clock.now())
    assert units() == at_hub
    arrive(withdrawn)
    assert units() == before
    assert UnitChange.objects.get().withdrawn_reason == "Nhầm số"


@pytest.mark.django_db
def test_no_code_means_two_units_on_one_day(cast: Cast, settings: Settings) -> None:
    with at_the_hub(settings, (), HOME):
        minh = cast.actor("minh")
        services.record_unit_change(minh, change=described(f"{NEAR},09999,xã,Mới", days=40))
        for code in ("00004", "09999", FAR):
            with pytest.raises(services.ChangeRefused) as refused:
                services.plan_unit_change(minh, change=described(f"{THIRD},{code},xã,Khác"))
            assert [fault.fault for fault in refused.value.lines] == [ChangeFault.STANDS_ALREADY], code


@pytest.mark.django_db
def test_what_does_not_fit_is_refused_whole(cast: Cast, settings: Settings) -> None:
    with at_the_hub(settings, (), HOME):
        facts = services.plan_unit_change(cast.actor("minh"), change=merger())
    AdminUnit.objects.filter(code=FAR, valid_to=None).update(valid_to=soon())
    before = units()
    with pytest.raises(Invalid):
        services.take_unit_change(system(), told=facts, told_at=clock.now())
    assert units() == before
    assert not UnitChange.objects.exists()


@pytest.mark.django_db
def test_it_holds_from_its_day_and_not_before(cast: Cast, settings: Settings) -> None:
    with at_the_hub(settings, (), HOME):
        ward = f"{HOME},phường,Bình Lư,Binh Lu"
        services.record_unit_change(cast.actor("minh"), change=described(f"{HOME},{ward}", f"{NEAR},{ward}"))
        recorded = told_down(HOME)
    arrive(recorded)
    assert queries.commune_card(HOME).full_name == "Xã Bình Lư"
    assert queries.commune_card(HOME, on_date=soon()).full_name == "Phường Bình Lư"
    desk = cast.client("dung").get("/desk/").content.decode()
    assert LAW in desk
    assert "Phường Bình Lư" in desk
    assert LAW in cast.client("nobody").get(f"/places/communes/{NEAR}/").content.decode()
    with clock.set_to(clock.now() + timedelta(days=31)):
        assert cast.client("nobody").get("/").status_code == 200
        assert [each.unit.code for each in queries.successors_of(NEAR, on_date=date(2026, 1, 1))] == [HOME]
        assert [each.code for each in queries.predecessors_of(HOME, valid_from=clock.today() - timedelta(days=1))] == [
            HOME,
            NEAR,
        ]
        with pytest.raises(NotHere):
            queries.commune_card(NEAR)
        assert queries.latest_commune_card(NEAR).code == NEAR
        assert SOURCES.places
        assert SOURCES.places.commune(NEAR)
    assert SOURCES.places.commune("03391") is None, "a code of before July 2025 means no commune of today"


@pytest.mark.django_db
def test_what_was_built_upon_is_not_taken_back(cast: Cast, settings: Settings) -> None:
    with at_the_hub(settings, (), HOME):
        minh = cast.actor("minh")
        first = services.record_unit_change(minh, change=merger())
        again = described(f"{NEAR},{NEAR},xã,Tên Khác", law="Nghị quyết 2", days=1)
        second = services.record_unit_change(minh, change=again)
        with pytest.raises(services.BuiltUpon):
            services.withdraw_unit_change(minh, change_id=first, reason="Nhầm")
        answer = cast.client("minh").post(f"/places/changes/{first}/withdrawal/", {"reason": "Nhầm"})
        assert answer.status_code == 409
        services.withdraw_unit_change(minh, change_id=second, reason="Nhầm")
        services.withdraw_unit_change(minh, change_id=first, reason="Nhầm")


@pytest.mark.django_db
def test_the_form_shows_what_will_happen_before_it_happens(cast: Cast, settings: Settings) -> None:
    typed = {"legal_basis": LAW, "from_date": soon().isoformat(), "table": f"{NEAR},{FAR}\r\n{THIRD},{HOME}"}
    with at_the_hub(settings, (), HOME):
        near, _far = make_box(NEAR), make_box(FAR)
        minh = cast.client("minh")
        refused = {**typed, "table": f"{NEAR},{FAR}\n00001,{FAR}"}
        wrong = minh.post("/places/changes/new/", refused, HTTP_ACCEPT_LANGUAGE="en")
        assert wrong.status_code == 422
        assert "Line 2: No commune of this province has the code 00001" in wrong.content.decode()
        assert f"{NEAR},{FAR}" in wrong.content.decode()
        planned = minh.post("/places/changes/new/", typed)
        assert planned.status_code == 200
        assert not UnitChange.objects.exists()
        assert minh.post("/places/changes/new/", {**typed, "confirmed": "1"}).status_code == 302
        change = UnitChange.objects.get()
        assert [unit["code"] for unit in change.facts["ended"]] == [NEAR, THIRD]
        Node.objects.filter(pk=near).update(down=last_down(), down_at=clock.now())
        found = queries.change_receipts(cast.actor("minh"), change_id=change.pk)
        states = {each.code: each.state.value for each in found}
        assert (states[NEAR], states[FAR]) == ("RECEIVED", "WAITING")
        addresses = ("", "new/", f"{change.pk}/", f"{change.pk}/receipts/", f"{change.pk}/withdrawal/")
        screens = {f"/{each}": minh.get(f"/places/changes/{each}") for each in addresses}
        screens |= {"/plan/": planned, "/wrong/": wrong}
        assert LAW in minh.get("/places/changes/?q=nghi+quyet+1&state=RECORDED").content.decode()
        assert LAW not in minh.get("/places/changes/?state=WITHDRAWN").content.decode()
    assert faults_on_screen(screens) == []


@pytest.mark.django_db
def test_law_and_day_are_asked_for(cast: Cast, settings: Settings) -> None:
    with pytest.raises(OnlyAtTheHub):
        services.record_unit_change(cast.actor("minh"), change=merger())
    empty = services.ChangeDescription(" ", date(2025, 7, 1), ())
    with at_the_hub(settings, (), HOME):
        with pytest.raises(Invalid) as refused:
            services.plan_unit_change(cast.actor("minh"), change=empty)
        assert set(refused.value.fields) == {"legal_basis", "from_date", "table"}


@pytest.mark.django_db
def test_the_command_says_what_would_happen_and_does_it(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "changes.csv"
    file.write_text(f"former_code,code\n{NEAR},{FAR}\n", encoding="utf-8")

    def run(*more: str) -> str:
        said = StringIO()
        call_command("places", "record-changes", str(file), f"--law={LAW}", f"--from={soon()}", *more, stdout=said)
        return said.getvalue()

    with pytest.raises(CommandError, match=r"trung tâm|hub"):
        run()
    with at_the_hub(settings, (), HOME):
        assert "1 communes would end" in run("--dry-run")
        assert not UnitChange.objects.exists()
        assert "1 communes end" in run()
        assert UnitChange.objects.exists()
        with pytest.raises(CommandError, match=NEAR):
            run()
