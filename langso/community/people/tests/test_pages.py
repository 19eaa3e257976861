"""The pages, with the cast of the tests."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from langso.community.people import queries, services
from langso.community.people.models import DuplicatePair, Person, RecordAccess
from langso.community.people.testing import make_household, make_household_class, make_person
from langso.community.people.tests.soundness import assert_sound
from langso.kernel import clock
from langso.kernel.access.actors import system

pytestmark = pytest.mark.django_db
SYSTEM = system("03390")


@pytest.fixture
def desk(cast):
    """The officer's browser, with a purpose said."""
    client = cast.client("dung")
    client.post("/people/purpose/", {"purpose": "SERVICE", "remark": "Hồ sơ 12", "next": "/people/"})
    return client


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_list_finds_without_marks_and_shows_little(cast, desk):
    make_person(name="Vàng Thị Mỷ", birth_year=1990, phone="0912345678", ethnicity="08")
    page = text(desk.get("/people/?q=vang my"))
    assert "Vàng Thị Mỷ" in page
    assert "1990" in page
    assert "1.990" not in page
    assert "0912" not in page
    assert "Lò Văn An" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sex=FEMALE", {"Bà Sáu Mươi"}),
        ("age=60%2B", {"Bà Sáu Mươi"}),
        ("ethnicity=08", {"Bà Sáu Mươi"}),
        ("household_class=POOR", {"Bà Sáu Mươi"}),
        ("state=GONE", {"Người Đi Xa"}),
        ("state=DIED", {"Người Đã Mất"}),
        ("state=ALL", {"Bà Sáu Mươi", "Người Đi Xa", "Người Đã Mất"}),
        ("", {"Bà Sáu Mươi"}),
    ],
)
def test_filters(cast, desk, query, found):
    home = make_household()
    make_person(name="Bà Sáu Mươi", sex="FEMALE", birth_date=date(1950, 1, 1), ethnicity="08", household_id=home)
    make_household_class(household_id=home, kind="POOR")
    services.move_out(SYSTEM, person_id=make_person(name="Người Đi Xa"), on_date=date(2026, 1, 1))
    services.record_death(SYSTEM, person_id=make_person(name="Người Đã Mất"), on_date=date(2026, 1, 1))
    page = text(desk.get(f"/people/?{query}"))
    assert {name for name in ("Bà Sáu Mươi", "Người Đi Xa", "Người Đã Mất") if name in page} == found


def test_a_helper_picks_whom_to_help_and_opens_nothing(cast):
    client = cast.client("giang")
    page = text(client.get("/people/?q=lo van an"))
    assert f"{reverse('accounts:assist-start')}?person_id={cast.person('an')}" in page
    assert client.get(f"/people/{cast.person('an')}/").status_code == 403
    assert client.get("/people/?format=csv").status_code == 403
    assert not RecordAccess.objects.exists()


def test_a_record_opens_only_after_a_purpose_and_for_a_quarter_of_an_hour(cast):
    client, url = cast.client("dung"), f"/people/{cast.person('an')}/"
    asked = client.get(url)
    assert asked.status_code == 200
    assert "id_remark" in text(asked)
    assert "0500" not in text(asked)
    assert not RecordAccess.objects.exists()
    answer = client.post("/people/purpose/", {"purpose": "OTHER", "next": url})
    assert answer.status_code == 422, "“something else” must be explained"
    answer = client.post("/people/purpose/", {"purpose": "OTHER", "remark": "Tìm giấy tờ rơi", "next": url})
    assert answer["Location"] == url
    assert "0500 000 000" in text(client.get(url))
    line = RecordAccess.objects.get()
    assert (line.person_id, line.purpose, line.remark) == (cast.person("an"), "OTHER", "Tìm giấy tờ rơi")
    assert (line.actor_name, line.role, line.organisation_name) == ("Trần Văn Dũng", "OFFICER", "UBND xã Bình Lư")
    with time_machine.travel(clock.now() + timedelta(minutes=15, seconds=1)):
        assert "0500 000 000" not in text(client.get(url))
    assert RecordAccess.objects.count() == 1


def test_the_question_leads_to_no_other_site(cast):
    client = cast.client("dung")
    answer = client.post("/people/purpose/", {"purpose": "SERVICE", "next": "https://example.vn/"})
    assert answer["Location"] == "/people/"


def test_the_personal_number_is_masked_until_it_is_asked_for(cast, desk):
    person = make_person(sex="MALE", birth_year=1990, personal_number="012090123456")
    page = text(desk.get(f"/people/{person}/"))
    assert "•••• •••• 3456" in page
    assert "012090123456" not in page
    assert "012090123456" in text(desk.get(f"/people/{person}/?number=1"))
    assert list(RecordAccess.objects.order_by("read_at").values_list("saw_number", flat=True)) == [False, True]


def test_the_resident_sees_who_looked(cast, desk):
    desk.get(f"/people/{cast.person('an')}/")
    client = cast.client("an")
    page = text(client.get("/people/me/access-log/"))
    assert "Trần Văn Dũng" in page
    assert "UBND xã Bình Lư" in page
    assert "Hồ sơ 12" in page
    assert "Trần Văn Dũng" not in text(cast.client("chi").get("/people/me/access-log/"))


def test_a_resident_sees_the_own_data_and_household_without_leaving_a_line(cast):
    page = text(cast.client("binh").get("/people/me/"))
    assert "Lò Thị Bình" in page
    assert "Lò Văn An" in page
    assert "Vàng Thị Chi" not in page
    assert not RecordAccess.objects.exists()


def test_a_helper_in_the_residents_name_leaves_a_line(cast):
    client = cast.client("giang")
    client.post(reverse("accounts:assist-start"), {"person_id": str(cast.person("an"))})
    assert "Lò Văn An" in text(client.get("/people/me/"))
    line = RecordAccess.objects.get()
    assert (line.person_id, line.way, line.actor_name) == (cast.person("an"), "ASSISTED", "Nguyễn Thị Giang")


def fields_of(**changed) -> dict[str, str]:
    return {
        "name": "Sùng A Páo",
        "sex": "MALE",
        "birth": "3/2/1990",
        "personal_number": "012 090 123 456",
        "came_by": "REGISTERED",
        **changed,
    }


def test_entering_a_person_with_a_new_household(cast, desk):
    sent = fields_of(village=str(cast.village), address="Đầu bản")
    once_more = desk.post("/people/new/", sent)
    assert once_more.status_code == 200
    assert "Sùng A Páo" in text(once_more)
    assert not Person.objects.filter(name="Sùng A Páo").exists()
    answer = desk.post("/people/new/", {**sent, "confirmed": "1"})
    person = Person.objects.get(name="Sùng A Páo")
    assert answer["Location"] == f"/people/{person.pk}/"
    assert (person.relation, person.personal_number, person.birth_date) == ("HEAD", "012090123456", date(1990, 2, 3))
    assert_sound()


def test_entering_a_person_into_a_household(cast, desk):
    code = queries.household_card(SYSTEM, household_id=cast.household).code
    desk.post("/people/new/", {**fields_of(household_code=code.lower(), relation="CHILD"), "confirmed": "1"})
    assert Person.objects.get(name="Sùng A Páo").household_id == cast.household
    assert_sound()


def test_an_unknown_code_without_a_village_is_refused_at_its_field(cast, desk):
    answer = desk.post("/people/new/", {**fields_of(household_code="X99"), "confirmed": "1"})
    assert answer.status_code == 422
    assert "id_household_code_error" in text(answer)


def test_faults_stand_at_their_fields_and_what_was_typed_stays(cast, desk):
    answer = desk.post("/people/new/", fields_of(personal_number="012190123456", village=str(cast.village)))
    assert answer.status_code == 422
    assert "id_personal_number_error" in text(answer)
    assert "Sùng A Páo" in text(answer)


def test_like_records_are_shown_before_a_second_one_is_made(cast, desk):
    known = make_person(name="Sùng A Páo", birth_date=date(1990, 2, 3))
    sent = fields_of(personal_number="", village=str(cast.village))
    refused = desk.post("/people/new/", {**sent, "confirmed": "1"})
    assert refused.status_code == 422
    once_more = text(desk.post("/people/new/", sent))
    assert f"/people/{known}/" in once_more
    assert 'name="seen"' in once_more
    assert desk.post("/people/new/", {**sent, "confirmed": "1", "seen": "1"}).status_code == 302
    assert DuplicatePair.objects.count() == 1


def test_a_scanned_card_finds_the_person_or_fills_the_form(cast, desk):
    card = "012090123456|045123456|SÙNG A PÁO|03021990|Nam|Bình Lư, Lai Châu|01012022"
    assert desk.post("/people/lookup/", {"typed": card})["Location"] == "/people/new/"
    page = text(desk.get("/people/new/"))
    assert 'value="Sùng A Páo"' in page
    assert 'value="012090123456"' in page
    known = make_person(name="Sùng A Páo", birth_date=date(1990, 2, 3), personal_number="012090123456")
    for typed in (card, "012 090 123 456"):
        assert desk.post("/people/lookup/", {"typed": typed})["Location"] == f"/people/{known}/"


def test_correcting(cast, desk):
    url = f"/people/{cast.person('an')}/correction/"
    page = text(desk.get(url))
    version = re.search(r'name="version" value="(\d+)"', page).group(1)
    sent = fields_of(name="Lò Văn Ân", personal_number="", version=version)
    assert desk.post(url, sent).status_code == 422, "a reason is needed"
    assert desk.post(url, {**sent, "reason": "Theo căn cước"}).status_code == 302
    assert Person.objects.get(pk=cast.person("an")).name == "Lò Văn Ân"
    assert desk.post(url, {**sent, "reason": "Lần nữa"}).status_code == 422, "somebody changed it meanwhile"


def test_moving_away_asks_a_head_for_the_next(cast, desk):
    url = f"/people/{cast.person('an')}/departure/"
    assert "Lò Thị Bình" in text(desk.get(url))
    sent = {"on_date": "2026-11-01", "left_for": "Hà Nội"}
    assert desk.post(url, sent).status_code == 422
    sent["next_head"] = str(cast.person("binh"))
    assert desk.post(url, sent).status_code == 200
    assert queries.household_of(cast.person("an")) == cast.household
    assert desk.post(url, {**sent, "confirmed": "1"}).status_code == 302
    assert queries.household_of(cast.person("an")) is None
    code = queries.household_card(SYSTEM, household_id=cast.household).code
    back = {"household_code": code, "relation": "SPOUSE", "from_date": "2026-11-02", "confirmed": "1"}
    assert desk.post(f"/people/{cast.person('an')}/arrival/", back).status_code == 302
    assert queries.household_of(cast.person("an")) == cast.household
    assert_sound()


def test_moving_house_and_death(cast, desk):
    code = queries.household_card(SYSTEM, household_id=cast.other_household).code
    url = f"/people/{cast.person('binh')}/household/"
    sent = {"household_code": "??", "relation": "RELATIVE", "on_date": "2026-11-01", "confirmed": "1"}
    assert desk.post(url, sent).status_code == 422
    assert desk.post(url, {**sent, "household_code": code}).status_code == 302
    assert queries.household_of(cast.person("binh")) == cast.other_household
    url = f"/people/{cast.person('binh')}/death/"
    assert desk.post(url, {"on_date": "2999-01-01", "confirmed": "1"}).status_code == 422
    assert desk.post(url, {"on_date": "2026-11-02", "confirmed": "1"}).status_code == 302
    assert queries.person_card(SYSTEM, person_id=cast.person("binh")).has_died
    assert_sound()


def test_household_pages(cast, desk):
    base = f"/people/households/{cast.household}"
    assert "Lò Thị Bình" in text(desk.get(f"{base}/"))
    head = {"head": str(cast.person("binh")), "on_date": "2026-11-01", "confirmed": "1"}
    assert desk.post(f"{base}/head/", head).status_code == 302
    relation = f"relation-{cast.person('an')}"
    assert desk.post(f"{base}/relations/", {relation: "PARENT"}).status_code == 302
    assert queries.person_card(SYSTEM, person_id=cast.person("an")).relation == "PARENT"
    status = {"kind": "POOR", "from_date": "2026-01-01", "decision": "QĐ 12", "confirmed": "1"}
    assert desk.post(f"{base}/status/", status).status_code == 302
    split = {
        "members": [str(cast.person("an"))],
        "head": str(cast.person("an")),
        "on_date": "2026-11-02",
        "village": str(cast.village),
    }
    assert "Lò Văn An" in text(desk.post(f"{base}/split/", split))
    assert desk.post(f"{base}/split/", {**split, "confirmed": "1"}).status_code == 302
    assert queries.household_of(cast.person("an")) != cast.household
    page = text(desk.get(f"{base}/"))
    assert "QĐ 12" in page
    version = re.search(r'name="version" value="(\d+)"', text(desk.get(f"{base}/correction/"))).group(1)
    code = {"code": "BL-1", "village": str(cast.village), "address": "", "reason": "Mã mới", "version": version}
    assert desk.post(f"{base}/correction/", code).status_code == 302
    assert "BL-1" in text(desk.get("/people/households/?q=binh"))
    assert_sound()


def test_deciding_about_a_pair(cast, desk):
    first = make_person(name="Sùng A Páo", birth_date=date(1990, 2, 3), phone="0912345678")
    second = make_person(name="Sùng A Pao", birth_date=date(1990, 2, 3), phone="0987654321")
    pair = DuplicatePair.objects.get()
    assert "Sùng A Pao" in text(desk.get("/people/duplicates/"))
    page = text(desk.get(f"/people/duplicates/{pair.pk}/"))
    assert "0987 654 321" in page
    left = pair.first_id
    sent = {"kept": "first", "name": "first", "phone": "second", "reason": "Một người"}
    assert desk.post(f"/people/duplicates/{pair.pk}/", sent)["Location"] == f"/people/{left}/"
    kept = Person.objects.get(pk=left)
    other = Person.objects.exclude(pk=left).get(pk__in=[first, second])
    assert (kept.phone, other.merged_into_id) == (other.phone, left)
    undo = re.search(r'action="(/people/merges/[^"]+)"', text(desk.get(f"/people/{left}/"))).group(1)
    assert desk.post(undo)["Location"] == f"/people/{left}/"
    assert Person.objects.get(pk=other.pk).merged_into_id is None
    assert desk.post(f"/people/duplicates/{pair.pk}/difference/", {"different-reason": "Hai người"}).status_code == 302
    assert "Sùng A Pao" not in text(desk.get("/people/duplicates/"))
    assert_sound()


def test_the_file_needs_a_purpose_and_is_written_down_for_everybody_in_it(cast):
    client = cast.client("dung")
    assert client.get("/people/?format=csv")["Location"].startswith("/people/purpose/")
    client.post("/people/purpose/", {"purpose": "STATISTICS", "next": "/people/"})
    file = client.get("/people/?format=csv&q=lo").content.decode("utf-8-sig")
    rows = file.strip().splitlines()
    assert len(rows) == 3
    assert "Lò Thị Bình" in file
    logged = RecordAccess.objects.filter(way="EXPORT")
    assert set(logged.values_list("person_id", flat=True)) == {cast.person("an"), cast.person("binh")}
    assert len(set(logged.values_list("act", flat=True))) == 1
