"""Finding the heading and the columns."""

from django.utils.translation import gettext_lazy as _

from langso.kernel.imports.columns import find_heading, fingerprint, guess, heading_of, letter, missing, problems_of
from langso.kernel.imports.importer import ImportField

FIELDS = (
    ImportField("name", _("Full name"), required=True, aliases=("họ tên", "họ và tên")),
    ImportField("born", "Birth date", aliases=("ngày sinh",)),
    ImportField("sex", "Sex", aliases=("giới tính", "born")),
)

OFFICE = [
    (1, ["DANH SÁCH CƯ TRÚ XÃ BÌNH LƯ", "", ""]),
    (3, ["Thông tin", "", ""]),
    (4, ["HỌ VÀ TÊN", "Ngày sinh (dd/mm/yyyy)", "Ghi chú"]),
    (5, ["An", "1/1/1990", ""]),
]


def test_the_heading_is_the_row_that_names_most_fields() -> None:
    assert find_heading(OFFICE, FIELDS) == 4
    assert find_heading([(2, ["x", "y"]), (3, ["1", "2"])], FIELDS) == 2


def test_columns_are_guessed_without_diacritics_case_or_brackets() -> None:
    assert guess(OFFICE[2][1], FIELDS) == {"name": 0, "born": 1}
    assert guess(["ho ten", "GIỚI TÍNH:", "ngày sinh *"], FIELDS) == {"name": 0, "sex": 1, "born": 2}


def test_a_fields_own_name_counts_before_anothers_alias_and_the_first_column_before_the_second() -> None:
    assert guess(["born", "họ tên", "họ và tên"], FIELDS) == {"born": 0, "name": 1}


def test_the_heading_is_as_wide_as_the_rows() -> None:
    assert heading_of([(1, ["a"]), (2, ["1", "2"])], 1) == ["a", ""]
    assert heading_of([(1, ["a"])], 9) == [""]


def test_problems_of_a_heading() -> None:
    below = [(2, ["1", "2", "3"])]
    assert problems_of(["a", "b", "c"], below) == []
    [nothing] = problems_of(["", "", ""], below)
    [merged] = problems_of(["a", "", "c"], below)
    [twins] = problems_of(["a", "b", "a"], below)
    assert str(nothing)
    assert "B" in str(merged)
    assert "A" in str(twins)
    assert "C" in str(twins)
    assert problems_of(["a", "b", ""], [(2, ["1", "2", ""]), (3, ["1"])]) == []
    assert problems_of(["a", "b", ""], [(2, ["1", "2", "stray"]), (3, ["1"]), (4, ["2"])]) == []


def test_missing_tells_the_required_fields_without_a_column() -> None:
    assert [str(label) for label in missing({"born": 0}, FIELDS)] == [str(FIELDS[0].label)]
    assert missing({"name": 0}, FIELDS) == []


def test_a_heading_is_recognised_by_its_words() -> None:
    assert fingerprint(["Họ tên", "Sinh "]) == fingerprint(["họ  tên", "sinh"]) != fingerprint(["sinh", "họ tên"])


def test_letters_are_a_spreadsheets() -> None:
    assert [letter(column) for column in (0, 25, 26)] == ["A", "Z", "AA"]
