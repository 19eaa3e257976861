"""The pure rules."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from langso.community.people.rules.cards import read_card
from langso.community.people.rules.codes import ETHNICITIES, ETHNICITY_CODES, Ground, Relation, Sex
from langso.community.people.rules.dates import AGE_BANDS, Birth, age, birth_years, read_birth
from langso.community.people.rules.details import PersonDetails, faults_of, tidied
from langso.community.people.rules.likeness import Likened, grounds_of, weight_of
from langso.community.people.rules.names import alike, is_a_name, one_slip_apart, tidy_name
from langso.community.people.rules.personal_number import (
    PROVINCES_OF_BIRTH,
    NumberFault,
    contradiction,
    facts_of,
    fault_of,
    masked,
    with_lost_zeros,
)
from langso.community.people.rules.phones import read_phone
from langso.community.people.rules.relations import relation_to_new_head

TODAY = date(2026, 11, 21)


@st.composite
def good_numbers(draw, until: int = 2026) -> tuple[str, str, Sex, int]:
    """(number, province, sex, year) of well-formed numbers."""
    province = draw(st.sampled_from(sorted(PROVINCES_OF_BIRTH)))
    year = draw(st.integers(1900, until))
    sex = draw(st.sampled_from([Sex.MALE, Sex.FEMALE]))
    digit = (year - 1900) // 100 * 2 + (sex == Sex.FEMALE)
    return f"{province}{digit}{year % 100:02d}{draw(st.integers(0, 999_999)):06d}", province, sex, year


@given(good_numbers())
def test_a_well_formed_number_tells_province_sex_and_year(made):
    number, province, sex, year = made
    assert fault_of(number, this_year=2026) is None
    facts = facts_of(number)
    assert (facts.province_code, facts.sex, facts.birth_year) == (province, sex, year)
    assert contradiction(number, sex=sex, birth_year=year) is None
    assert contradiction(number, sex=Sex.UNKNOWN, birth_year=None) is None


@given(good_numbers(), st.integers(1900, 2026))
def test_a_number_contradicts_another_sex_or_year(made, year):
    number, _, sex, real = made
    other = Sex.MALE if sex == Sex.FEMALE else Sex.FEMALE
    assert contradiction(number, sex=other, birth_year=None) == NumberFault.SEX
    assert (contradiction(number, sex=sex, birth_year=year) == NumberFault.BIRTH_YEAR) == (year != real)


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("012390123456", NumberFault.FUTURE),
        ("012226123456", None),
        ("012227123456", NumberFault.FUTURE),
        ("003090123456", NumberFault.PROVINCE),
        ("045123456", NumberFault.OLD_CARD),
        ("01209012345", NumberFault.LENGTH),
        ("01209012345A", NumberFault.NOT_DIGITS),
        ("٠١٢٠٩٠١٢٣٤٥٦", NumberFault.NOT_DIGITS),
    ],
)
def test_faults_of_numbers(number, fault):
    assert fault_of(number, this_year=2026) == fault


def test_there_are_63_provinces_of_birth_and_54_peoples():
    assert len(PROVINCES_OF_BIRTH) == 63
    assert sorted(ETHNICITIES) == [f"{code:02d}" for code in range(1, 55)]
    assert len(set(ETHNICITIES.values())) == 54
    assert ETHNICITY_CODES[-2:] == ("55", "99")


@given(good_numbers())
def test_zeros_that_a_spreadsheet_dropped_come_back(made):
    number = made[0]
    assert with_lost_zeros(str(int(number))) == number
    assert with_lost_zeros("123456789") == "123456789"


def test_masking_leaves_four_digits():
    assert masked("012090123456") == "•••• •••• 3456"
    assert masked("") == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912 345 678", "+84912345678"),
        ("+84 (0)912.345.678", "+84912345678"),
        ("0168.123.4567", "+84381234567"),
        ("+84 120 123 4567", "+84701234567"),
        ("01991234567", "+84591234567"),
        ("0111 1234567", None),
        ("02133 123 456", None),
        ("113", None),
        ("abc", None),
    ],
)
def test_phones(typed, kept):
    assert read_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  LÒ  VĂN   AN ", "Lò Văn An"),
        ("lò văn an", "Lò Văn An"),
        ("H'Hen Niê", "H'Hen Niê"),
        ("H'HEN NIÊ", "H'Hen Niê"),
        ("Trần thị Bưởi", "Trần thị Bưởi"),
        ("Hoa\u0300ng", "Hoàng"),
        ("", ""),
    ],
)
def test_tidy_names(typed, name):
    assert tidy_name(typed) == name


@example("ß")
@example("ŉ")
@example("İ")
@given(st.text(max_size=60))
def test_tidying_twice_is_tidying_once(typed):
    assert tidy_name(tidy_name(typed)) == tidy_name(typed)


@pytest.mark.parametrize(
    ("name", "good"), [("Lò An", True), ("", False), ("12", False), ("An 2", False), ("A" * 121, False)]
)
def test_what_can_be_a_name(name, good):
    assert is_a_name(name) is good


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Lò Văn Tình", "Lo van Tinh", True),
        ("Lò Văn Tình", "Lò Tình", True),
        ("Lò Văn Tình", "Lò Văn Tín", True),
        ("Lò Văn Tình", "Lò Thị Tình", False),
        ("Lò Văn Tình", "Vàng Văn Tình", False),
        ("Lò Văn Tình", "Tình Lò Văn", True),
        ("Giàng A Sử", "Giàng A Sủ", True),
        ("", "Lò", False),
    ],
)
def test_alike_names(one, other, expected):
    assert alike(one, other) is expected
    assert alike(other, one) is expected


@given(st.text("0123456789", min_size=2, max_size=12), st.data())
def test_a_changed_or_swapped_digit_is_one_slip(number, data):
    place = data.draw(st.integers(0, len(number) - 2))
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert one_slip_apart(number, swapped) == (swapped != number)
    changed = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    assert one_slip_apart(number, changed)
    assert not one_slip_apart(number, number)
    assert not one_slip_apart(number, number + "0")


@pytest.mark.parametrize(
    ("typed", "birth"),
    [
        ("31/1/1990", Birth(date(1990, 1, 31), 1990)),
        ("31-01-1990", Birth(date(1990, 1, 31), 1990)),
        ("1990-01-31", Birth(date(1990, 1, 31), 1990)),
        ("1990-01-31 00:00:00", Birth(date(1990, 1, 31), 1990)),
        ("1990", Birth(None, 1990)),
        ("1990.0", Birth(None, 1990)),
        ("", Birth()),
        ("31/2/1990", None),
        ("90", None),
    ],
)
def test_birth_dates(typed, birth):
    assert read_birth(typed) == birth


@given(st.dates(date(1900, 1, 1), TODAY))
def test_age_is_in_exactly_one_band(born):
    years = age(Birth(born, born.year), today=TODAY)
    assert years is not None
    bands = [name for name, (low, high) in AGE_BANDS.items() if low <= years and (high is None or years <= high)]
    assert len(bands) == 1


@given(st.sampled_from(sorted(AGE_BANDS)), st.integers(1900, 2026))
def test_birth_years_of_a_band_agree_with_age_by_year(band, year):
    first, last = birth_years(band, today=TODAY)
    low, high = AGE_BANDS[band]
    reached = age(Birth(year=year), today=TODAY)
    assert ((first is None or year >= first) and year <= last) == (low <= reached and (high is None or reached <= high))


def test_faults_stand_at_their_fields():
    details = tidied(
        PersonDetails(
            name="7",
            sex=Sex.MALE,
            birth_date=date(2027, 1, 1),
            ethnicity="77",
            personal_number="012 190 123 456",
            phone="12",
            disability="X",
        )
    )
    assert {fault.field: fault.code for fault in faults_of(details, today=TODAY)} == {
        "name": "NAME",
        "birth_date": "BIRTH_FUTURE",
        "ethnicity": "ETHNICITY",
        "personal_number": "NUMBER_SEX",
        "phone": "PHONE",
        "disability": "DISABILITY",
    }


def test_good_details_have_no_faults_and_a_year_follows_the_date():
    details = tidied(PersonDetails("Lò Văn An", Sex.MALE, date(1990, 2, 3), None, "03", "012.090.123456", "0912345678"))
    assert faults_of(details, today=TODAY) == []
    assert (details.birth_year, details.personal_number, details.phone) == (1990, "012090123456", "+84912345678")


def test_a_card_is_read():
    read = read_card("012090123456|045123456|LÒ VĂN AN|03021990|Nam|Bản 1, Bình Lư, Lai Châu|01012022")
    assert read == PersonDetails("Lò Văn An", Sex.MALE, date(1990, 2, 3), 1990, "", "012090123456")
    assert read_card("012090123456") is None
    assert read_card("https://example.vn/|a|b|c|d|e|f") is None


@given(st.sampled_from([each for each in Relation if each != Relation.HEAD]), st.sampled_from(list(Relation)))
def test_nobody_is_head_beside_the_new_one(new_head, member):
    assert relation_to_new_head(of_member=member, of_new_head=new_head) != Relation.HEAD


def test_relations_to_a_new_head():
    def to(new_head: Relation, member: Relation) -> Relation:
        return relation_to_new_head(of_member=member, of_new_head=new_head)

    assert to(Relation.SPOUSE, Relation.HEAD) == Relation.SPOUSE
    assert to(Relation.SPOUSE, Relation.CHILD) == Relation.CHILD
    assert to(Relation.CHILD, Relation.HEAD) == Relation.PARENT
    assert to(Relation.CHILD, Relation.CHILD) == Relation.SIBLING
    assert to(Relation.PARENT, Relation.CHILD) == Relation.GRANDCHILD
    assert to(Relation.CHILD, Relation.NOT_RELATED) == Relation.NOT_RELATED
    assert to(Relation.UNKNOWN, Relation.CHILD) == Relation.UNKNOWN


def record(number: int, **values) -> Likened:
    given_ = {
        "name": "Lò Văn Tình",
        "folded_name": "lo van tinh",
        "sex": "MALE",
        "birth_date": None,
        "birth_year": None,
        "personal_number": "",
        "phone": "",
        "household_id": None,
        "village_id": None,
    }
    return Likened(id=UUID(int=number), **{**given_, **values})


BORN = {"birth_date": date(1990, 2, 3), "birth_year": 1990}
HOME = {"household_id": UUID(int=99), "village_id": UUID(int=98)}


@pytest.mark.parametrize(
    ("one", "other", "grounds"),
    [
        (BORN, BORN, (Ground.SAME_NAME_AND_DATE,)),
        ({}, {}, ()),
        (
            {"personal_number": "012090123456"},
            {"personal_number": "012090123456", "name": "X Y"},
            (Ground.SAME_NUMBER,),
        ),
        ({"personal_number": "012090123456"}, {"personal_number": "012090123465"}, (Ground.NEAR_NUMBER,)),
        (BORN | {"personal_number": "012090123456"}, BORN | {"personal_number": "012090999999"}, ()),
        (BORN, BORN | {"sex": "FEMALE"}, ()),
        (BORN, BORN | {"sex": "UNKNOWN"}, (Ground.SAME_NAME_AND_DATE,)),
        ({"phone": "+84912345678"}, {"phone": "+84912345678"}, (Ground.SAME_PHONE_AND_NAME,)),
        (
            {"birth_year": 1990} | HOME,
            {"birth_year": 1990, "name": "Lò Tình", "folded_name": "lo tinh"} | HOME,
            (Ground.LIKE_NAME_YEAR_HOUSEHOLD,),
        ),
        (
            {"birth_year": 1990, "village_id": UUID(int=98)},
            {"birth_year": 1990, "village_id": UUID(int=98)},
            (Ground.SAME_NAME_YEAR_VILLAGE,),
        ),
        (
            BORN | {"village_id": UUID(int=98)},
            {"birth_date": date(1990, 7, 7), "birth_year": 1990, "village_id": UUID(int=98)},
            (),
        ),
    ],
)
def test_grounds(one, other, grounds):
    assert grounds_of(record(1, **one), record(2, **other)) == grounds
    assert grounds_of(record(2, **other), record(1, **one)) == grounds


def test_a_record_is_not_its_own_duplicate_and_weights_grow():
    assert grounds_of(record(1, **BORN), record(1, **BORN)) == ()
    assert weight_of(()) == 0
    assert weight_of((Ground.SAME_NAME_AND_DATE,)) == 80
    assert weight_of((Ground.SAME_NUMBER, Ground.SAME_NAME_AND_DATE)) == 100
