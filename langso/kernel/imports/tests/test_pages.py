"""An officer's way through the pages: upload, columns, check, import, mend, undo. Without JavaScript."""

import io

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from langso.kernel.imports.apps import ImportsConfig
from langso.kernel.imports.models import ImportRun, State
from langso.kernel.imports.testing import import_file, state_of, work_off
from langso.kernel.imports.tests.words import KIND, many, table, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast):
    return cast.client("dung")


def upload(desk, content: bytes, name: str = "danh sách.csv"):
    return desk.post(f"/imports/new/{KIND}/", {"file": SimpleUploadedFile(name, content)})


def columns_of(page) -> dict[str, str]:
    """What the columns form would send as it stands."""
    form = page.context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def test_from_the_file_to_the_records_and_back(desk) -> None:
    answer = upload(desk, table("1,An,5", "2,Bình,?", "3,Chi,x", heading="Mã số,Họ và tên,Cân nặng"))
    run = ImportRun.objects.get()
    assert answer.url == f"/imports/{run.pk}/columns/"

    page = desk.get(answer.url)
    assert "Bình" in page.content.decode()
    sent = columns_of(page)
    assert (sent["column_code"], sent["column_name"], sent["column_weight"]) == ("0", "1", "2")
    assert desk.post(answer.url, sent).url == f"/imports/{run.pk}/"

    page = desk.get(f"/imports/{run.pk}/")
    assert page["Refresh"] == "2"
    assert "<progress" in page.content.decode()
    assert "Refresh" not in desk.get(f"/imports/{run.pk}/?still=1")

    work_off(run.pk)
    page = desk.get(f"/imports/{run.pk}/")
    assert "Refresh" not in page
    assert [value for value, _label in page.context["form"].fields["mode"].choices] == ["GOOD_ROWS"]
    assert words() == set()
    rows = desk.get(f"/imports/{run.pk}/rows/?outcome=REFUSED")
    assert "Cân nặng" not in rows.content.decode()
    assert "Weight" in rows.content.decode()

    desk.post(f"/imports/{run.pk}/writing/", {"mode": "GOOD_ROWS"})
    work_off(run.pk)
    assert words() == {"An 5", "Bình"}
    refused = desk.get(f"/imports/{run.pk}/refused.xlsx")
    book = load_workbook(io.BytesIO(refused.content))
    assert [cell.value for cell in book.active[2]][:4] == ["3", "Chi", "x", "4"]

    desk.post(f"/imports/{run.pk}/reversal/")
    work_off(run.pk)
    assert state_of(run.pk) == State.UNDONE
    assert words() == set()
    assert desk.get(f"/imports/{run.pk}/").status_code == 200
    assert "danh sách.csv" in desk.get("/imports/").content.decode()


def test_a_file_that_cannot_be_read_is_told_beside_its_field(desk) -> None:
    answer = upload(desk, b"%PDF-1.7")
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not ImportRun.objects.exists()


def test_columns_that_are_missing_or_taken_twice_are_told_beside_their_fields(desk) -> None:
    address = upload(desk, table("1,An", heading="ai,gì")).url
    sent = columns_of(desk.get(address))
    answer = desk.post(address, sent | {"column_code": "0"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"column_name"}
    answer = desk.post(address, sent | {"column_code": "0", "column_name": "0"})
    assert set(answer.context["form"].errors) == {"__all__", "column_code", "column_name"}
    answer = desk.post(address, sent | {"column_code": "0", "column_name": "7"})
    assert answer.status_code == 422
    assert desk.post(address, sent | {"column_code": "0", "column_name": "1"}).status_code == 302


def test_another_heading_row_is_shown_at_once(desk) -> None:
    address = upload(desk, b"title,\nx,y\nCode,Name\n1,An\n").url
    page = desk.get(address)
    assert page.context["preview"].heading_row == 3
    page = desk.get(address, {"heading_row": "2"})
    assert page.context["preview"].headings == ("x", "y")
    assert columns_of(page)["place_heading_row"] == "2"
    assert desk.get(address, {"heading_row": "x"}).status_code == 200


def test_a_template_and_an_export_can_be_uploaded(desk, cast) -> None:
    for file_format in ("csv", "xlsx"):
        template = desk.get(f"/imports/template/{KIND}.{file_format}")
        assert upload(desk, template.content, f"x.{file_format}").status_code == 302
    import_file(cast.actor("dung"), kind=KIND, content=many(3))
    export = desk.get(f"/imports/export/{KIND}.csv")
    assert export["Content-Disposition"].startswith("attachment")
    assert export.content.decode("utf-8-sig").count("\n") == 4


def test_imports_that_wait_are_on_the_desk(desk, cast) -> None:
    upload(desk, many(3))
    [queue] = ImportsConfig.work_queues(apps.get_app_config("imports"), cast.actor("dung"))
    assert (queue.waiting, queue.late) == (1, 0)
    assert ImportsConfig.work_queues(apps.get_app_config("imports"), cast.actor("an")) == []
