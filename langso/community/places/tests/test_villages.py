"""Villages: entered, renamed, merged, taken from a pasted list."""

import pytest

from langso.community.places import queries, services, testing
from langso.kernel.access.actors import NOBODY, system
from langso.kernel.access.require import SignInNeeded
from langso.kernel.access.scope import commune_scope
from langso.kernel.errors import NotHere
from langso.kernel.journal.models import Entry

pytestmark = pytest.mark.django_db

NODE = system("03390")


def kinds_written() -> list[str]:
    return [
        kind.removeprefix("community.places.")
        for kind in Entry.objects.order_by("position").values_list("kind", flat=True)
    ]


def test_a_village_is_entered_with_its_kind_in_front_however_it_was_typed() -> None:
    for typed in ("Nà Đon", "bản Nà Hum", "BẢN  Thèn Thầu"):
        services.enter_village(NODE, name=typed, kind="BAN")
    assert [village.name for village in queries.villages(NODE)] == ["Bản Nà Đon", "Bản Nà Hum", "Bản Thèn Thầu"]
    assert [village.order for village in queries.villages(NODE)] == [10, 20, 30]
    assert kinds_written() == ["village_entered.v1"] * 3


def test_the_same_name_is_refused_whatever_its_marks() -> None:
    testing.make_village(name="Bản Hoà Bình")
    with pytest.raises(services.VillageExists):
        services.enter_village(NODE, name="Hòa Bình", kind="BAN")
    services.enter_village(NODE, name="Hòa Bình", kind="THON")


def test_an_empty_or_endless_name_is_refused() -> None:
    for name in ("", "  ", "x" * 90):
        with pytest.raises(services.BadVillageName):
            services.enter_village(NODE, name=name, kind="BAN")
    with pytest.raises(services.BadVillageName):
        services.enter_village(NODE, name="Nà Đon", kind="CITY")


def test_only_officers_write() -> None:
    with pytest.raises(SignInNeeded):
        services.enter_village(NOBODY, name="Nà Đon", kind="BAN")


def test_another_communes_village_is_not_here() -> None:
    with commune_scope("03405"):
        elsewhere = testing.make_village(name="Bản Xa")
    with pytest.raises(NotHere):
        queries.village_card(elsewhere)
    with pytest.raises(NotHere):
        services.revise_village(NODE, village_id=elsewhere, name="Bản Gần", kind="BAN", order=1)
    here = testing.make_village(name="Bản Gần")
    with pytest.raises(NotHere):
        services.merge_village(NODE, village_id=here, into_id=elsewhere)


def test_a_renamed_village_keeps_its_id_and_the_journal_keeps_its_former_name() -> None:
    village = testing.make_village(name="Bản Nà Đon")
    services.revise_village(NODE, village_id=village, name="Nà Đon 1", kind="THON", order=10)
    assert queries.village_card(village).name == "Thôn Nà Đon 1"
    entry = Entry.objects.get(kind="community.places.village_renamed.v1")
    assert entry.body["former_name"] == "Bản Nà Đon"


def test_saving_a_village_unchanged_writes_nothing_down() -> None:
    village = testing.make_village(name="Bản Nà Đon")
    services.revise_village(NODE, village_id=village, name="Bản Nà Đon", kind="BAN", order=10)
    assert kinds_written() == ["village_entered.v1"]


def test_a_merged_village_stays_readable_and_frees_its_name() -> None:
    gone, stays = testing.make_village(name="Bản Nà Hum"), testing.make_village(name="Bản Nà Đon")
    services.merge_village(NODE, village_id=gone, into_id=stays, legal_basis="12/NQ-HĐND")
    assert [village.id for village in queries.villages(NODE)] == [stays]
    card = queries.village_card(gone)
    assert (card.merged_into, card.merged_into_name, card.legal_basis) == (stays, "Bản Nà Đon", "12/NQ-HĐND")
    testing.make_village(name="Bản Nà Hum")


def test_a_village_merges_once_and_not_into_itself_or_a_merged_one() -> None:
    one, two, three = (testing.make_village(name=f"Bản {number}") for number in (1, 2, 3))
    with pytest.raises(services.SameVillage):
        services.merge_village(NODE, village_id=one, into_id=one)
    services.merge_village(NODE, village_id=one, into_id=two)
    with pytest.raises(services.AlreadyMerged):
        services.merge_village(NODE, village_id=one, into_id=three)
    with pytest.raises(services.AlreadyMerged):
        services.merge_village(NODE, village_id=three, into_id=one)
    with pytest.raises(services.AlreadyMerged):
        services.revise_village(NODE, village_id=one, name="Bản Mới", kind="BAN", order=1)


def test_a_pasted_list_enters_new_villages_in_its_order_and_leaves_known_ones() -> None:
    testing.make_village(name="Bản Nà Đon")
    pasted = "1. Bản Nà Hum\n\n2) bản nà đon\n- Thèn Thầu\n• Tổ dân phố 3;\n"
    outcome = services.enter_villages(NODE, pasted=pasted, usual_kind="BAN")
    assert [village.name for village in queries.villages(NODE)] == [
        "Bản Nà Đon",
        "Bản Nà Hum",
        "Bản Thèn Thầu",
        "Tổ dân phố 3",
    ]
    assert len(outcome.entered) == 3
    assert outcome.known == ("Bản nà đon",)


def test_a_pasted_list_is_all_or_nothing() -> None:
    with pytest.raises(services.BadVillageName, match="2"):
        services.enter_villages(NODE, pasted="Bản Nà Hum\n" + "x" * 90, usual_kind="BAN")
    with pytest.raises(services.NothingPasted):
        services.enter_villages(NODE, pasted=" \n\n", usual_kind="BAN")
    assert queries.villages(NODE) == []
