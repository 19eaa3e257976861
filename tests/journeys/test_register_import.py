"""An officer imports a register with errors, mends the refused rows, imports them, and takes everything back."""

import csv
import time
from pathlib import Path

import pytest

from tests.journeys.visitor import DESK, Visitor, visitor
from tests.node import Node

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("node")]

HEAD = ["Mã hộ", "Thôn", "Họ và tên", "Quan hệ với chủ hộ", "Giới tính", "Ngày sinh"]
GOOD = [
    ["NHAP-1", "Bản 3", "Vàng Thị Nhập Liệu", "chủ hộ", "nữ", "02/09/1985"],
    ["NHAP-1", "Bản 3", "Vàng A Nhập Con", "con", "nam", "2010"],
    ["NHAP-2", "Bản 4", "Lò Văn Nhập Hai", "chủ hộ", "nam", "15/05/1970"],
]
BAD = [
    ["NHAP-2", "Bản 4", "Lò Thị Sai Ngày", "vợ", "nữ", "31/02/1975"],
    ["NHAP-3", "Bản 99", "Tẩn A Sai Thôn", "chủ hộ", "nam", "1980"],
]


def written(folder: Path, rows: list[list[str]]) -> Path:
    file = folder / "so-dan-cu.csv"
    with file.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream).writerows([HEAD, *rows])
    return file


def upload(officer: Visitor, file: Path) -> str:
    """Choose a file, take the columns as they were guessed, wait for the check; returns the run's address."""
    officer.go("/imports/new/people.register/")
    officer.is_well()
    officer.page.locator("input[type=file]").set_input_files(file)
    officer.send("form[enctype='multipart/form-data']")
    if "/columns/" in officer.page.url:
        officer.is_well()
        officer.send()
    run = "/imports/" + officer.page.url.split("/imports/")[1].split("/")[0] + "/"
    settle(officer, run, "form[action$='/writing/']")
    return run


def settle(officer: Visitor, run: str, sign: str) -> None:
    """Look at a run until something shows that the worker is done with this step."""
    for _ in range(120):
        officer.go(run)
        if officer.page.locator(f"main {sign}").count():
            return
        time.sleep(0.5)
    raise AssertionError(f"{sign} never came up:\n{officer.text[:2000]}")


def test_a_register_with_errors_is_mended_imported_and_taken_back(node: Node, tmp_path: Path) -> None:
    with visitor(node, "officer", size=DESK) as officer:
        run = upload(officer, written(tmp_path, GOOD + BAD))
        officer.is_well()
        assert "Bản 99" in officer.text
        assert "31/02/1975" in officer.text
        officer.press(officer.page.locator("main form[action$='/writing/'] button[type=submit]").last)
        settle(officer, run, "form[action$='/reversal/']")
        officer.is_well()
        with officer.page.expect_download() as waiting:
            officer.page.locator("main a[href$='refused.csv']").first.click()
        refused = list(csv.reader(Path(waiting.value.path()).read_text("utf-8-sig").splitlines()))
        assert len(refused) == 3
        reason = next(index for index, name in enumerate(refused[0]) if name not in HEAD)
        assert all(row[reason] for row in refused[1:])

        mended = [[cell.replace("31/02/1975", "28/02/1975").replace("Bản 99", "Bản 9") for cell in row] for row in BAD]
        second = upload(officer, written(tmp_path, GOOD + mended))
        officer.press(officer.page.locator("main form[action$='/writing/'] button[type=submit]").last)
        settle(officer, second, "form[action$='/reversal/']")

        officer.go("/people/?q=nhap+lieu")
        if officer.page.locator("[name=purpose]").count():
            officer.is_well()
        assert "Vàng Thị Nhập Liệu" in officer.text
        officer.go("/people/?q=sai+thon")
        assert "Tẩn A Sai Thôn" in officer.text

        for each in (second, run):
            officer.go(each)
            officer.press(officer.page.locator("main form[action$='/reversal/'] button[type=submit]").last)
            gone(officer, each)
        officer.go("/people/?q=nhap+lieu")
        assert "Vàng Thị Nhập Liệu" not in officer.text


def gone(officer: Visitor, run: str) -> None:
    """Wait until a run was taken back: its page no longer offers it."""
    for _ in range(120):
        officer.go(run)
        if not officer.page.locator("main form[action$='/reversal/'], main progress, main [role=progressbar]").count():
            return
        time.sleep(0.5)
    raise AssertionError(f"{run} was not taken back:\n{officer.text[:1500]}")
