"""Tables of the imports: runs and their steps, what became of each row, and remembered columns."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from langso.kernel.access.actors import Actor, Role
from langso.kernel.access.scope import CommuneManager, CommuneModel, CommuneQuerySet
from langso.kernel.ids import new_id


class State(models.TextChoices):
    """Where a run stands. CHECKING, WRITING and UNDOING are worked on in the background."""

    UPLOADED = "UPLOADED", _("Columns to be matched")
    CHECKING = "CHECKING", _("Being checked")
    CHECKED = "CHECKED", _("Checked, not yet imported")
    WRITING = "WRITING", _("Being imported")
    DONE = "DONE", _("Imported")
    STOPPED = "STOPPED", _("Stopped by a fault")
    CANCELLED = "CANCELLED", _("Cancelled")
    UNDOING = "UNDOING", _("Being taken back")
    UNDONE = "UNDONE", _("Taken back")
    PARTLY_UNDONE = "PARTLY_UNDONE", _("Taken back in part")


BACKGROUND = (State.CHECKING, State.WRITING, State.UNDOING)


class Mode(models.TextChoices):
    GOOD_ROWS = "GOOD_ROWS", _("Import the good rows, leave the others out")
    ALL_OR_NOTHING = "ALL_OR_NOTHING", _("Import all rows or none")


class Because(models.TextChoices):
    """Why a run is taken back."""

    ASKED = "ASKED", _("Somebody asked for it")
    CANCELLED = "CANCELLED", _("The import was cancelled")
    ROW_REFUSED = "ROW_REFUSED", _("All or none was chosen, and a row was refused")


class Outcome(models.TextChoices):
    ACCEPTED = "ACCEPTED", _("Accepted")
    REPAIRED = "REPAIRED", _("Accepted, mended")
    REFUSED = "REFUSED", _("Refused")
    PRESENT = "PRESENT", _("Already here")


ADDED = (Outcome.ACCEPTED, Outcome.REPAIRED)


class ImportRunQuerySet(CommuneQuerySet["ImportRun"]):
    def visible_to(self, actor: Actor, *, kinds: list[str]) -> "ImportRunQuerySet":
        """Runs of the kinds that the actor may use: an officer sees all of the commune, others their own."""
        runs = self.filter(importer__in=kinds)
        return runs if actor.has_role(Role.OFFICER) else runs.filter(account_id=actor.account_id)


ImportRunManager = CommuneManager.from_queryset(ImportRunQuerySet)


class ImportRun(CommuneModel):
    """One file on its way into the records. Whoever works on it holds the lease: (`lease`, `lease_ends_at`).

    `columns` is the column (from 0) by field name, `headings` the heading row. `rows_done` counts the rows that the
    present pass has behind it, `rows_expected` all of the pass: an estimate until the check has read the whole file.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    importer = models.CharField(max_length=60)
    account_id = models.UUIDField(null=True)
    account_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField()

    file_name = models.CharField(max_length=200)
    file_size = models.PositiveIntegerField()
    file_sha256 = models.CharField(max_length=64)
    kept_sha256 = models.CharField(max_length=64)
    file_gone_at = models.DateTimeField(null=True)
    sheet = models.CharField(max_length=100, blank=True)
    heading_row = models.PositiveIntegerField()
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=dict)

    state = models.CharField(max_length=14, choices=State.choices, default=State.UPLOADED)
    mode = models.CharField(max_length=14, choices=Mode.choices, blank=True)
    because = models.CharField(max_length=14, choices=Because.choices, blank=True)
    message = models.TextField(blank=True)
    rows_expected = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    repaired = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    present = models.PositiveIntegerField(default=0)
    undone = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    stopped_while = models.CharField(max_length=14, blank=True)
    lease = models.UUIDField(null=True)
    lease_ends_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)

    objects: ClassVar[ImportRunManager["ImportRun"]] = ImportRunManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "importer"],
                condition=models.Q(state__in=["WRITING", "UNDOING"]),
                name="imports_one_writes_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["commune", "-created_at"], name="imports_run_newest")]


class RunStep(CommuneModel):
    """What somebody did with a run, when. The last step tells on whose order the worker works."""

    class What(models.TextChoices):
        UPLOADED = "UPLOADED", _("File uploaded")
        COLUMNS = "COLUMNS", _("Columns matched, check started")
        STARTED = "STARTED", _("Import started")
        CONTINUED = "CONTINUED", _("Import continued")
        FINISHED = "FINISHED", _("Import finished")
        STOPPED = "STOPPED", _("Stopped by a fault")
        CANCELLED = "CANCELLED", _("Cancelled")
        UNDO = "UNDO", _("Taking back started")
        UNDONE = "UNDONE", _("Taken back")
        FORGOTTEN = "FORGOTTEN", _("File deleted")

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=10, choices=What.choices)
    happened_at = models.DateTimeField()
    account_id = models.UUIDField(null=True)
    account_name = models.CharField(max_length=120, blank=True)


class RowResult(CommuneModel):
    """What became of a row. The dry run keeps only rows that were mended or refused; the import keeps every row.

    `notes` are [problem?, field, value, sentence]; `cells` the row as it stood in the file, kept for refused rows only.
    """

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="results")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    key = models.CharField(max_length=200, blank=True)
    object_id = models.UUIDField(null=True)
    notes = models.JSONField(default=list)
    cells = models.JSONField(default=list)
    undone = models.BooleanField(default=False)
    kept_because = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="imports_row_once")]


class RememberedColumns(CommuneModel):
    """How a commune matched a heading last time, so that the next file with the same heading is matched at once."""

    id = models.BigAutoField(primary_key=True)
    importer = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField()
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "importer", "fingerprint"], name="imports_columns_once"),
        ]
