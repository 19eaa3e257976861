"""A run from the upload to its undo, through the services and the passes that the worker runs."""

import io
from collections import Counter
from datetime import timedelta
from unittest.mock import ANY
from uuid import UUID

import pytest
import time_machine
from openpyxl import load_workbook

from langso.kernel import clock
from langso.kernel.access.actors import NOBODY, Actor, Membership, Role
from langso.kernel.access.require import NotAllowed, SignInNeeded
from langso.kernel.access.scope import commune_scope
from langso.kernel.errors import NotHere
from langso.kernel.ids import new_id
from langso.kernel.imports import passes, queries, services
from langso.kernel.imports.models import ImportRun, Mode, Outcome, RowResult, State
from langso.kernel.imports.reading.limits import FileRefused
from langso.kernel.imports.storing import content_of
from langso.kernel.imports.testing import check_file, import_file, state_of, work_off
from langso.kernel.imports.tests.words import KIND, ThingImporter, many, table, words
from langso.kernel.imports.worker import let_expire
from langso.kernel.imports.writing import FileFormat, write_table
from langso.kernel.journal.models import Entry
from langso.kernel.search.models import SearchDocument

pytestmark = pytest.mark.django_db

DUNG = Actor(
    account_id=new_id(), name="Dũng", commune="03390", memberships=(Membership(Role.OFFICER, new_id(), "03390", "12"),)
)

MIXED = table(
    "a1,An,50",
    "a2,Bình,?",
    "a3,Chi,nặng",
    ",Không mã,1",
    "a1,An,51",
    "a6,#N/A,2",
    "a7,Em,3,too many",
)


def counts(run_id: UUID) -> dict[str, int]:
    card = queries.run_card(DUNG, run_id=run_id)
    return {"accepted": card.accepted, "repaired": card.repaired, "refused": card.refused, "present": card.present}


def outcomes(run_id: UUID) -> dict[int, str]:
    return dict(RowResult.objects.filter(run_id=run_id).values_list("number", "outcome"))


def kinds() -> Counter[str]:
    return Counter(Entry.objects.filter(kind__startswith="kernel.imports").values_list("kind", flat=True))


def test_the_dry_run_writes_no_record_and_tells_what_would_become_of_each_row() -> None:
    run_id = check_file(DUNG, kind=KIND, content=MIXED)
    assert state_of(run_id) == State.CHECKED
    assert counts(run_id) == {"accepted": 1, "repaired": 1, "refused": 5, "present": 0}
    assert words() == set()
    assert outcomes(run_id) == {3: "REPAIRED", 4: "REFUSED", 5: "REFUSED", 6: "REFUSED", 7: "REFUSED", 8: "REFUSED"}


def test_every_refusal_names_the_row_the_column_the_value_and_what_to_do() -> None:
    run_id = check_file(DUNG, kind=KIND, content=MIXED)
    told = {
        result.number: [(line.label, line.value) for line in queries.notes_of(result)]
        for result in queries.rows(DUNG, run_id=run_id)
    }
    assert told == {
        3: [("Weight", "?")],
        4: [("Weight", "nặng")],
        5: [("Code", "")],
        6: [("", "")],
        7: [("Name", "#N/A")],
        8: [("", "too many")],
    }


def test_the_good_rows_come_in_and_the_counts_add_up() -> None:
    run_id = import_file(DUNG, kind=KIND, content=MIXED)
    assert state_of(run_id) == State.DONE
    assert counts(run_id) == {"accepted": 1, "repaired": 1, "refused": 5, "present": 0}
    assert words() == {"An 50", "Bình"}
    assert queries.run_card(DUNG, run_id=run_id).total == 7


def test_the_same_file_again_adds_nothing() -> None:
    import_file(DUNG, kind=KIND, content=many(120))
    again = check_file(DUNG, kind=KIND, content=many(120))
    assert counts(again) == {"accepted": 0, "repaired": 0, "refused": 0, "present": 120}
    with pytest.raises(services.NothingToImport):
        services.start(DUNG, run_id=again, mode=Mode.GOOD_ROWS)
    assert len(words()) == 120


def test_a_longer_file_adds_only_what_is_new_and_undo_leaves_the_rest() -> None:
    import_file(DUNG, kind=KIND, content=many(60))
    longer = import_file(DUNG, kind=KIND, content=many(70))
    assert counts(longer) == {"accepted": 10, "repaired": 0, "refused": 0, "present": 60}
    services.undo(DUNG, run_id=longer)
    work_off(longer)
    assert len(words()) == 60


def test_the_refused_rows_can_be_taken_home_mended_and_imported() -> None:
    run_id = import_file(DUNG, kind=KIND, content=table("a1,An,50", "a2,Bình,nặng", "a3,Chi,"))
    headings, rows = queries.refused_table(DUNG, run_id=run_id)
    assert headings == ["Code", "Name", "Weight", "Dòng / Row", "Lý do / Reason"]
    assert rows == [["a2", "Bình", "nặng", "3", ANY]]
    assert "Weight" in rows[0][4]
    rows[0][2] = "40"
    for file_format in FileFormat:
        mended = write_table(file_format, headings, rows)
        mended_run = check_file(DUNG, kind=KIND, content=mended)
        assert counts(mended_run) == {"accepted": 1, "repaired": 0, "refused": 0, "present": 0}
    services.start(DUNG, run_id=mended_run, mode=Mode.ALL_OR_NOTHING)
    work_off(mended_run)
    assert words() == {"An 50", "Bình 40", "Chi"}


def test_all_or_nothing_does_not_begin_with_a_refused_row() -> None:
    run_id = check_file(DUNG, kind=KIND, content=MIXED)
    with pytest.raises(services.SomeRowsRefused):
        services.start(DUNG, run_id=run_id, mode=Mode.ALL_OR_NOTHING)
    assert state_of(run_id) == State.CHECKED


def test_all_or_nothing_takes_everything_back_when_a_row_turns_bad_meanwhile() -> None:
    run_id = check_file(DUNG, kind=KIND, content=many(200))
    import_file(DUNG, kind=KIND, content=table("c170,somebody else,"))
    services.start(DUNG, run_id=run_id, mode=Mode.ALL_OR_NOTHING)
    work_off(run_id)
    card = queries.run_card(DUNG, run_id=run_id)
    assert (card.state, card.because, card.undone, card.kept) == (State.UNDONE, "ROW_REFUSED", 199, 0)
    assert words() == {"somebody else"}


def test_good_rows_only_goes_past_a_row_that_turned_bad_meanwhile() -> None:
    run_id = check_file(DUNG, kind=KIND, content=many(200))
    import_file(DUNG, kind=KIND, content=table("c170,somebody else,"))
    services.start(DUNG, run_id=run_id, mode=Mode.GOOD_ROWS)
    work_off(run_id)
    assert counts(run_id) == {"accepted": 199, "repaired": 0, "refused": 1, "present": 0}
    assert len(words()) == 200


def test_what_the_database_refuses_costs_one_row_not_the_batch() -> None:
    SearchDocument.objects.create(kind=KIND, object_id=_id("c7"), words="was here before")
    run_id = import_file(DUNG, kind="tests.blind", content=many(120))
    assert counts(run_id) == {"accepted": 119, "repaired": 0, "refused": 1, "present": 0}
    assert outcomes(run_id)[9] == Outcome.REFUSED
    assert len(words()) == 120


def test_undo_takes_back_what_nobody_used_and_says_what_stays() -> None:
    run_id = import_file(DUNG, kind=KIND, content=many(120))
    SearchDocument.objects.filter(object_id=_id("c5")).update(words="used")
    services.undo(DUNG, run_id=run_id)
    work_off(run_id)
    card = queries.run_card(DUNG, run_id=run_id)
    assert (card.state, card.undone, card.kept) == (State.PARTLY_UNDONE, 119, 1)
    [kept] = RowResult.objects.filter(run_id=run_id).exclude(kept_because="")
    assert (kept.number, kept.kept_because) == (7, "it is used")
    assert words() == {"used"}
    SearchDocument.objects.filter(object_id=_id("c5")).update(words="free again")
    services.undo(DUNG, run_id=run_id)
    work_off(run_id)
    card = queries.run_card(DUNG, run_id=run_id)
    assert (card.state, card.undone, card.kept) == (State.UNDONE, 120, 0)
    assert words() == set()


def test_after_a_full_undo_the_file_is_gone_and_the_import_can_be_done_again() -> None:
    run_id = import_file(DUNG, kind=KIND, content=many(10))
    services.undo(DUNG, run_id=run_id)
    work_off(run_id)
    assert queries.run_card(DUNG, run_id=run_id).file_is_here is False
    again = import_file(DUNG, kind=KIND, content=many(10))
    assert counts(again)["accepted"] == 10
    assert content_of(ImportRun.objects.get(pk=again)) == many(10)


def test_cancelling_a_check_or_a_checked_file() -> None:
    run_id = check_file(DUNG, kind=KIND, content=many(10))
    services.cancel(DUNG, run_id=run_id)
    assert state_of(run_id) == State.CANCELLED
    with pytest.raises(services.NotNow):
        services.start(DUNG, run_id=run_id, mode=Mode.GOOD_ROWS)
    assert not RowResult.objects.filter(run_id=run_id).exists()


def test_cancelling_in_the_middle_takes_back_what_was_written() -> None:
    run_id = check_file(DUNG, kind=KIND, content=many(200))
    services.start(DUNG, run_id=run_id, mode=Mode.GOOD_ROWS)
    assert passes.work(run_id, turn=0) is True
    assert len(words()) == 50
    services.cancel(DUNG, run_id=run_id)
    work_off(run_id)
    card = queries.run_card(DUNG, run_id=run_id)
    assert (card.state, card.because, card.undone) == (State.UNDONE, "CANCELLED", 50)
    assert words() == set()


def test_work_in_turns_gives_the_same_result() -> None:
    run_id = check_file(DUNG, kind=KIND, content=many(180))
    services.start(DUNG, run_id=run_id, mode=Mode.GOOD_ROWS)
    turns = 1
    while passes.work(run_id, turn=0):
        turns += 1
    assert turns == 5
    assert counts(run_id) == {"accepted": 180, "repaired": 0, "refused": 0, "present": 0}
    assert len(words()) == 180


def test_a_fault_of_an_importer_stops_the_run_and_it_can_go_on_or_be_taken_back() -> None:
    content = table(*(f"c{number},thing {number}," for number in range(70)), "bomb,Bomb,")
    run_id = check_file(DUNG, kind="tests.faulty", content=content)
    services.start(DUNG, run_id=run_id, mode=Mode.GOOD_ROWS)
    with pytest.raises(RuntimeError):
        work_off(run_id)
    card = queries.run_card(DUNG, run_id=run_id)
    assert (card.state, card.accepted, card.may_continue, card.may_cancel) == (State.STOPPED, 50, True, True)
    assert card.message
    services.go_on(DUNG, run_id=run_id)
    with pytest.raises(RuntimeError):
        work_off(run_id)
    assert len(words()) == 50
    services.cancel(DUNG, run_id=run_id)
    work_off(run_id)
    assert words() == set()
    assert state_of(run_id) == State.UNDONE


def test_a_file_that_breaks_below_the_first_rows_goes_back_to_its_columns_with_the_reason() -> None:
    run_id = check_file(DUNG, kind=KIND, content=many(100) + b'x,"never closed,1\n')
    card = queries.run_card(DUNG, run_id=run_id)
    assert card.state == State.UPLOADED
    assert "102" in card.message


def test_a_run_that_breaks_off_again_and_again_is_stopped() -> None:
    run_id = check_file(DUNG, kind=KIND, content=many(100))
    services.start(DUNG, run_id=run_id, mode=Mode.GOOD_ROWS)
    ImportRun.objects.filter(pk=run_id).update(attempts=passes.MOST_ATTEMPTS)
    work_off(run_id)
    assert state_of(run_id) == State.STOPPED
    services.go_on(DUNG, run_id=run_id)
    work_off(run_id)
    assert state_of(run_id) == State.DONE


def test_two_imports_of_one_kind_do_not_write_at_the_same_time() -> None:
    first = check_file(DUNG, kind=KIND, content=many(10))
    second = check_file(DUNG, kind=KIND, content=many(20))
    services.start(DUNG, run_id=first, mode=Mode.GOOD_ROWS)
    with pytest.raises(services.AnotherImportRuns):
        services.start(DUNG, run_id=second, mode=Mode.GOOD_ROWS)
    work_off(first)
    services.start(DUNG, run_id=second, mode=Mode.GOOD_ROWS)
    work_off(second)
    assert counts(second) == {"accepted": 10, "repaired": 0, "refused": 0, "present": 10}


def test_columns_must_fit() -> None:
    run_id = services.upload(DUNG, kind=KIND, content=table("1,An,2", heading="no,họ và tên,kg"), name="x.csv")
    for columns in ({"name": 1}, {"code": 1, "name": 1}, {"code": 0, "name": 9}, {"code": 0, "name": 1, "what": 2}):
        with pytest.raises(services.ColumnsRefused):
            services.match_columns(DUNG, run_id=run_id, sheet="", heading_row=1, columns=columns)
    services.match_columns(DUNG, run_id=run_id, sheet="", heading_row=1, columns={"code": 0, "name": 1})
    assert queries.run_card(DUNG, run_id=run_id).unread == ("kg",)


@pytest.mark.parametrize("heading", ["Code,Code,Name", "Code,,Name", ",,"])
def test_a_heading_with_twins_or_holes_is_refused(heading: str) -> None:
    run_id = services.upload(DUNG, kind=KIND, content=table("1,An,2", heading=heading), name="x.csv")
    assert queries.preview(DUNG, run_id=run_id, heading_row=1).problems
    with pytest.raises(services.ColumnsRefused):
        services.match_columns(DUNG, run_id=run_id, sheet="", heading_row=1, columns={"code": 0, "name": 2})


def test_columns_are_remembered_for_the_commune_and_the_heading() -> None:
    odd = table("1,An,2", heading="STT,Ai,kg")
    first = services.upload(DUNG, kind=KIND, content=odd, name="x.csv")
    assert queries.preview(DUNG, run_id=first).columns == {}
    services.match_columns(DUNG, run_id=first, sheet="", heading_row=1, columns={"code": 0, "name": 1, "weight": 2})
    again = services.upload(DUNG, kind=KIND, content=table("2,Bình,3", heading="stt, AI ,Kg"), name="y.csv")
    preview = queries.preview(DUNG, run_id=again)
    assert (preview.is_remembered, preview.columns) == (True, {"code": 0, "name": 1, "weight": 2})
    with commune_scope("03405"):
        there = Actor(
            account_id=new_id(), commune="03405", memberships=(Membership(Role.OFFICER, new_id(), "03405", "12"),)
        )
        other = services.upload(there, kind=KIND, content=odd, name="x.csv")
        assert queries.preview(there, run_id=other).columns == {}


def test_a_workbook_with_a_title_and_a_second_sheet() -> None:
    content = io.BytesIO(write_table(FileFormat.XLSX, ["DANH SÁCH"], []))
    book = load_workbook(content)
    sheet = book.create_sheet("Dữ liệu")
    for row in (["Mã số", "Họ và tên"], ["x1", "An"], ["x2", "Bình"]):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    run_id = services.upload(DUNG, kind=KIND, content=content.getvalue(), name="x.xlsx")
    preview = queries.preview(DUNG, run_id=run_id, sheet="Dữ liệu")
    assert (preview.heading_row, preview.columns) == (1, {"code": 0, "name": 1})
    services.match_columns(DUNG, run_id=run_id, sheet="Dữ liệu", heading_row=1, columns=preview.columns)
    work_off(run_id)
    assert counts(run_id) == {"accepted": 2, "repaired": 0, "refused": 0, "present": 0}


def test_an_export_comes_in_again_in_another_commune() -> None:
    import_file(DUNG, kind=KIND, content=table("a,=An,", "b,Bình,"))
    for file_format in FileFormat:
        content = services.export(DUNG, kind=KIND, file_format=file_format)
        with commune_scope("03405"):
            there = Actor(
                account_id=new_id(), commune="03405", memberships=(Membership(Role.OFFICER, new_id(), "03405", "12"),)
            )
            run_id = import_file(there, kind=KIND, content=content)
            assert words() == {"=An", "Bình"}
            services.undo(there, run_id=run_id)
            work_off(run_id)


def test_the_journal_tells_the_story_of_an_import() -> None:
    run_id = import_file(DUNG, kind=KIND, content=many(10))
    services.undo(DUNG, run_id=run_id)
    work_off(run_id)
    services.export(DUNG, kind=KIND, file_format=FileFormat.CSV)
    assert kinds() == {
        f"kernel.imports.{name}.v1": 1
        for name in (
            "import_file_uploaded",
            "columns_matched",
            "import_started",
            "import_finished",
            "undo_started",
            "import_undone",
            "import_file_forgotten",
            "records_exported",
        )
    }
    assert set(Entry.objects.values_list("actor", flat=True)) == {DUNG.account_id}
    steps = [step.title for step in queries.run_card(DUNG, run_id=run_id).steps]
    assert len(steps) == 7


def test_files_and_rows_are_deleted_when_their_time_is_over() -> None:
    done = import_file(DUNG, kind=KIND, content=many(5))
    unused = services.upload(DUNG, kind=KIND, content=many(6), name="never.csv")
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        let_expire.call(str(done), "03390")
        let_expire.call(str(unused), "03390")
        assert state_of(unused) == State.CANCELLED
        assert queries.run_card(DUNG, run_id=done).may_undo is True
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        let_expire.call(str(done), "03390")
        assert queries.run_card(DUNG, run_id=done).may_undo is False
        with pytest.raises(services.TooLateToUndo):
            services.undo(DUNG, run_id=done)
    assert not RowResult.objects.filter(run_id=done).exists()
    assert len(words()) == 5


def test_only_those_who_may_use_the_importer_touch_anything() -> None:
    run_id = check_file(DUNG, kind=KIND, content=many(5))
    resident = Actor(account_id=new_id(), person_id=new_id(), commune="03390")
    for stranger, refusal in ((resident, NotAllowed), (NOBODY, SignInNeeded)):
        with pytest.raises(refusal):
            services.upload(stranger, kind=KIND, content=many(5), name="x.csv")
        with pytest.raises(refusal):
            services.start(stranger, run_id=run_id, mode=Mode.GOOD_ROWS)
        with pytest.raises(refusal):
            services.export(stranger, kind=KIND, file_format=FileFormat.CSV)
        with pytest.raises(refusal):
            queries.run_card(stranger, run_id=run_id)
        with pytest.raises(refusal):
            queries.importers(stranger)
        assert list(queries.runs(stranger)) == []
    with commune_scope("03405"), pytest.raises(NotHere):
        queries.run_card(DUNG.in_commune("03405"), run_id=run_id)


def test_a_bad_file_leaves_nothing_behind() -> None:
    with pytest.raises(FileRefused):
        services.upload(DUNG, kind=KIND, content=b"%PDF-1.7", name="x.csv")
    assert not ImportRun.objects.exists()


def _id(code: str) -> UUID:
    return ThingImporter.id_of(code)
