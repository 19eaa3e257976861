"""Records as a commune's farm diaries make them: the same JSON bodies for our own link and for its peers.

Pure Python, no Django: a peer's program reads the same file. `python -m tests.load.diary 20000 FILE` writes one record
a line: `{"kind", "body", "actor", "at"}`, the bodies exactly as `langso.farm.diary.events` writes them down.
Places, numbers and remarks are drawn with weights; ids are new ones in the order of time, as the real ones are.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

WORK, CHECK, BOUGHT = "farm.diary.field_work_logged.v1", "farm.diary.entry_confirmed.v1", "farm.diary.input_bought.v1"
KINDS = ((WORK, 64), (CHECK, 29), (BOUGHT, 7))
"""No harvests: a node makes lots of them, and what that costs is not the link's."""
HOUSEHOLDS = 400
FIRST_DAY = datetime(2026, 3, 1, 6, tzinfo=UTC)
REMARKS = (
    "", "", "", "", "", "", "Trời mưa cả buổi chiều", "Làm cỏ quanh gốc", "Đất khô, tưới thêm buổi tối",
    "Bón thúc lần 2", "Nhờ anh em trong nhà giúp", "Lá vàng ở góc ruộng phía suối",
    "Làm xong nửa thửa, mai làm tiếp", "Dong lên đều",
)  # fmt: skip
CHECKS = ("", "", "", "", "Đã xem tại ruộng", "Đúng như sổ giấy", "Ảnh rõ")
ACTIVITIES = (
    ("WEEDING", "HOUR", (2, 8), 30), ("WATERING", "HOUR", (1, 4), 30), ("FERTILISING", "KG", (5, 60), 14),
    ("PEST_CHECK", "OF_100", (0, 9), 14), ("LAND_PREPARATION", "HOUR", (4, 10), 6), ("SOWING", "KG", (20, 200), 4),
    ("SPRAYING", "ML", (50, 800), 2),
)  # fmt: skip
INPUTS = (
    ("NPK 16-16-8", "FERTILISER", "KG", 50), ("NPK 5-10-3", "FERTILISER", "KG", 25),
    ("Phân chuồng hoai", "COMPOST", "KG", 300), ("Đạm urê", "FERTILISER", "KG", 25),
    ("Củ giống dong riềng", "SEED", "KG", 120), ("Trichoderma", "PESTICIDE", "KG", 2),
)  # fmt: skip
SELLERS = ("", "", "Vật tư nông nghiệp Bình Lư", "Đại lý Tam Đường", "Hợp tác xã")

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Grower:
    """A household with its account, its plot, and the season on it."""

    household: str
    account: str
    plot: str
    season: str


@dataclass
class Diary:
    """Draws records one after the other; the same seed draws the same ones."""

    seed: int = 3390
    chance: Random = field(init=False)
    growers: list[Grower] = field(init=False)
    recent: list[tuple[str, Grower]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        self.cooperative, self.inspector = self.id(FIRST_DAY), self.id(FIRST_DAY)
        self.growers = [Grower(*(self.id(FIRST_DAY) for _ in range(4))) for _ in range(HOUSEHOLDS)]

    def id(self, at: datetime) -> str:
        """A UUIDv7 of this moment (RFC 9562 §5.7), drawn from this diary's own chance."""
        value = int(at.timestamp() * 1000) << 80 | self.chance.getrandbits(80)
        value = value & ~(0xF << 76) | 0x7 << 76
        return str(UUID(int=value & ~(0x3 << 62) | 0x2 << 62))

    def records(self, count: int) -> Iterator[Body]:
        """`count` records in the order of time, a few every minute of the day."""
        at = FIRST_DAY
        for kind in self.chance.choices([name for name, _ in KINDS], [weight for _, weight in KINDS], k=count):
            at += timedelta(microseconds=self.chance.randrange(1_000_000, 120_000_000))
            grower = self.chance.choice(self.growers)
            body = MAKERS[kind](self, at, grower)
            actor = self.inspector if kind == CHECK else grower.account
            yield {"kind": kind, "body": body, "actor": actor, "at": at.isoformat(timespec="microseconds")}

    def work(self, at: datetime, grower: Grower) -> Body:
        activity, unit, (least, most), _weight = self.chance.choices(ACTIVITIES, [each[3] for each in ACTIVITIES])[0]
        fertilises = activity == "FERTILISING"
        name, kind, *_ = INPUTS[self.chance.randrange(4)] if fertilises else ("", "")
        entry = self.id(at)
        self.recent = [*self.recent[-199:], (entry, grower)]
        return {
            "entry_id": entry, "season_id": grower.season, "plot_id": grower.plot, "household_id": grower.household,
            "organisation_id": self.cooperative,
            "content": {
                "on_date": _day(at), "activity": activity, "amount": str(self.chance.randint(least, most)),
                "unit": unit, "input_id": self.id(FIRST_DAY) if fertilises else None, "input_name": name,
                "input_kind": kind, "listed_code": "", "pre_harvest_days": None, "concentration": "", "area_m2": None,
                "labour_hours": None, "remark": self.chance.choice(REMARKS),
            },
            "concern_codes": ["INPUT_NOT_LISTED"] if fertilises and self.chance.random() < 0.1 else [],
        }  # fmt: skip

    def check(self, at: datetime, grower: Grower) -> Body:
        entry, grower = self.chance.choice(self.recent) if self.recent else (self.id(at), grower)
        return {
            "entry_id": entry, "kind": "WORK", "season_id": grower.season, "household_id": grower.household,
            "version": 1, "remark": self.chance.choice(CHECKS),
        }  # fmt: skip

    def bought(self, at: datetime, grower: Grower) -> Body:
        name, kind, unit, most = self.chance.choice(INPUTS)
        return {
            "entry_id": self.id(at), "household_id": grower.household,
            "content": {
                "on_date": _day(at), "name": name, "kind": kind, "unit": unit,
                "quantity": str(self.chance.randint(1, most)), "listed_code": "", "active_ingredient": "",
                "seller": self.chance.choice(SELLERS), "expiry_date": None, "pre_harvest_days": None, "treatment": "",
                "remark": "",
            },
        }  # fmt: skip


MAKERS = {WORK: Diary.work, CHECK: Diary.check, BOUGHT: Diary.bought}


def _day(at: datetime) -> str:
    return date.isoformat(at.date())


def write(file: Path, count: int, *, seed: int = 3390) -> int:
    """Write so many records, one a line; returns the bytes of their bodies alone."""
    size = 0
    with file.open("w", encoding="utf-8") as lines:
        for record in Diary(seed).records(count):
            size += len(json.dumps(record["body"], ensure_ascii=False, separators=(",", ":")).encode())
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    return size


if __name__ == "__main__":
    print(write(Path(sys.argv[2]), int(sys.argv[1])))
