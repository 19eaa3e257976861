"""A made-up register: names, households and rows as a commune's own list has them. The same seed gives the same people.

Names are drawn with weights, because a search is as hard as its commonest words: about one resident in nine has the
commonest surname, half of all have the middle name of women, and some given names stand once or twice.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

HEADINGS = (
    "Mã hộ",
    "Thôn/bản",
    "Địa chỉ",
    "Họ và tên",
    "Quan hệ với chủ hộ",
    "Giới tính",
    "Ngày sinh",
    "Dân tộc",
    "Số định danh cá nhân",
    "Số điện thoại",
    "Khuyết tật",
    "Diện hộ",
)
VILLAGES = tuple(f"Bản {number}" for number in range(1, 21))
TODAY = date(2026, 11, 1)
"""Nobody of the list is born later."""

SURNAMES = (
    ("Lò", 110, "Thái"), ("Nguyễn", 100, "Kinh"), ("Vàng", 80, "Mông"), ("Giàng", 70, "Mông"), ("Lý", 60, "Dao"),
    ("Tẩn", 55, "Dao"), ("Hoàng", 50, "Thái"), ("Phàn", 50, "Dao"), ("Trần", 45, "Kinh"), ("Sùng", 45, "Mông"),
    ("Lường", 40, "Thái"), ("Thào", 35, "Mông"), ("Chẻo", 30, "Dao"), ("Phạm", 30, "Kinh"), ("Lê", 30, "Kinh"),
    ("Quàng", 25, "Thái"), ("Tòng", 25, "Thái"), ("Hạng", 20, "Mông"), ("Đỗ", 20, "Kinh"), ("Bùi", 18, "Kinh"),
    ("Vũ", 16, "Kinh"), ("Lù", 15, "Giáy"), ("Vùi", 12, "Giáy"), ("Đặng", 10, "Kinh"), ("Cầm", 8, "Thái"),
    ("Điêu", 6, "Thái"), ("Mùa", 5, "Mông"), ("Nùng", 4, "Giáy"), ("Khoàng", 2, "Thái"), ("Tao", 1, "Thái"),
)  # fmt: skip
"""Surname, weight, people."""

MEN = (("Văn", 60), ("A", 18), ("Láo", 6), ("Đức", 5), ("Quang", 4), ("Minh", 4), ("Xuân", 3))
WOMEN = (("Thị", 92), ("Thu", 3), ("Ngọc", 2), ("Lở", 2), ("San", 1))
GIVEN = (
    "An", "Anh", "Bình", "Chi", "Chung", "Cường", "Dung", "Dũng", "Dương", "Đạt", "Điệp", "Đông", "Giang", "Hà",
    "Hải", "Hạnh", "Hằng", "Hiền", "Hiếu", "Hoa", "Hòa", "Hoan", "Hồng", "Huệ", "Hùng", "Huy", "Huyền", "Hương",
    "Khánh", "Khoa", "Kim", "Lan", "Lâm", "Liên", "Linh", "Loan", "Long", "Lương", "Mai", "Mạnh", "Minh", "My", "Nam",
    "Nga", "Ngân", "Ngọc", "Nguyên", "Nhung", "Oanh", "Phong", "Phúc", "Phương", "Quân", "Quế", "Quyên", "Quỳnh",
    "Sáng", "Sinh", "Sơn", "Tâm", "Tân", "Thanh", "Thành", "Thảo", "Thắng", "Thịnh", "Thu", "Thủy", "Tiến", "Toàn",
    "Trang", "Trung", "Tú", "Tuấn", "Tuyết", "Tùng", "Vân", "Vinh", "Vượng", "Xuân", "Yến", "Pâng", "Inh", "Hặc",
    "Xôm", "Panh", "Hom", "Lả", "Mẩy", "Pham", "Nhị", "Páo", "Lử", "Dơ", "Sử", "Tủa", "Chinh", "Mỷ", "Dua", "Sông",
    "Chía", "Sua", "Sài", "Ký", "Lìn", "Sến", "Mín", "Ngoan", "Thoan", "Ín",
)  # fmt: skip
"""The weight of a given name is one over its place: the first are everywhere, the last are rare."""
SURNAME_WEIGHTS = [weight for _name, weight, _people in SURNAMES]
GIVEN_WEIGHTS = [1000 / (3 + place) for place in range(len(GIVEN))]

CHILD, SPOUSE, HEAD, PARENT = "con", "vợ/chồng", "chủ hộ", "bố hoặc mẹ"


@dataclass(frozen=True, slots=True)
class Resident:
    """One row of the list, as texts."""

    household_code: str
    village: str
    address: str
    name: str
    relation: str
    sex: str
    birth: str
    ethnicity: str
    personal_number: str
    phone: str
    disability: str
    household_class: str

    def cells(self) -> tuple[str, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)


def residents(first: int, count: int, *, seed: int = 3390) -> Iterator[Resident]:
    """`count` residents in households of one to seven, numbered from `first` on (numbers and phones are their own)."""
    chance = Random(seed + first)
    number = first
    while number < first + count:
        size = min(chance.choices((1, 2, 3, 4, 5, 6, 7), (4, 10, 18, 28, 22, 12, 6))[0], first + count - number)
        yield from _household(chance, number, size)
        number += size


def csv_of(rows: Iterator[Resident]) -> bytes:
    """The list as a spreadsheet program saves it: UTF-8 with a mark, commas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows(row.cells() for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _household(chance: Random, first: int, size: int) -> Iterator[Resident]:
    surname, _weight, ethnicity = chance.choices(SURNAMES, SURNAME_WEIGHTS)[0]
    village = chance.choice(VILLAGES)
    poor = chance.choices(("", "hộ nghèo", "hộ cận nghèo"), (78, 12, 10))[0]
    head_year = chance.randint(1950, 2000)
    for place in range(size):
        relation = HEAD if place == 0 else SPOUSE if place == 1 else CHILD if place < 6 else PARENT
        sex = chance.choice(("nam", "nữ"))
        married_in = relation == SPOUSE
        family = chance.choices(SURNAMES, SURNAME_WEIGHTS)[0][0] if married_in else surname
        year = {HEAD: head_year, SPOUSE: head_year + chance.randint(-6, 6), PARENT: head_year - 24}.get(
            relation, min(2026, head_year + 20 + chance.randint(0, 12))
        )
        born = min(date(year, 1, 1) + timedelta(days=chance.randrange(365)), TODAY)
        number = first + place
        grown = born.year <= 2010
        yield Resident(
            household_code=f"H{first:06d}",
            village=village,
            address=f"Nhóm {1 + first % 9}",
            name=_name(chance, family, sex),
            relation=relation,
            sex=sex,
            birth=f"{born:%d/%m/%Y}" if chance.random() < 0.85 else str(born.year),
            ethnicity=ethnicity,
            personal_number=_personal_number(number, sex, born.year) if chance.random() < 0.75 else "",
            phone=f"09{number:08d}" if grown and chance.random() < 0.6 else "",
            disability="vận động" if chance.random() < 0.02 else "",
            household_class=poor if relation == HEAD else "",
        )


def _name(chance: Random, surname: str, sex: str) -> str:
    middles = WOMEN if sex == "nữ" else MEN
    middle = chance.choices([name for name, _ in middles], [weight for _, weight in middles])[0]
    return f"{surname} {middle} {chance.choices(GIVEN, GIVEN_WEIGHTS)[0]}"


def _personal_number(number: int, sex: str, year: int) -> str:
    century_and_sex = 2 * (year // 100 - 19) + (sex == "nữ")
    return f"012{century_and_sex}{year % 100:02d}{number:06d}"
