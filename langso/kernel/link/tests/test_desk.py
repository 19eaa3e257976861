"""The link in words on the desk: never "received" before the hub confirmed, never silent about what waits."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import translation
from pytest_django.fixtures import Settings

from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.journal.events import Reach, event
from langso.kernel.journal.services import emit, identity, writing
from langso.kernel.link import incidents, sending
from langso.kernel.link.desk import work_queues
from langso.kernel.link.models import CommuneHome, NodeState, Uplink
from langso.kernel.link.queries import link_line, status, status_lines
from langso.kernel.link.tests.boxes import joined_box
from tests.cast import HOME, Cast

pytestmark = pytest.mark.django_db

LONG_AGO = clock.now() - timedelta(hours=3)


@event(reach=Reach.PROVINCE)
class SaidToProvince:
    text: str


def page(cast: Cast, language: str = "en") -> str:
    answer = cast.client("oanh").get("/link/", HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200
    return str(answer.content.decode())


def joined(**said: object) -> None:
    now = clock.now()
    Uplink.objects.update_or_create(
        pk=1,
        defaults={"connected_at": now, "contact_at": now, **said},
        create_defaults={
            "url": "https://hub.example", "hub": "hub", "hub_key": bytes(32), "joined_at": now, "connected_at": now,
            **said,
        },
    )  # fmt: skip
    CommuneHome.objects.get_or_create(commune=HOME, defaults={"node": identity().node, "from_at": now})


def test_it_says_since_when_it_is_up_and_what_waits(cast: Cast) -> None:
    assert "This node has no hub" in page(cast)
    joined()
    for text in ("a", "b"):
        with writing():
            emit(system(HOME), SaidToProvince(text=text))
    waiting = sending.waiting()
    assert waiting >= 2
    shown = page(cast)
    assert "has worked since" in shown
    assert f"{waiting} entries wait for the province to confirm them" in shown
    sending.note_confirmed(identity().epoch, identity().seq)
    assert "The province has confirmed all entries of this box" in page(cast)
    assert "Tỉnh đã xác nhận mọi mục" in page(cast, "vi")
    assert status()["waiting"] == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"failing_since_at": LONG_AGO, "error": "[Errno 111]", "connected_at": None}, "down since"),
        ({"state": NodeState.REVOKED, "error": "revoked"}, "ask the hub&#x27;s operator for a new code"),
        ({"state": NodeState.STOPPED, "error": "clash"}, "Two machines wrote as this one node"),
        ({"state": NodeState.RETIRED, "error": "retired"}, "This node was retired"),
        ({"connected_at": None}, "has not been up yet"),
    ],
)  # fmt: skip
def test_every_state_is_said_in_words_with_what_to_do(cast: Cast, said: dict[str, object], words: str) -> None:
    joined(**said)
    assert words in page(cast)
    assert any("state" in line for line in status_lines())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "are on their way|All was sent at|is being sent|are being sent"),
        ({"failing_since_at": LONG_AGO, "error": "[Errno 111]", "connected_at": None}, "No link since"),
        ({"connected_at": None}, "has not been up yet. Work goes on."),
        ({"state": NodeState.STOPPED, "error": "clash"}, "Two machines wrote as this one node"),
    ],
)
def test_everybody_who_works_at_the_box_reads_one_line_about_its_link(
    cast: Cast, said: dict[str, object], words: str
) -> None:
    joined(**said)
    for who in ("dung", "giang", "ha", "khanh", "oanh"):
        shown = unescape(cast.client(who).get("/desk/", HTTP_ACCEPT_LANGUAGE="en").content.decode())
        line = shown.partition('class="link-line')[2].partition("</aside>")[0]
        assert any(each in line for each in words.split("|")), who
        assert ('href="/link/"' in line) is (who == "oanh")


def test_the_line_counts_what_waits_and_says_that_work_goes_on(cast: Cast) -> None:
    joined(failing_since_at=LONG_AGO, connected_at=None)
    with writing():
        emit(system(HOME), SaidToProvince(text="a"))
    waiting = sending.waiting()
    line = link_line()
    assert line is not None
    assert f"{waiting} entries wait to be sent. Work goes on." in line.sentence
    with translation.override("vi"):
        vietnamese = link_line()
    assert vietnamese is not None
    assert f"{waiting} mục chờ gửi. Công việc vẫn tiếp tục." in vietnamese.sentence
    assert vietnamese.sentence.startswith("Mất liên kết từ ")
    joined(failing_since_at=None)
    sending.note_confirmed(identity().epoch, identity().seq)
    with translation.override("vi"):
        sent = link_line()
    assert sent is not None
    assert sent.level == "ok"
    assert sent.sentence.startswith("Đã gửi hết lúc ")


def test_a_node_without_a_hub_and_a_hub_say_nothing_on_the_desk(cast: Cast, settings: Settings) -> None:
    assert link_line() is None
    assert "link-line" not in cast.client("dung").get("/desk/").content.decode()
    joined()
    settings.ROLE = "hub"
    assert link_line() is None


def test_a_hub_shows_its_boxes_incidents_and_quarantine_with_reasons(cast: Cast, settings: Settings) -> None:
    settings.ROLE = "hub"
    box = joined_box("03405")
    box.send([*box.entries(1), *box.entries(1, commune="00004")])
    incidents.note(incidents.CLOCK, node=box.node, detail="this clock is 900 s off the hub's")
    shown = page(cast)
    for words in (box.node, "Entries about another commune", "not at home on that node", "A clock that is far off"):
        assert words in shown
    assert sorted(queue.late for queue in work_queues(cast.actor("oanh"))) == [1, 2]
    assert work_queues(cast.actor("minh")) == []
