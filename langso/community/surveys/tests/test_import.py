"""The real file of 3,373 households through the real engine: every row accounted for, nothing guessed silently."""

from collections import Counter
from decimal import Decimal
from gzip import decompress
from pathlib import Path

import pytest

from langso.community.surveys.models import HouseholdAnswer, SurveyRound
from langso.kernel.access.actors import Actor, Membership, Role
from langso.kernel.access.scope import commune_scope
from langso.kernel.ids import new_id
from langso.kernel.imports import queries as imports
from langso.kernel.imports import services
from langso.kernel.imports.models import Mode, Outcome, RowResult, State
from langso.kernel.imports.testing import check_file, import_file, work_off
from langso.kernel.imports.writing import FileFormat
from langso.kernel.journal.models import Entry

FILE = Path(__file__).resolve().parents[4].parent / "shared" / "data" / "households" / "rhomis-vietnam.csv.gz"
KIND = "surveys.rhomis"
ROWS = 3373

OFFICER = Actor(account_id=new_id(), commune="03390", memberships=(Membership(Role.OFFICER, new_id(), "03390"),))

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FILE.exists(), reason="the survey's file is not beside this repository"),
]


def mended(run_id: object) -> Counter[tuple[str, str, str]]:
    """How often which value of which column was mended how."""
    found: Counter[tuple[str, str, str]] = Counter()
    for notes in RowResult.objects.filter(run_id=run_id).values_list("notes", flat=True):
        found.update((field, value, text) for _problem, field, value, text in notes)
    return found


def of_column(notes: Counter[tuple[str, str, str]], column: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for (field, value, _text), times in notes.items():
        if field == column:
            found[value] += times
    return found


def test_the_whole_file_once_and_again_and_back() -> None:
    run_id = import_file(OFFICER, kind=KIND, content=FILE.read_bytes(), name=FILE.name)
    card = imports.run_card(OFFICER, run_id=run_id)

    # Every row is accounted for.
    assert card.state == State.DONE
    assert card.total == ROWS
    assert (card.accepted, card.repaired, card.refused, card.present) == (1624, 1749, 0, 0)

    # What must hold, whatever the cleaning.
    answers = HouseholdAnswer.objects.all()
    assert answers.values("household").distinct().count() == ROWS
    assert Counter(answers.values_list("respondent_sex", flat=True)) == {"MALE": 1341, "FEMALE": 1149, "UNKNOWN": 883}
    assert answers.exclude(income_control=None).count() == 1007

    # Seven rounds, which their ids name; where they were held.
    assert dict(SurveyRound.objects.values_list("code", "year")) == {
        "vn_ham_2016": 2016,
        "vn_nt1_2019": 2019,
        "vn_nt2_2019": 2019,
        "vn_crp_2020": 2020,
        "vn_nt3_2020": 2020,
        "vn_csi_2020": 2020,
        "vn_vsc_2022": 2022,
    }
    assert SurveyRound.objects.get(code="vn_vsc_2022").place == "Gia Lai, Đắk Lắk, Đắk Nông"
    assert Counter(answers.values_list("province", flat=True)) == {
        "19": 1412 + 85 + 21,
        "14": 622,
        "66": 374 + 136,
        "67": 311 + 156,
        "64": 255,
        "": 1,
    }

    # What was mended, and how often.
    notes = mended(run_id)
    assert of_column(notes, "region") == {"daklak": 136, "daknong": 156, "phu_binh": 85, "dong_hy": 21}
    assert of_column(notes, "unitland") == {
        "hectar": 293,
        "mã£â©t vuã£â´ng": 29,
        "xã£â\xa0o": 28,
        "sã\xa0o": 10,
        "mã©t vuã´ng": 7,
    }
    # 376 told another number than their age bands add up to, 293 told none, 885 were asked neither.
    assert of_column(notes, "count_people").total() == 376 + 293 + 885
    assert of_column(notes, "crop_who_control_revenue_2") == {"malemale_youth": 1}
    assert all(text for _field, _value, text in notes)

    # Land: told and converted; what cannot be right is not used.
    assert answers.filter(land_told=None).count() == 910
    assert answers.exclude(land_ha=None).count() == 3373 - 910 - 8 - 3
    assert answers.get(land_told=8000, land_unit="HA").land_ha is None
    assert set(answers.filter(land_unit="SAO", province="64", land_told=1).values_list("land_ha", flat=True)) <= {
        Decimal("0.1")
    }

    # Money keeps the unit that was told, and nobody claims to know it.
    assert not answers.filter(income_unit_is_resolved=True).exists()
    assert answers.get(income_told=2755540704).income_unit_told == "k_vnd"

    # The same file again adds nothing.
    again = check_file(OFFICER, kind=KIND, content=FILE.read_bytes(), name=FILE.name)
    repeated = imports.run_card(OFFICER, run_id=again)
    assert (repeated.accepted, repeated.repaired, repeated.refused, repeated.present) == (0, 0, 0, ROWS)
    with pytest.raises(services.NothingToImport):
        services.start(OFFICER, run_id=again, mode=Mode.GOOD_ROWS)
    services.cancel(OFFICER, run_id=again)

    # The journal has an entry for each batch and none for a household.
    assert Entry.objects.filter(kind="community.surveys.answers_added.v1").count() == 7

    # All of it can be taken back.
    services.undo(OFFICER, run_id=run_id)
    work_off(run_id)
    assert imports.run_card(OFFICER, run_id=run_id).undone == ROWS
    assert not answers.exists()
    assert not SurveyRound.objects.exists()


def some_rows(number: int) -> bytes:
    """The heading and the first rows of the real file, as text."""
    return b"\n".join(decompress(FILE.read_bytes()).split(b"\n")[: number + 1]) + b"\n"


def test_an_export_comes_in_again_and_adds_nothing() -> None:
    import_file(OFFICER, kind=KIND, content=some_rows(60))
    for file_format in FileFormat:
        content = services.export(OFFICER, kind=KIND, file_format=file_format)
        run_id = check_file(OFFICER, kind=KIND, content=content)
        assert imports.run_card(OFFICER, run_id=run_id).present == 60
        with commune_scope("03405"):
            there = Actor(account_id=new_id(), commune="03405", memberships=(Membership(Role.OFFICER, None, "03405"),))
            elsewhere = check_file(there, kind=KIND, content=content)
            assert imports.run_card(there, run_id=elsewhere).to_add == 60


def test_a_household_with_other_answers_is_refused_not_overwritten() -> None:
    import_file(OFFICER, kind=KIND, content=some_rows(5))
    changed = some_rows(5).replace(b"_2020_1_1,2020,vn,vietnam,son_la", b"_2020_1_1,2020,vn,vietnam,gia_lai")
    run_id = check_file(OFFICER, kind=KIND, content=changed)
    card = imports.run_card(OFFICER, run_id=run_id)
    assert (card.present, card.refused) == (4, 1)
    assert HouseholdAnswer.objects.get(household="vn_crp_2020_1_1").province == "14"


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        (b"vn_crp_2020_1_1,2020", b"vn_crp_2020_1_1,2019", "id_unique"),
        (b"vn_crp_2020_1_1,2020", b"17,2020", "id_unique"),
        (b"vn_crp_2020_1_1,2020", b",2020", "id_unique"),
        (b"k_vnd,n,f,", b"k_vnd,n,x,", "respondentsex"),
        (b"own_land,2.0,hectare", b"own_land,two,hectare", "landcultivated"),
        (b"own_land,2.0,hectare", b"own_land,-2,hectare", "landcultivated"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_column(old: bytes, new: bytes, column: str) -> None:
    content = some_rows(3).replace(old, new, 1)
    assert content != some_rows(3)
    run_id = check_file(OFFICER, kind=KIND, content=content)
    [refused] = RowResult.objects.filter(run_id=run_id, outcome=Outcome.REFUSED)
    assert refused.number == 2
    assert [note[1] for note in refused.notes if note[0]] == [column]
