"""A notice of the province: published at the hub, read in the communes, taken back everywhere."""

import csv
import io
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from langso.communication.announcements import queries, services
from langso.communication.announcements.models import Notice
from langso.communication.announcements.rules import Audience, Urgency
from langso.communication.announcements.testing import make_notice
from langso.kernel import clock
from langso.kernel.access.scope import commune_scope, every_commune
from langso.kernel.errors import Invalid, NotHere
from langso.kernel.journal.travel import last_down
from langso.kernel.link.models import Node
from langso.kernel.link.publishing import OnlyAtTheHub
from langso.kernel.link.testing import make_box
from langso.kernel.text import Translated
from langso.kernel.ui.testing import faults_on_screen
from tests.cast import ELSEWHERE, HOME, Cast
from tests.elsewhere import arrive, at_the_hub, told_down

pytestmark = pytest.mark.django_db

NEAR, FAR = "03439", "03529"
FORM = {
    "title_vi": "Rét đậm từ thứ sáu", "text_vi": "Che chắn chuồng trại, đốt sưởi cho trâu bò.\nKhông thả rông.",
    "urgency": "URGENT", "audience": "EVERYBODY",
}  # fmt: skip


def page(cast: Cast, address: str, who: str) -> str:
    return str(cast.client(who).get(address, HTTP_ACCEPT_LANGUAGE="en").content.decode())


def publish(cast: Cast, **said: object) -> str:
    answer = cast.client("minh").post("/announcements/new/", {**FORM, **said})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return str(answer["Location"])


def stored() -> Notice:
    with every_commune("a notice belongs to no commune"):
        return Notice.objects.get()


def test_it_goes_down_is_read_by_everybody_and_taken_back(cast: Cast, settings: Settings) -> None:
    with at_the_hub(settings, (), HOME):
        refused = cast.client("minh").post("/announcements/new/", {**FORM, "title_vi": ""})
        assert refused.status_code == 422
        assert "Không thả rông." in refused.content.decode()
        address = publish(cast)
        at_hub = stored()
        published = told_down(HOME)
        services.withdraw_notice(cast.actor("minh"), notice_id=at_hub.pk, reason="Trời đã ấm")
        with pytest.raises(NotHere):
            services.withdraw_notice(cast.actor("minh"), notice_id=at_hub.pk, reason="Trời đã ấm")
        withdrawn = told_down(HOME)[1:]
    assert [entry.commune for entry in (*published, *withdrawn)] == ["", ""]

    arrive(published)
    here = stored()
    same = ("pk", "title", "text", "urgency", "audience", "until_date", "issuer", "communes", "folded")
    assert [getattr(here, name) for name in same] == [getattr(at_hub, name) for name in same]
    for who, where in (("nobody", "/"), ("an", "/home/"), ("dung", "/desk/"), ("an", "/announcements/")):
        assert "Rét đậm từ thứ sáu" in page(cast, where, who), (who, where)
    assert "Không thả rông." in page(cast, address, "nobody")
    assert "Publish a notice" not in page(cast, "/announcements/", "minh")

    arrive(withdrawn)
    assert "Trời đã ấm" in page(cast, address, "an")
    for who, where in (("nobody", "/"), ("an", "/home/"), ("dung", "/desk/"), ("dung", "/announcements/")):
        assert "Rét đậm từ thứ sáu" not in page(cast, where, who), (who, where)
    assert "Rét đậm từ thứ sáu" in page(cast, "/announcements/?state=WITHDRAWN", "dung")
    arrive(published)
    assert stored().withdrawn_at == withdrawn[0].recorded_at


def test_for_some_communes_it_goes_to_those_alone(cast: Cast, settings: Settings) -> None:
    with at_the_hub(settings, (), HOME):
        for_others, for_it = publish(cast, communes=[NEAR]), publish(cast, communes=[ELSEWHERE, NEAR])
        assert [entry.to for entry in told_down(NEAR)] == [NEAR, NEAR]
        assert [entry.to for entry in told_down(ELSEWHERE)] == [ELSEWHERE]
        assert told_down(FAR) == []
        assert [cast.client("lan").get(each).status_code for each in (for_others, for_it)] == [404, 200]
        near = told_down(NEAR)
    arrive(near)
    with commune_scope(NEAR), every_commune("a notice belongs to no commune"):
        assert {row.communes for row in Notice.objects.all()} == {NEAR, f"{ELSEWHERE} {NEAR}"}


def test_what_is_for_staff_no_resident_sees(cast: Cast) -> None:
    make_notice(title="Trực lũ", audience=Audience.STAFF)
    assert "Trực lũ" in page(cast, "/desk/", "dung")
    for who, where in (("an", "/home/"), ("an", "/announcements/"), ("nobody", "/"), ("nobody", "/announcements/")):
        assert "Trực lũ" not in page(cast, where, who), (who, where)


def test_the_most_urgent_stand_first_and_what_is_over_nowhere_but_in_the_list(cast: Cast) -> None:
    today = clock.today()
    make_notice(title="Thường", urgency=Urgency.ORDINARY)
    make_notice(title="Khẩn", urgency=Urgency.URGENT)
    make_notice(title="Cần", urgency=Urgency.IMPORTANT, until_date=today)
    make_notice(title="Đã qua", until_date=today - timedelta(days=1))
    latest = queries.latest_notices(cast.actor("an"), most=3)
    assert [notice.title.vi for notice in latest] == ["Khẩn", "Cần", "Thường"]
    assert "Đã qua" not in page(cast, "/announcements/", "dung")
    assert "Đã qua" in page(cast, "/announcements/?state=OVER", "dung")
    assert "1 found" in page(cast, "/announcements/?state=ALL&q=da+qua", "dung")
    table = cast.client("dung").get("/announcements/?format=csv&urgency=URGENT").content.decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(table))][1:] == ["Khẩn"]


def test_it_is_published_at_the_hub_only_and_what_is_wrong_is_said(cast: Cast, settings: Settings) -> None:
    fine = services.NoticeDescription(title=Translated("a"), text=Translated("b"))
    with pytest.raises(OnlyAtTheHub):
        services.publish_notice(cast.actor("minh"), notice=fine)
    wrong = services.NoticeDescription(
        title=Translated("", "x" * 161), text=Translated("y" * 4001), until_date=clock.today() - timedelta(days=1),
        communes=("00004",),
    )  # fmt: skip
    with at_the_hub(settings, (), HOME):
        with pytest.raises(Invalid) as refused:
            services.publish_notice(cast.actor("minh"), notice=wrong)
        assert set(refused.value.fields) == {"title_vi", "title_en", "text_vi", "until_date", "communes"}
        with pytest.raises(Invalid):
            services.withdraw_notice(cast.actor("minh"), notice_id=make_notice(), reason=" ")


def test_who_has_received_it_is_what_each_box_says_of_itself(cast: Cast, settings: Settings) -> None:
    with at_the_hub(settings, (), HOME):
        near, far = make_box(NEAR), make_box(FAR, silent_hours=50)
        address = publish(cast)
        position = last_down()
        Node.objects.filter(pk=near).update(down=position, down_at=clock.now())
        Node.objects.filter(pk=far).update(down=position - 1, down_at=clock.now())
        states = {code: [each.state.value for each in queries.notices_received(commune=code)] for code in (NEAR, FAR)}
        assert states == {NEAR: ["RECEIVED"], FAR: ["WAITING"]}
        screens = {each: cast.client("minh").get(each) for each in (f"{address}receipts/", "/announcements/new/")}
        shown = page(cast, f"{address}receipts/?state=WAITING", "minh")
        assert "1 found" in shown
        assert "Rét đậm" in page(cast, f"/console/{NEAR}/", "minh")
        screens |= {each: cast.client("minh").get(each) for each in (address, f"{address}withdrawal/")}
    assert faults_on_screen(screens) == []
