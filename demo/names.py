"""Names that nobody chose: surnames, middle and given names of the north-west, put together by chance."""

from dataclasses import dataclass
from random import Random

from langso.community.people.rules.codes import Sex


@dataclass(frozen=True, slots=True)
class People:
    """One of the peoples of the commune: its census code, its share, and how its names are made."""

    code: str
    share: int
    surnames: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]


PEOPLES = (
    People(
        "03",
        38,
        ("Lò", "Lường", "Hoàng", "Quàng", "Tòng", "Vì", "Cầm", "Điêu"),
        ("Văn Pâng", "Văn Thoan", "Văn Inh", "Văn Hặc", "Văn Xôm", "Văn Phong", "Văn Chung", "Văn Ngoan"),
        ("Thị Ín", "Thị Panh", "Thị Hom", "Thị Lả", "Thị Phương", "Thị Kim", "Thị Dung", "Thị Xuyến"),
    ),
    People(
        "09",
        24,
        ("Phàn", "Tẩn", "Chẻo", "Lý", "Tao"),
        ("A Sơn", "Láo Lở", "A Quyền", "Phủ Sinh", "A Phúc", "Láo Tả"),
        ("Mẩy", "Tả Mẩy", "Thị Nhị", "Lở Mẩy", "Thị Pham", "San Mẩy"),
    ),
    People(
        "08",
        20,
        ("Giàng", "Vàng", "Sùng", "Thào", "Mùa", "Hạng"),
        ("A Chinh", "A Páo", "A Lử", "A Dơ", "A Sử", "A Tủa"),
        ("Thị Mỷ", "Thị Dua", "Thị Sông", "Thị Pàng", "Thị Chía", "Thị Sua"),
    ),
    People(
        "25",
        8,
        ("Vùi", "Lù", "Sần", "Nùng"),
        ("Văn Sài", "Văn Ký", "Văn Lìn"),
        ("Thị Sến", "Thị Lan", "Thị Mín"),
    ),
    People(
        "01",
        10,
        ("Nguyễn", "Trần", "Đỗ", "Phạm", "Bùi", "Vũ"),
        ("Văn Hải", "Đức Long", "Quang Huy", "Văn Thịnh", "Minh Tuấn"),
        ("Thị Hương", "Thị Thu", "Thị Ngọc", "Thị Yến", "Thu Hà"),
    ),
)


def choose_people(chance: Random) -> People:
    """One of the peoples, by its share."""
    return chance.choices(PEOPLES, weights=[people.share for people in PEOPLES])[0]


def given_name(chance: Random, people: People, sex: Sex) -> str:
    return chance.choice(people.women if sex is Sex.FEMALE else people.men)
