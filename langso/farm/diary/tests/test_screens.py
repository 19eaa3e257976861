import gzip
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from langso.farm.diary import services
from langso.farm.diary.models import Entry, HarvestVersion, WorkVersion
from langso.farm.diary.testing import (
    confirm,
    make_early_harvest,
    make_entry,
    make_harvest,
    make_hazard,
    make_input,
)
from langso.farm.diary.tests.thumb import Thumb
from langso.farm.plots.testing import make_plot, make_season
from langso.kernel import clock
from langso.kernel.ids import new_id
from langso.kernel.ui.testing import faults_on_screen
from tests.cast import Cast


@pytest.fixture
def thumb(cast: Cast) -> Callable[[], Thumb]:
    return lambda: Thumb(cast.client("an"), "/diary/")


def test_a_spray_is_three_touches_and_one_number(
    cast: Cast, season: UUID, thumb: Callable[[], Thumb], plot: UUID
) -> None:
    """Also the hard case: two seasons, and another bottle than last time."""
    make_season(plot_id=plot, product_name="Ngô")
    last = make_input(household_id=cast.household)
    other = make_input(household_id=cast.household, name="Mancozeb 80WP", unit="G", quantity=1000)
    make_entry(season_id=season, activity="SPRAYING", unit="ML", amount=15, input_id=last)

    easy = thumb()
    easy.touch("Phun thuốc")
    easy.type_number("15")
    easy.touch("Lưu")
    assert (easy.touches, easy.numbers) == (2, 1)
    assert WorkVersion.objects.filter(input=last, amount=15, on_date=clock.today(), unit="ML").count() == 2

    hard = thumb()
    hard.touch("Phun thuốc")
    hard.touch("Mancozeb 80WP")
    hard.type_number("20,5")
    hard.touch("Lưu")
    assert (hard.touches, hard.numbers) == (3, 1)
    spray = WorkVersion.objects.get(input=other)
    assert (str(spray.amount), spray.unit, spray.input_name) == ("20.500", "G", "Mancozeb 80WP")
    assert "Đã lưu." in hard.text


@pytest.mark.parametrize(
    ("words", "number"),
    [("Gieo, trồng", "50"), ("Bón phân", "30"), ("Tưới nước", "2"), ("Làm cỏ", "6"), ("Làm đất", "8"),
     ("Thăm sâu bệnh", "3"), ("Thu hoạch", "350")],
)  # fmt: skip
def test_every_work_is_at_most_three_touches_and_one_number(
    season: UUID, thumb: Callable[[], Thumb], words: str, number: str
) -> None:
    one = thumb()
    one.touch(words)
    one.type_number(number)
    one.touch("Lưu")
    assert (one.touches, one.numbers) == (2, 1)
    [entry] = Entry.objects.filter(season_id=season)
    assert entry.on_date == clock.today()


def test_every_button_of_a_pond_works(cast: Cast, thumb: Callable[[], Thumb]) -> None:
    make_season(plot_id=make_plot(household_id=cast.household, kind="POND"), product_name="Cá chép", standard="NONE")
    for words in ("Thả giống", "Cho ăn", "Thay nước", "Xử lý ao", "Làm ao", "Thăm cá", "Thu hoạch"):
        one = thumb()
        one.touch(words)
        one.type_number("5")
        one.touch("Lưu")
    assert Entry.objects.count() == 7


def test_with_many_seasons_it_is_still_three_touches(cast: Cast, plot: UUID, thumb: Callable[[], Thumb]) -> None:
    for number in range(6):
        make_season(plot_id=plot, product_name=f"Rau {number}")
    one = thumb()
    one.touch("Rau 0")
    one.touch("Làm cỏ")
    one.type_number("1")
    one.touch("Lưu")
    assert one.touches == 3


def test_last_times_number_is_offered_for_the_same_bottle(cast: Cast, season: UUID) -> None:
    bottle = make_input(household_id=cast.household)
    other = make_input(household_id=cast.household, name="Mancozeb 80WP", unit="G")
    make_entry(season_id=season, activity="SPRAYING", unit="ML", amount=15, input_id=bottle)
    form = f"/diary/seasons/{season}/work/SPRAYING/"
    an = cast.client("an")
    assert "Lần trước: 15 ml" in an.get(form).content.decode()
    assert "Lần trước" not in an.get(form, {"input": str(other)}).content.decode()


def test_the_same_form_posted_twice_and_then_changed(cast: Cast, season: UUID) -> None:
    an, address = cast.client("an"), f"/diary/seasons/{season}/harvest/"
    form = {"client_id": str(new_id()), "on_date": clock.today().isoformat(), "quantity_kg": "120"}
    first, second = an.post(address, form), an.post(address, form)
    assert first.url == second.url
    changed = an.post(address, form | {"quantity_kg": "130"}, follow=True)
    assert changed.redirect_chain[0][0] == first.url
    assert "Phiếu này đã lưu trước" in changed.content.decode()
    assert [int(row.quantity_kg) for row in HarvestVersion.objects.all()] == [120]


def test_a_wrong_form_keeps_what_was_typed_and_its_id(cast: Cast, season: UUID) -> None:
    form_id = str(new_id())
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    told = {"client_id": form_id, "on_date": tomorrow, "amount": "bốn", "remark": "Mưa to"}
    answer = cast.client("an").post(f"/diary/seasons/{season}/work/WEEDING/", told)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert all(each in text for each in (form_id, "bốn", "Mưa to", tomorrow))
    answer = cast.client("an").post(f"/diary/seasons/{season}/work/WEEDING/", told | {"amount": "4"})
    assert answer.status_code == 422
    assert "Hãy chọn hôm nay" in answer.content.decode()
    assert "<details open>" in answer.content.decode(), "the fault is not hidden in the fold"


def test_a_harvest_that_is_too_early_is_warned_before_and_after(
    cast: Cast, season: UUID, thumb: Callable[[], Thumb]
) -> None:
    bottle = make_input(household_id=cast.household, pre_harvest_days=14)
    make_entry(season_id=season, activity="SPRAYING", unit="ML", amount=10, input_id=bottle)
    one = thumb()
    assert "mới được thu" in one.text
    one.touch("Thu hoạch")
    assert "Chưa được thu hoạch" in one.text
    assert "còn 14 ngày" in one.text
    one.type_number("40")
    one.touch("Lưu")
    assert "Phải chờ đủ 14 ngày" in one.text
    assert Entry.objects.filter(kind="HARVEST").exists(), "warned, not blocked"
    one.touch("Hoàn tác")
    assert "Đã hoàn tác" in one.text


def test_the_farmer_answers_the_inspector_and_sees_the_state(
    cast: Cast, season: UUID, thumb: Callable[[], Thumb]
) -> None:
    entry = make_entry(season_id=season)
    services.question_entry(cast.actor("khanh"), entry_id=entry, version=1, question="Ai làm cùng?")
    one = thumb()
    one.touch("Trả lời")
    assert "Ai làm cùng?" in one.text
    cast.client("an").post(f"/diary/entries/{entry}/answer/", {"words": "Cả nhà"})
    assert "Đã trả lời" in Thumb(one.client, f"/diary/entries/{entry}/").text
    confirm(entry, actor=cast.actor("khanh"))
    assert "Đã xác nhận" in Thumb(one.client, f"/diary/entries/{entry}/").text


def test_correcting_each_kind_of_entry_in_its_form(cast: Cast, season: UUID) -> None:
    an = cast.client("an")
    bottle = make_input(household_id=cast.household)
    for entry, change in (
        (make_entry(season_id=season, activity="SPRAYING", unit="ML", amount=10, input_id=bottle), {"amount": "12"}),
        (make_harvest(season_id=season), {"quantity_kg": "40"}),
        (make_hazard(season_id=season), {"finding": "RISK", "measure": "Bón vôi"}),
        (bottle, {"name": "Abamectin 3.6EC"}),
    ):
        page = Thumb(an, f"/diary/entries/{entry}/correction/").page
        [form] = [form for form in page.forms if "version" in form.fields]
        answer = an.post(f"/diary/entries/{entry}/correction/", form.fields | change | {"reason": "NUMBER"})
        assert answer.status_code == 302, answer.content.decode()
        text = an.get(f"/diary/entries/{entry}/").content.decode()
        assert next(reversed(change.values())) in text
        assert "Nhầm số" in text


def picture() -> io.BytesIO:
    upload = io.BytesIO()
    Image.new("RGB", (2000, 1000), "green").save(upload, "JPEG")
    upload.name = "ruong.jpg"
    upload.seek(0)
    return upload


def test_pictures_belong_to_the_entry(cast: Cast, season: UUID) -> None:
    entry, other = make_entry(season_id=season), make_entry(season_id=season)
    an = cast.client("an")
    an.post(f"/diary/entries/{entry}/photos/", {"picture": picture()})
    an.post(f"/diary/entries/{entry}/photos/", {"picture": picture()})
    [photo] = Entry.objects.get(pk=entry).photos.all()
    address = f"/diary/entries/{entry}/photos/{photo.sha256}/"
    full, thumb = an.get(address), an.get(address, {"size": "thumb"})
    assert Image.open(io.BytesIO(full.content)).size == (1280, 640)
    assert Image.open(io.BytesIO(thumb.content)).size[0] <= 320
    assert cast.client("khanh").get(address).status_code == 200
    assert cast.client("chi").get(address).status_code == 403
    assert an.get(f"/diary/entries/{other}/photos/{photo.sha256}/").status_code == 404
    assert f"{photo.sha256}/removal/" in an.get(f"/diary/entries/{entry}/").content.decode()
    an.post(f"{address}removal/")
    assert an.get(address).status_code == 404
    an.post(f"/diary/entries/{entry}/photos/", {"picture": picture()})
    assert an.get(address).status_code == 200


def test_the_number_belongs_to_the_product_and_unit_that_were_shown(cast: Cast, season: UUID) -> None:
    an, address = cast.client("an"), f"/diary/seasons/{season}/work/SPRAYING/"
    bottle = make_input(household_id=cast.household)
    form = {"client_id": str(new_id()), "on_date": clock.today().isoformat(), "amount": "15"}
    meanwhile = an.post(address, form | {"input_id": str(bottle), "counted_in": "LITRE"})
    assert meanwhile.status_code == 422
    assert 'name="counted_in" value="ML"' in meanwhile.content.decode()
    assert an.post(address, form | {"input_id": str(new_id()), "counted_in": "ML"}).status_code == 422
    assert not WorkVersion.objects.exists()
    assert an.post(address, form | {"input_id": str(bottle), "counted_in": "ML"}).status_code == 302


def test_where_nobody_checks_nothing_waits(cast: Cast, plot: UUID) -> None:
    make_entry(season_id=make_season(plot_id=plot))
    text = cast.client("an").get("/diary/").content.decode()
    assert "Chờ kiểm tra" not in text


def test_the_laboratorys_paper(cast: Cast, season: UUID) -> None:
    paper = io.BytesIO(b"%PDF-1.7 xet nghiem dat")
    paper.name = "dat.pdf"
    told = {
        "client_id": str(new_id()),
        "on_date": clock.today().isoformat(),
        "subject": "SOIL",
        "finding": "SAFE",
        "file": paper,
    }
    an = cast.client("an")
    saved = an.post(f"/diary/seasons/{season}/hazard/", told)
    assert saved.status_code == 302, saved.content.decode()
    assert an.get(f"{saved.url}file/").content == b"%PDF-1.7 xet nghiem dat"
    assert cast.client("chi").get(f"{saved.url}file/").status_code == 403


def test_the_diary_as_a_table(cast: Cast, season: UUID) -> None:
    make_entry(season_id=season, actor=cast.actor("an"), remark="=1+1")
    make_harvest(season_id=season, quantity_kg=350)
    text = cast.client("an").get(f"/diary/seasons/{season}/", {"format": "csv"}).content.decode()
    lines = text.strip().splitlines()
    assert lines[0].startswith("\ufeffNgày,")
    assert len(lines) == 3
    assert "'=1+1" in lines[1]
    assert "350 kg" in text


def test_the_list_says_loudly_that_it_is_not_official(cast: Cast, season: UUID) -> None:
    text = cast.client("nobody").get("/diary/inputs/list/").content.decode()
    assert "Đây không phải danh mục chính thức" in text
    assert all(name in text for name in ("Abamectin 1.8EC", "Mancozeb 80WP", "30/06/2026", "600 ml"))
    assert "Mancozeb" not in cast.client("nobody").get("/diary/inputs/list/", {"q": "uRE"}).content.decode()


def pages(cast: Cast, season: UUID) -> tuple[dict[str, Any], dict[str, Any]]:
    """Answers of the screens on the phone, and at the desk."""
    bottle = make_input(household_id=cast.household, expiry_date=clock.today() - timedelta(days=1))
    asked = make_entry(season_id=season, actor=cast.actor("an"))
    services.question_entry(cast.actor("khanh"), entry_id=asked, version=1, question="Ai làm cùng?")
    early = make_early_harvest(season_id=season, household_id=cast.household)
    struck = make_entry(season_id=season)
    services.strike_entry(cast.actor("an"), entry_id=struck, reason="Ghi hai lần")
    phone = [
        "/diary/", f"/diary/seasons/{season}/", f"/diary/seasons/{season}/work/SPRAYING/?input={bottle}",
        f"/diary/seasons/{season}/harvest/", f"/diary/seasons/{season}/hazard/", "/diary/inputs/", "/diary/inputs/new/",
        f"/diary/entries/{asked}/", f"/diary/entries/{early}/", f"/diary/entries/{early}/correction/",
        f"/diary/entries/{bottle}/correction/", f"/diary/entries/{struck}/", f"/diary/entries/{early}/strike/",
        "/diary/inputs/list/",
    ]  # fmt: skip
    desk = ["/diary/checks/", f"/diary/entries/{early}/", f"/diary/seasons/{season}/"]
    an, khanh = cast.client("an"), cast.client("khanh")
    return {path: an.get(path) for path in phone}, {path: khanh.get(path) for path in desk}


def test_screens_in_a_real_browser(cast: Cast, season: UUID) -> None:
    phone, desk = pages(cast, season)
    assert [answer.status_code for answer in (*phone.values(), *desk.values())] == [200] * (len(phone) + len(desk))
    assert faults_on_screen(phone, widths=(360,)) == []
    assert faults_on_screen(desk, widths=(360, 1280)) == []


def test_form_pages_weigh_at_most_8_kb(cast: Cast, season: UUID) -> None:
    phone, _desk = pages(cast, season)
    weights = {path: len(gzip.compress(answer.content)) for path, answer in phone.items()}
    assert max(weights.values()) < 8 * 1024, weights
