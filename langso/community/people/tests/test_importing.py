"""Importing a register through the engine: reading, mending, refusing, undoing, exporting."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from langso.community.people import queries, services
from langso.community.people.importers import RegisterImporter
from langso.community.people.importers.rows import read_row
from langso.community.people.models import DuplicatePair, Household, HouseholdStatus, Person, RecordAccess
from langso.community.people.rules.details import faults_of
from langso.community.people.rules.words import RELATION_WORDS, bare_village
from langso.community.people.testing import make_household, make_person
from langso.community.people.tests.soundness import assert_sound
from langso.community.people.texts import FIELDS, RELATIONS
from langso.community.places.testing import make_village
from langso.kernel import clock
from langso.kernel.access.actors import Actor, Membership, Role, system
from langso.kernel.accounts.testing import make_account
from langso.kernel.ids import new_id
from langso.kernel.imports import queries as imports
from langso.kernel.imports import services as runs
from langso.kernel.imports.importer import Row
from langso.kernel.imports.models import ImportRun, Mode, State
from langso.kernel.imports.testing import check_file, import_file, state_of, work_off
from langso.kernel.imports.writing import FileFormat
from langso.kernel.journal.models import Entry
from langso.kernel.search import queries as search

pytestmark = pytest.mark.django_db
KIND = RegisterImporter.kind
HEADING = "Mã hộ,Thôn,Họ và tên,Quan hệ với chủ hộ,Giới tính,Ngày sinh,Dân tộc,Số CCCD,Điện thoại,Diện hộ"
OFFICER = Actor(
    account_id=new_id(), name="Dũng", commune="03390", memberships=(Membership(Role.OFFICER, new_id(), "03390"),)
)
SYSTEM = system("03390")


def table(*rows: str) -> bytes:
    return "\n".join([HEADING, *rows]).encode()


def told(run_id) -> dict[int, list[tuple[str, str]]]:
    """Row number -> (field, sentence) of everything that was noted."""
    return {
        result.number: [(field, sentence) for _problem, field, _value, sentence in result.notes]
        for result in imports.rows(OFFICER, run_id=run_id)
    }


def counts(run_id) -> tuple[int, int, int, int]:
    run = ImportRun.objects.get(pk=run_id)
    return run.accepted, run.repaired, run.refused, run.present


GOOD = table(
    "H1,Bản 1,Lò Văn An,chủ hộ,nam,31/01/1970,Thái,012070123456,0912345678,hộ nghèo",
    "H1,Bản 1,Vàng Thị Mỷ,vợ,nữ,1975,Mông,,,",
    "H2,Bản 2,Sùng A Páo,chủ hộ,nam,1980,08,,,",
)


@pytest.fixture(autouse=True)
def villages():
    for number in (1, 2):
        make_village(name=f"Bản {number}")


def test_a_good_list_becomes_people_households_search_and_journal():
    run_id = import_file(OFFICER, kind=KIND, content=GOOD)
    assert state_of(run_id) == State.DONE
    assert counts(run_id) == (2, 1, 0, 0), "the class without a day is a repair"
    an = Person.objects.get(name="Lò Văn An")
    assert (an.birth_date, an.ethnicity, an.phone) == (date(1970, 1, 31), "03", "+84912345678")
    assert [(card.name, card.relation) for card in queries.household_members(an.household_id)] == [
        ("Lò Văn An", "HEAD"),
        ("Vàng Thị Mỷ", "SPOUSE"),
    ]
    status = HouseholdStatus.objects.get()
    assert (status.kind, status.from_date) == ("POOR", date(clock.today().year, 1, 1))
    assert list(search.matching(kind="people.person", typed="vang my")) == [Person.objects.get(birth_year=1975).pk]
    kinds = list(Entry.objects.filter(kind__startswith="community.people").values_list("kind", flat=True))
    assert kinds.count("community.people.person_registered.v1") == 3
    assert kinds.count("community.people.household_formed.v1") == 2
    assert_sound()


def test_the_same_list_again_adds_nothing_and_a_change_is_refused_by_name():
    import_file(OFFICER, kind=KIND, content=GOOD)
    assert counts(check_file(OFFICER, kind=KIND, content=GOOD)) == (0, 0, 0, 3)
    changed = GOOD.replace(b"0912345678", b"0987654321")
    run_id = check_file(OFFICER, kind=KIND, content=changed)
    assert counts(run_id) == (0, 0, 1, 2)
    [(field, sentence)] = told(run_id)[2]
    assert field == ""
    assert str(FIELDS["phone"]) in sentence
    assert Person.objects.count() == 3


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        ("H1,Bản 9,Lò Văn An,chủ hộ,nam,1970,,,,", ["village"]),
        ("H1,,Lò Văn An,chủ hộ,nam,1970,,,,", ["village"]),
        ("H1,Bản 1,L0,chủ hộ,nam,1970,,,,", ["name"]),
        ("H1,Bản 1,Lò An,trưởng,nam,1970,,,,", ["relation"]),
        ("H1,Bản 1,Lò An,cháu,nam,1970,,,,", ["relation"]),
        ("H1,Bản 1,Lò An,chủ hộ,trai,1970,,,,", ["sex"]),
        ("H1,Bản 1,Lò An,chủ hộ,nam,31/2/1970,,,,", ["birth"]),
        ("H1,Bản 1,Lò An,chủ hộ,nam,2070,,,,", ["birth"]),
        ("H1,Bản 1,Lò An,chủ hộ,nam,1970,Người Hỏa,,,", ["ethnicity"]),
        ("H1,Bản 1,Lò An,chủ hộ,nam,1970,,012170123456,,", ["personal_number"]),
        ("H1,Bản 1,Lò An,chủ hộ,nam,1970,,045123456,,", ["personal_number"]),
        ("H1,Bản 1,Lò An,chủ hộ,nam,1970,,,115,", ["phone"]),
        ("H1,Bản 1,Lò An,chủ hộ,nam,1970,,,,giàu", ["household_class"]),
        ("H1,Bản 1,Lò An,chủ hộ,trai,2070,,,,", ["sex", "birth"]),
    ],
)
def test_every_fault_is_told_at_its_field(row, fields):
    run_id = check_file(OFFICER, kind=KIND, content=table(row))
    assert counts(run_id) == (0, 0, 1, 0)
    assert [field for field, _ in told(run_id)[2]] == fields
    assert all(len(sentence) > 15 for _, sentence in told(run_id)[2])


def test_what_can_only_mean_one_thing_is_mended_and_told():
    run_id = import_file(OFFICER, kind=KIND, content=table("H1,Bản 1,LÒ VĂN AN,chủ hộ,,,,12070123456,0168 123 4567,"))
    assert counts(run_id) == (0, 1, 0, 0)
    assert [field for field, _ in told(run_id)[2]] == ["personal_number", "sex", "birth", "name", "phone"]
    person = Person.objects.get()
    assert (person.name, person.sex, person.birth_year) == ("Lò Văn An", "MALE", 1970)
    assert (person.personal_number, person.phone) == ("012070123456", "+84381234567")


def test_a_household_has_one_head_and_one_village():
    run_id = import_file(
        OFFICER,
        kind=KIND,
        content=table(
            "H1,Bản 1,Lò Văn An,chủ hộ,nam,1970,,,,",
            "H1,Bản 1,Lò Văn Hai,chủ hộ,nam,1971,,,,",
            "H1,Bản 2,Lò Văn Ba,con,nam,1972,,,,",
            "H1,,Lò Văn Tư,con,nam,1973,,,,",
            "H2,Bản 2,Lò Văn Năm,con,nam,1974,,,,",
            "H2,Bản 2,Lò Văn Sáu,,nam,1975,,,,",
        ),
    )
    notes = told(run_id)
    assert [notes[number][0][0] for number in (3, 4, 6)] == ["relation", "village", "relation"]
    assert Person.objects.get(name="Lò Văn Năm").relation == "HEAD", "without a head the first one becomes it"
    assert Person.objects.get(name="Lò Văn Sáu").relation == "UNKNOWN"
    assert Person.objects.get(name="Lò Văn Tư").household.village.name == "Bản 1"
    assert counts(run_id) == (3, 1, 2, 0)
    assert_sound()


def test_a_household_is_judged_as_one_across_the_batches_of_a_check(monkeypatch):
    """Row 2 is its head and names its village; the others come so late that another batch holds them."""
    size = 20
    monkeypatch.setattr(RegisterImporter, "batch_size", size)
    between = [f"F{number},Bản 2,Sùng A Páo,chủ hộ,nam,1980,Thái,,," for number in range(size)]
    first = "H1,Bản 1,Lò Văn An,chủ hộ,nam,1970,Thái,,,"
    later = ("H1,,Lò Thị Bé,con,nữ,2005,Thái,,,", "H1,Bản 1,Lò Văn Ba,chủ hộ,nam,1985,Thái,,,")
    run_id = check_file(OFFICER, kind=KIND, content=table(first, *between, *later))
    assert counts(run_id) == (size + 2, 0, 1, 0)
    assert list(told(run_id)) == [size + 4]
    runs.start(OFFICER, run_id=run_id, mode=Mode.GOOD_ROWS)
    work_off(run_id)
    assert counts(run_id) == (size + 2, 0, 1, 0)


def test_people_join_a_household_that_is_here_and_its_head_stays():
    home = make_household(code="H7")
    head = make_person(household_id=home)
    run_id = import_file(
        OFFICER,
        kind=KIND,
        content=table("h7,,Lò Văn Ba,con,nam,1999,,,,", "H7,,Lò Văn Tư,chủ hộ,nam,1998,,,,"),
    )
    assert counts(run_id) == (1, 0, 1, 0)
    assert {card.relation for card in queries.household_members(home)} == {"HEAD", "CHILD"}
    assert queries.household_card(SYSTEM, household_id=home).head_id == head
    assert_sound()


def test_like_people_of_a_list_wait_in_the_queue():
    make_person(name="Lò Văn An", birth_date=date(1970, 1, 31))
    import_file(OFFICER, kind=KIND, content=GOOD)
    assert DuplicatePair.objects.get().grounds[0] == "SAME_NAME_AND_DATE"


def test_undo_takes_back_what_nobody_changed_or_used():
    run_id = import_file(
        OFFICER,
        kind=KIND,
        content=table(
            "H1,Bản 1,Lò Văn Một,chủ hộ,nam,1970,,,,",
            "H1,Bản 1,Lò Văn Hai,con,nam,1990,,,,",
            "H2,Bản 1,Lò Văn Ba,chủ hộ,nam,1970,,,,",
            "H3,Bản 1,Lò Văn Bốn,chủ hộ,nam,1970,,,,",
            "H4,Bản 1,Lò Văn Năm,chủ hộ,nam,1970,,,,",
            "H4,Bản 1,Lò Văn Sáu,con,nam,1990,,,,",
        ),
    )
    by_name = {person.name: person for person in Person.objects.all()}
    services.open_record(OFFICER, person_id=by_name["Lò Văn Ba"].pk, purpose="RESIDENCE")
    moved = by_name["Lò Văn Hai"]
    services.move_out(SYSTEM, person_id=moved.pk, on_date=clock.today())
    make_account(person_id=by_name["Lò Văn Bốn"].pk)
    runs.undo(OFFICER, run_id=run_id)
    work_off(run_id)
    assert state_of(run_id) == State.PARTLY_UNDONE
    assert set(Person.objects.values_list("name", flat=True)) == {"Lò Văn Hai", "Lò Văn Bốn"}
    assert set(Household.objects.values_list("code", flat=True)) == {"H1", "H3"}, "H1 has a history"
    assert not search.matching(kind="people.person", typed="lo van ba").exists()
    assert RecordAccess.objects.filter(person_id=by_name["Lò Văn Ba"].pk).exists(), "the log outlives the record"
    assert_sound()


def test_a_head_stays_while_somebody_else_lives_there():
    run_id = import_file(OFFICER, kind=KIND, content=GOOD)
    home = Household.objects.get(code="H2")
    make_person(household_id=home.pk)
    runs.undo(OFFICER, run_id=run_id)
    work_off(run_id)
    assert set(Person.objects.filter(household=home).values_list("relation", flat=True)) == {"HEAD", "UNKNOWN"}
    assert_sound()


def test_a_household_that_another_domain_uses_stays():
    run_id = import_file(OFFICER, kind=KIND, content=GOOD)
    used = Household.objects.get(code="H2").pk

    @services.ask_before_withdrawing
    def land(ids):
        return [pk for pk in ids if pk == used]

    runs.undo(OFFICER, run_id=run_id)
    work_off(run_id)
    assert list(Household.objects.values_list("pk", flat=True)) == [used]
    assert Household.objects.get().closed_date is None


def test_all_or_nothing_leaves_nothing():
    content = GOOD + b"\nH9,,No Village,,nam,1990,,,,"
    run_id = check_file(OFFICER, kind=KIND, content=content)
    with pytest.raises(runs.SomeRowsRefused):
        runs.start(OFFICER, run_id=run_id, mode=Mode.ALL_OR_NOTHING)
    assert Person.objects.count() == 0


@pytest.mark.parametrize("file_format", list(FileFormat))
def test_the_exported_file_is_taken_again_and_everybody_in_it_can_read_so(file_format):
    import_file(OFFICER, kind=KIND, content=GOOD)
    content = runs.export(OFFICER, kind=KIND, file_format=file_format)
    again = check_file(OFFICER, kind=KIND, content=content, name=f"register.{file_format.value}")
    assert counts(again) == (0, 0, 0, 3)
    lines = RecordAccess.objects.filter(way="EXPORT")
    assert lines.count() == 3
    assert all(line.saw_number and line.purpose == "WHOLE_REGISTER" for line in lines)


def test_every_relation_of_the_screens_can_be_read_back():
    for language in ("vi", "en"):
        with translation.override(language):
            for code, word in RELATIONS.items():
                assert RELATION_WORDS[str(word).lower()] == code


@pytest.mark.parametrize(
    ("name", "bare"), [("Bản Nà Đon", "na don"), ("Tổ dân phố số 3", "so 3"), ("Thôn 5", "5"), ("Bãi Bằng", "bai bang")]
)
def test_bare_village_names(name, bare):
    assert bare_village(name) == bare


@given(
    st.fixed_dictionaries(
        {
            field.name: st.text(max_size=20) | st.sampled_from(["nam", "1990", "012090123456", "0912345678", "Thái"])
            for field in RegisterImporter.fields
        }
    )
)
def test_any_row_is_either_faultless_or_told_why(cells):
    read = read_row(Row(2, cells, {}), today=clock.today())
    faulty = bool(faults_of(read.details, today=clock.today()))
    assert not faulty or read.reading.problems
    assert all(str(note.text) for note in [*read.reading.problems, *read.reading.repairs])
