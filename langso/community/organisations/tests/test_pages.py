"""The screens of organisations, as a browser gets them."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from langso.community.organisations import queries
from langso.community.organisations.testing import make_business_account, make_member
from langso.kernel.access.actors import Role
from langso.kernel.accounts.testing import make_account
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_an_officer_finds_somebody_by_name_without_marks_and_gives_a_role(cast: Cast) -> None:
    dung = cast.client("dung")
    address = f"/organisations/{cast.cooperative}/members/"
    found = text_of(dung.get(address, {"q": "vang thi chi"}))
    assert f"person_id={cast.person('chi')}" in found
    form = text_of(dung.get(address, {"person_id": cast.person("chi")}))
    assert "Vàng Thị Chi" in form
    assert 'value="OPERATOR"' not in form
    answer = dung.post(address, {"person_id": cast.person("chi"), "role": "INSPECTOR"})
    assert answer.headers["Location"] == f"/organisations/{cast.cooperative}/"
    assert cast.actor("chi").has_role(Role.INSPECTOR, organisation_id=cast.cooperative)
    assert "Vàng Thị Chi" in text_of(dung.get(f"/organisations/{cast.cooperative}/"))


def test_a_manager_finds_somebody_only_by_the_whole_number(cast: Cast) -> None:
    ha = cast.client("ha")
    address = f"/organisations/{cast.cooperative}/members/"
    assert str(cast.person("chi")) not in text_of(ha.get(address, {"q": "Vàng Thị Chi"}))
    assert str(cast.person("chi")) not in text_of(ha.get(address, {"q": "050000"}))
    assert f"person_id={cast.person('chi')}" in text_of(ha.get(address, {"q": "0500 000 002"}))


def test_an_account_without_a_person_joins_by_its_user_name(cast: Cast) -> None:
    account = make_account(username="phuc", name="Phúc")
    oanh = cast.client("oanh")
    address = f"/organisations/{cast.office}/members/"
    assert f"account_id={account}" in text_of(oanh.get(address, {"q": "phuc"}))
    oanh.post(address, {"account_id": account, "role": "OFFICER"})
    cards = queries.member_cards(cast.actor("dung"), organisation_id=cast.office)
    assert [(card.name, card.role) for card in cards if card.account_id == account] == [("Phúc", Role.OFFICER)]


def test_a_role_that_is_held_already_is_refused_in_the_form(cast: Cast) -> None:
    answer = cast.client("dung").post(
        f"/organisations/{cast.cooperative}/members/", {"person_id": cast.person("khanh"), "role": "INSPECTOR"}
    )
    assert answer.status_code == 422


def test_ending_on_the_page_ends_at_once(cast: Cast) -> None:
    (held,) = queries.memberships_of(cast.actor("khanh"))
    answer = cast.client("ha").post(f"/organisations/members/{held.member_id}/", {"reason": "hết nhiệm kỳ"})
    assert answer.status_code == 302
    assert cast.actor("khanh").memberships == ()
    assert cast.client("dung").post(f"/organisations/members/{held.member_id}/").status_code == 422


def test_members_are_searched_filtered_and_downloaded(cast: Cast) -> None:
    dung = cast.client("dung")
    address = f"/organisations/{cast.cooperative}/"
    page = text_of(dung.get(address, {"q": "lo van an"}))
    assert "Lò Văn An" in page
    assert "Phạm Văn Khánh" not in page
    by_role = text_of(dung.get(address, {"role": "INSPECTOR"}))
    assert "Phạm Văn Khánh" in by_role
    assert "Lò Văn An" not in by_role
    file = dung.get(address, {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    assert len(file) == 1 + 3


def test_what_ended_and_what_is_to_come_have_their_own_views(cast: Cast) -> None:
    make_member(
        organisation_id=cast.cooperative,
        person_id=cast.person("chi"),
        start_date=date(2026, 1, 1),
        end_date=date(2026, 2, 1),
    )
    dung = cast.client("dung")
    address = f"/organisations/{cast.cooperative}/"
    assert "Vàng Thị Chi" not in text_of(dung.get(address))
    assert "Vàng Thị Chi" in text_of(dung.get(address, {"state": "ended"}))
    assert "Vàng Thị Chi" not in text_of(dung.get(address, {"state": "later"}))


def test_strangers_see_the_card_and_no_members(cast: Cast, client) -> None:
    for browser in (client, cast.client("chi"), cast.client("an")):
        page = text_of(browser.get(f"/organisations/{cast.cooperative}/"))
        assert "Hợp tác xã miến dong" in page
        assert "Lý Thị Hà" not in page


def test_what_one_belongs_to_and_leaves(cast: Cast) -> None:
    an = cast.client("an")
    assert "Hợp tác xã miến dong" in text_of(an.get("/organisations/mine/"))
    (held,) = queries.memberships_of(cast.actor("an"))
    assert an.post(f"/organisations/members/{held.member_id}/").headers["Location"] == "/organisations/mine/"
    assert "Hợp tác xã miến dong" not in text_of(an.get("/organisations/mine/"))


def test_a_business_account_is_told_as_whom_it_acts(cast: Cast, client) -> None:
    account = make_account(username="htx-mien", name="HTX")
    make_business_account(organisation_id=cast.cooperative, account_id=account)
    client.force_login(get_user_model().objects.get(pk=account))
    assert 'class="notice info"' in client.get("/organisations/mine/").content.decode()


def test_the_list_counts_members_and_costs_the_same_for_many(cast: Cast, django_assert_max_num_queries) -> None:
    dung = cast.client("dung")
    dung.get("/organisations/")
    with django_assert_max_num_queries(16):
        page = text_of(dung.get("/organisations/"))
    assert 'class="number">3<' in page


def test_json_lists_the_communes_organisations_and_ones_own(cast: Cast, client) -> None:
    names = {item["name"] for item in client.get("/api/organisations").json()["items"]}
    assert names == {"UBND xã Bình Lư", "Hợp tác xã miến dong"}
    cooperatives = client.get("/api/organisations?kind=COOPERATIVE").json()["items"]
    assert [item["name"] for item in cooperatives] == ["Hợp tác xã miến dong"]
    (mine,) = cast.client("ha").get("/api/organisations/mine").json()["items"]
    assert (mine["organisation"]["id"], mine["role"]) == (str(cast.cooperative), "COOPERATIVE_MANAGER")
    assert client.get("/api/organisations/mine").json() == {"items": []}
