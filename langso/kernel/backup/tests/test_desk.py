"""What the operator is told: how old the last backup is, what failed, what is damaged."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import translation

from langso.kernel import clock
from langso.kernel.access.actors import system
from langso.kernel.backup import services
from langso.kernel.backup.desk import work_queues
from langso.kernel.backup.failures import BackupFailed
from langso.kernel.backup.models import Check
from langso.kernel.backup.queries import backup_age, backup_is_late, check_card
from langso.kernel.backup.taking import Taken
from langso.kernel.journal.models import Entry
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NODE = system()


def note(*faults: str) -> None:
    taken = Taken("000001-x", position=9, files=2, size=4096, added=100, faults=list(faults))
    services.note_backup(NODE, place="/media/stick", started_at=clock.now(), taken=taken)


def late(cast: Cast) -> dict[str, int]:
    with translation.override("en"):
        return {str(queue.label): queue.late for queue in work_queues(cast.actor("oanh"))}


def test_a_backup_is_late_after_two_days_and_a_failed_or_unsound_one_does_not_count(cast: Cast) -> None:
    with time_machine.travel("2027-11-20 02:00+07:00", tick=False) as time:
        assert backup_age() is None
        assert backup_is_late()
        note()
        assert not backup_is_late()
        time.shift(timedelta(hours=47))
        services.note_failure(NODE, place="/m", started_at=clock.now(), failure=BackupFailed("full", "no space"))
        note("journal entry 4: its body is not the one that was written")
        assert backup_age() == timedelta(hours=47)
        time.shift(timedelta(hours=2))
        assert backup_is_late()
        assert late(cast)["Backup older than two days"] == 1
        time.shift(timedelta(days=-365))
        assert backup_age() == timedelta(0)
        note()
        time.shift(timedelta(hours=3))
        assert backup_age() == timedelta(hours=3), "the last one is the last one, also after the clock was a year ahead"


def test_the_page_says_what_failed_and_what_to_do(cast: Cast) -> None:
    services.note_failure(NODE, place="/m", started_at=clock.now(), failure=BackupFailed("full", "no space left in /m"))
    page = cast.client("oanh").get("/backup/", headers={"accept-language": "en"}).content.decode()
    assert "Take a larger disk" in page
    assert "no space left in /m" in page
    assert "no backup yet" in page


def test_damage_stays_on_the_desk_until_a_check_finds_everything_whole(cast: Cast) -> None:
    services.note_check(NODE, source="VERIFY", faults=["journal entry 4: its body is not the one that was written"])
    assert late(cast)["Damaged records"] == 1
    page = cast.client("oanh").get("/backup/", headers={"accept-language": "en"}).content.decode()
    assert "journal entry 4" in page
    assert "Do not switch the machine off" in page
    assert Entry.objects.filter(kind="kernel.backup.faults_found.v1").count() == 1
    services.note_check(NODE, source="BACKUP", faults=[])
    services.note_check(NODE, source="BACKUP", faults=[])
    assert late(cast)["Damaged records"] == 0
    assert Check.objects.count() == 2, "one line for night after night of nothing"
    card = check_card()
    assert card is not None
    assert card.faults == ()
