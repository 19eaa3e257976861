"""A register through the real engine: ordered through its services, worked off by the node's own worker."""

import time
from pathlib import Path
from uuid import UUID

from langso.kernel.accounts.queries import actor_of
from langso.kernel.imports import services
from langso.kernel.imports.models import BACKGROUND, ImportRun, Mode, State

LOOK_EVERY = 0.1


def import_register(account: str, file: str, at_most: float) -> dict[str, float]:
    """Import a CSV file as this account, while the node's worker runs. Seconds of each step, and the counts of rows.

    `check_s` and `write_s` reach from the order to the end of the work, the worker's pause before it included.
    Raises `TimeoutError`, `RuntimeError` when the run stops.
    """
    actor, content, end = actor_of(UUID(account)), Path(file).read_bytes(), time.monotonic() + at_most
    begin = time.perf_counter()
    run_id = services.upload(actor, kind="people.register", content=content, name=Path(file).name)
    run = ImportRun.objects.get(pk=run_id)
    uploaded = time.perf_counter()
    services.match_columns(
        actor, run_id=run_id, sheet=run.sheet, heading_row=run.heading_row, columns=dict(run.columns)
    )
    _wait(run_id, end)
    checked = time.perf_counter()
    services.start(actor, run_id=run_id, mode=Mode.GOOD_ROWS)
    done = _wait(run_id, end)
    written = time.perf_counter()
    return {
        "megabytes": round(len(content) / 1e6, 1),
        "rows": done.rows_done,
        "accepted": done.accepted,
        "repaired": done.repaired,
        "refused": done.refused,
        "upload_s": round(uploaded - begin, 2),
        "check_s": round(checked - uploaded, 2),
        "write_s": round(written - checked, 2),
        "check_rows_per_s": round(done.rows_done / (checked - uploaded)),
        "write_rows_per_s": round(done.rows_done / (written - checked)),
        "rows_per_s": round(done.rows_done / (written - begin)),
    }


def _wait(run_id: UUID, end: float) -> ImportRun:
    while time.monotonic() < end:
        run = ImportRun.objects.get(pk=run_id)
        if run.state == State.STOPPED or run.message:
            raise RuntimeError(f"the import stopped: {run.message}")
        if run.state not in BACKGROUND:
            return run
        time.sleep(LOOK_EVERY)
    raise TimeoutError("the import took too long")
