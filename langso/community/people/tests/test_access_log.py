"""Nobody of the staff sees a resident's record without leaving a line that the resident can read."""

from datetime import timedelta

import pytest
from django.urls import get_resolver

from langso.community.people import queries, services
from langso.community.people.models import DuplicatePair, RecordAccess
from langso.community.people.purposes import ON_DESK
from langso.community.people.testing import make_household, make_person
from langso.community.people.texts import ROLES
from langso.community.people.urls import urlpatterns
from langso.kernel import clock
from langso.kernel.access.actors import Actor, Membership, Role, system
from langso.kernel.ids import new_id
from langso.kernel.journal.models import Entry

pytestmark = pytest.mark.django_db
SECRETS = ("0977 123 456", "Nhà cuối bản Nà Đon")

PICKING = {"list", "households", "duplicates", "new", "purpose", "visits", "visit"}
"""Pages that show no more than what it takes to pick a person."""
OWN = {"me", "access-log"}
ACTS = {"lookup", "pair-different", "merge-undoing"}
"""Addresses that only take acts and show nothing."""


@pytest.fixture
def marked(cast):
    """A person whose phone and address stand nowhere else, in a pair that waits."""
    village = cast.village
    household = make_household(village_id=village, address=SECRETS[1])
    person = make_person(name="Sùng A Páo", household_id=household, phone="0977123456")
    make_person(name="Sùng A Páo", household_id=household, relation="CHILD")
    return {
        "person_id": person,
        "household_id": household,
        "pair_id": DuplicatePair.objects.get().pk,
        "merge_id": new_id(),
    }


def addresses(marked) -> dict[str, str]:
    """Every page of the register that can be read, by name."""
    found = {}
    for pattern in urlpatterns:
        wanted = {name: marked[name] for name in pattern.pattern.converters}
        found[pattern.name] = "/people/" + get_resolver("langso.community.people.urls").reverse(pattern.name, **wanted)
    return {name: url for name, url in found.items() if name not in ACTS | OWN}


def test_every_page_that_shows_a_record_writes_a_line(cast, marked):
    client = cast.client("dung")
    client.post("/people/purpose/", {"purpose": "SERVICE", "next": "/people/"})
    pages = addresses(marked)
    assert len(pages) == len(urlpatterns) - len(ACTS) - len(OWN) >= 18
    for name, url in pages.items():
        before = RecordAccess.objects.filter(person_id=marked["person_id"]).count()
        answer = client.get(url)
        assert answer.status_code == 200, (name, answer.status_code)
        written = RecordAccess.objects.filter(person_id=marked["person_id"]).count() - before
        shows = any(secret in answer.content.decode() for secret in SECRETS)
        if name in PICKING:
            assert not shows, f"{name} shows a record without a line"
        else:
            assert written >= 1, f"{name} opened a record without a line"


def test_without_a_purpose_no_page_shows_a_record(cast, marked):
    client = cast.client("dung")
    for name, url in addresses(marked).items():
        page = client.get(url).content.decode()
        assert not any(secret in page for secret in SECRETS), name
    for url in (f"/api/people/{marked['person_id']}", f"/api/households/{marked['household_id']}"):
        assert client.get(url).status_code == 422
    assert not RecordAccess.objects.exists()


def test_the_api_writes_lines_too(cast, marked):
    client = cast.client("dung")
    record = client.get(f"/api/people/{marked['person_id']}", {"purpose": "HEALTH", "remark": "Tiêm"}).json()
    assert record["phone"] == "+84977123456"
    client.get(f"/api/households/{marked['household_id']}", {"purpose": "HEALTH"})
    lines = RecordAccess.objects.filter(person_id=marked["person_id"])
    assert [(line.way, line.purpose) for line in lines] == [("API", "HEALTH")] * 2
    found = client.get("/api/people", {"q": "sung pao"}).json()["items"]
    assert {"id", "name", "birth_year", "village"} == set(found[0])


def officer(**more) -> Actor:
    held = (
        Membership(Role.INSPECTOR, new_id(), "03390", "", "Hợp tác xã"),
        Membership(Role.OFFICER, new_id(), "03390", "", "UBND xã"),
    )
    return Actor(account_id=new_id(), name="Trần Dũng", commune="03390", memberships=held, **more)


def test_a_line_says_who_as_what_and_what_for_and_is_in_the_journal():
    person = make_person()
    actor = officer()
    services.open_record(actor, person_id=person, purpose="SUPPORT", remark="Hỗ trợ Tết")
    resident = Actor(account_id=new_id(), person_id=person, commune="03390")
    line = queries.own_access_log(resident).lines[0]
    assert (line.name, str(line.role), line.organisation) == ("Trần Dũng", str(ROLES["OFFICER"]), "UBND xã")
    assert line.remark == "Hỗ trợ Tết"
    entry = Entry.objects.get(kind="community.people.records_opened.v1")
    assert entry.body["person_ids"] == [str(person)]
    assert entry.body["act"] == str(RecordAccess.objects.get().act)
    assert (entry.actor, entry.reason) == (actor.account_id, "Hỗ trợ Tết")


def test_a_household_opened_is_a_line_for_everybody_it_names_also_former_members():
    household = make_household()
    head, gone = make_person(household_id=household), make_person(household_id=household)
    services.move_out(system("03390"), person_id=gone, on_date=clock.today())
    services.open_household(officer(), household_id=household, purpose="SERVICE")
    assert set(RecordAccess.objects.values_list("person_id", flat=True)) == {head, gone}
    assert RecordAccess.objects.values("act").distinct().count() == 1


def test_lines_of_merged_records_are_shown_to_the_one_who_was_kept():
    kept, merged = make_person(name="Lò Văn Tình"), make_person(name="Lò Văn Tình")
    services.open_record(officer(), person_id=merged, purpose="SERVICE")
    services.merge_persons(system("03390"), kept_id=kept, merged_id=merged)
    services.open_record(officer(), person_id=merged, purpose="SERVICE")
    resident = Actor(account_id=new_id(), person_id=kept, commune="03390")
    assert queries.own_access_log(resident).count == 2


def test_the_log_has_pages_newest_first():
    person = make_person()
    for number in range(31):
        services.open_record(officer(), person_id=person, purpose="OTHER", remark=f"lần {number}")
    resident = Actor(account_id=new_id(), person_id=person, commune="03390")
    first, second, beyond = (queries.own_access_log(resident, page=page) for page in (1, 2, 99))
    assert (len(first.lines), first.lines[0].remark) == (30, "lần 30")
    assert [line.remark for line in second.lines] == ["lần 0"]
    assert beyond == second


@pytest.mark.parametrize("purpose", ["", "CURIOSITY", "ASSISTED"])
def test_purposes_that_are_not_on_the_desk_open_nothing(purpose):
    person = make_person()
    with pytest.raises(services.PurposeNeeded):
        services.open_record(officer(), person_id=person, purpose=purpose)
    with pytest.raises(services.RemarkNeeded):
        services.open_record(officer(), person_id=person, purpose="OTHER", remark=" ")
    assert not RecordAccess.objects.exists()


def test_every_purpose_of_the_desk_opens():
    person = make_person()
    for purpose in ON_DESK:
        services.open_record(officer(), person_id=person, purpose=purpose.code, remark="x")
    assert RecordAccess.objects.count() == len(ON_DESK) == 9


def test_a_said_purpose_counts_for_that_account_and_commune_only(cast):
    client = cast.client("dung")
    client.post("/people/purpose/", {"purpose": "SERVICE", "next": "/people/"})
    session = client.session
    session["people.purpose"] = {**session["people.purpose"], "commune": "03405"}
    session.save()
    assert "id_purpose" in client.get(f"/people/{cast.person('an')}/").content.decode()
    assert not RecordAccess.objects.filter(read_at__gt=clock.now() - timedelta(days=1)).exists()
