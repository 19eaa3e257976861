"""A worker killed in the middle of an import doubles nothing and loses nothing: real processes, real SIGKILL."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from langso.kernel import clock
from langso.kernel.access.actors import Actor, Membership, Role
from langso.kernel.ids import new_id
from langso.kernel.imports import passes, services
from langso.kernel.imports.leases import LEASE, LeaseLost, claim, hold
from langso.kernel.imports.models import ImportRun, Mode, State
from langso.kernel.imports.testing import check_file, state_of, work_off
from langso.kernel.imports.tests.words import KIND, many, words
from langso.kernel.imports.worker import advance, watch
from langso.kernel.journal.services import writing

ROWS = 3000
OFFICER = Actor(account_id=new_id(), commune="03390", memberships=(Membership(Role.OFFICER, new_id(), "03390"),))


def test_killed_workers_neither_double_nor_lose_a_row(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"LANGSO_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "langso.kernel.imports.tests.killed", "7"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told.pop("kills") >= 3, told
    assert told == {
        "state": "DONE",
        "accepted": ROWS,
        "words": ROWS,
        "results": ROWS,
        "numbers": ROWS,
        "finished": 1,
    }


@pytest.fixture
def writing_run(db: None) -> UUID:
    run_id = check_file(OFFICER, kind=KIND, content=many(120))
    services.start(OFFICER, run_id=run_id, mode=Mode.GOOD_ROWS)
    return run_id


def test_nobody_takes_a_run_that_somebody_holds_until_the_lease_has_run_out(writing_run: UUID) -> None:
    assert claim(writing_run) is not None
    assert claim(writing_run) is None
    assert passes.work(writing_run) is False
    assert words() == set()
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1)):
        work_off(writing_run)
    assert state_of(writing_run) == State.DONE


def test_a_worker_that_slept_too_long_cannot_write_its_batch(writing_run: UUID) -> None:
    slow = claim(writing_run)
    assert slow is not None
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1)):
        work_off(writing_run)
    with pytest.raises(LeaseLost), writing():
        hold(slow, rows_done=50)
    assert ImportRun.objects.get(pk=writing_run).rows_done == 120


def test_cancelling_takes_the_run_from_the_worker_that_is_at_it(writing_run: UUID) -> None:
    busy = claim(writing_run)
    assert busy is not None
    services.cancel(OFFICER, run_id=writing_run)
    with pytest.raises(LeaseLost), writing():
        hold(busy, rows_done=50)


def test_the_tasks_bring_a_run_to_its_end(writing_run: UUID) -> None:
    advance.call(str(writing_run), "03390")
    assert state_of(writing_run) == State.DONE
    before = DBTaskResult.objects.count()
    watch.call(str(writing_run), "03390")
    assert DBTaskResult.objects.count() == before


def test_the_watch_replaces_a_worker_that_died_and_leaves_a_living_one_alone(writing_run: UUID) -> None:
    DBTaskResult.objects.all().delete()
    claim(writing_run)
    watch.call(str(writing_run), "03390")
    assert [task.task_name for task in DBTaskResult.objects.all()] == ["watch"]
    with time_machine.travel(clock.now() + LEASE + timedelta(seconds=1)):
        watch.call(str(writing_run), "03390")
    assert sorted(task.task_name for task in DBTaskResult.objects.all()) == ["advance", "watch", "watch"]
