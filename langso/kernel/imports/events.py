"""What the journal says of imports. The records themselves are told by their domain's own events."""

from uuid import UUID

from langso.kernel.journal.events import event


@event()
class ImportFileUploaded:
    """A file was uploaded for an import; nothing is imported yet."""

    run_id: UUID
    importer: str
    file_name: str
    file_size: int
    file_sha256: str


@event()
class ColumnsMatched:
    """Somebody said which column is which field, and asked for a check."""

    run_id: UUID
    heading_row: int
    columns: dict[str, str]


@event()
class ImportStarted:
    run_id: UUID
    importer: str
    mode: str


@event()
class ImportFinished:
    """All rows were worked through. The four counts add up to the rows of the file."""

    run_id: UUID
    importer: str
    file_sha256: str
    accepted: int
    repaired: int
    refused: int
    present: int


@event()
class ImportStopped:
    """A fault of the program or the file stopped the work after `rows_done` rows."""

    run_id: UUID
    importer: str
    rows_done: int


@event()
class ImportContinued:
    run_id: UUID
    importer: str
    rows_done: int


@event()
class ImportCancelled:
    """Called off before or while it was written; what was written is being taken back."""

    run_id: UUID
    importer: str
    rows_done: int


@event()
class UndoStarted:
    run_id: UUID
    importer: str
    because: str


@event()
class ImportUndone:
    """The records of an import were taken back, but for `kept` ones that were changed or used since."""

    run_id: UUID
    importer: str
    because: str
    undone: int
    kept: int


@event()
class ImportFileForgotten:
    """The uploaded file and the record of its rows were deleted: the import can no longer be taken back."""

    run_id: UUID
    file_sha256: str


@event(of_node=True)
class RecordsExported:
    """Somebody took records out as a file."""

    importer: str
    file_format: str
    rows: int
