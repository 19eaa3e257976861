"""Organisations: founded, revised, closed; tax codes; business accounts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langso.community.organisations import queries, services
from langso.community.organisations.models import Member, Organisation
from langso.community.organisations.rules.roles import ROLES_OF_KIND, overlap
from langso.community.organisations.rules.tax_codes import check_digit, looks_like_personal_number, read_tax_code
from langso.community.organisations.testing import make_business_account, make_member, make_organisation
from langso.community.places.testing import make_village
from langso.kernel import clock
from langso.kernel.access.actors import Role, system
from langso.kernel.access.require import NotAllowed
from langso.kernel.access.scope import commune_scope
from langso.kernel.accounts.queries import actor_of
from langso.kernel.accounts.testing import make_account
from langso.kernel.errors import NotHere
from langso.kernel.journal.models import Entry
from tests.cast import Cast

pytestmark = pytest.mark.django_db

NODE = system("03390")


def last_kinds(number: int) -> list[str]:
    kinds = list(Entry.objects.order_by("position").values_list("kind", flat=True))[-number:]
    return [kind.removeprefix("community.organisations.") for kind in kinds]


@pytest.mark.parametrize("typed", ["0100233488", "0314409058-002", "0314409058002", "010 023 3488", "0100.233.488"])
def test_tax_codes_that_were_issued_are_read(typed: str) -> None:
    assert read_tax_code(typed) in ("0100233488", "0314409058-002")


@pytest.mark.parametrize(
    "typed", ["0100233480", "0100233488-000", "100233488", "01002334880", "abc", "0100000000", "٠١٠٠٢٣٣٤٨٨"]
)
def test_what_is_no_tax_code_is_refused(typed: str) -> None:
    assert read_tax_code(typed) is None


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_never_passes(nine: str, place: int, change: int) -> None:
    digit = check_digit(nine)
    if digit is None:
        return
    wrong = nine[:place] + str((int(nine[place]) + change) % 10) + nine[place + 1 :]
    assert check_digit(wrong) != digit


days = st.dates(date(2026, 1, 1), date(2026, 2, 1))
periods = st.tuples(days, st.none() | days)


@given(periods, periods)
def test_two_periods_overlap_when_they_share_a_day(one, other) -> None:
    calendar = [date(2026, 1, 1) + timedelta(days=number) for number in range(40)]

    def holds(period, day: date) -> bool:
        return period[0] <= day and (period[1] is None or day < period[1])

    assert overlap(one, other) == any(holds(one, day) and holds(other, day) for day in calendar)
    assert overlap(one, other) == overlap(other, one)


def test_every_kind_says_which_roles_it_gives() -> None:
    assert set(ROLES_OF_KIND) == {kind for kind, _ in Organisation._meta.get_field("kind").choices}
    assert all(Role.RESIDENT not in roles and "" in roles for roles in ROLES_OF_KIND.values())
    assert {kind for kind, roles in ROLES_OF_KIND.items() if Role.OFFICER in roles} == {"COMMUNE_OFFICE"}
    assert {kind for kind, roles in ROLES_OF_KIND.items() if Role.PROVINCE_OFFICER in roles} == {"PROVINCE"}


def test_an_organisation_is_entered_in_stored_form() -> None:
    village = make_village(name="Bản 1")
    made = services.found_organisation(
        NODE,
        kind="COOPERATIVE",
        name="  Hợp tác xã   miến dong ",
        tax_code="0100 233 488",
        village_id=village,
        address="Bản 1",
        phone="0912 345 678",
        founded_date=date(2019, 5, 2),
    )
    card = queries.organisation_card(organisation_id=made)
    assert (card.name, card.tax_code, card.phone) == ("Hợp tác xã miến dong", "0100233488", "+84912345678")
    assert (card.village_name, card.commune, card.closed_date) == ("Bản 1", "03390", None)
    assert last_kinds(1) == ["organisation_founded.v1"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 161}, "name"),
        ({"tax_code": "0100233480"}, "tax_code"),
        ({"tax_code": "012345678901"}, "tax_code"),
        ({"phone": "123"}, "phone"),
        ({"founded_date": date(2999, 1, 1)}, "founded_date"),
        ({"kind": "CASTLE"}, "kind"),
    ],
)
def test_wrong_details_are_refused_at_their_field(wrong: dict, field: str) -> None:
    with pytest.raises(services.BadOrganisation) as refused:
        services.found_organisation(NODE, **({"kind": "BUSINESS", "name": "Cửa hàng vật tư"} | wrong))
    assert list(refused.value.fields) == [field]
    assert not Organisation.objects.exists()


def test_a_personal_number_is_no_tax_code_here() -> None:
    assert looks_like_personal_number("012 345 678 901")
    assert read_tax_code("012345678901") is None


def test_a_fixed_line_is_kept_as_its_digits() -> None:
    made = services.found_organisation(NODE, kind="SCHOOL", name="Trường mầm non", phone="0213 3876 543")
    assert queries.organisation_card(organisation_id=made).phone == "02133876543"


def test_the_same_name_or_tax_code_twice_is_refused() -> None:
    first = services.found_organisation(NODE, kind="COOPERATIVE", name="Hợp tác xã Chè", tax_code="0100233488")
    with pytest.raises(services.OrganisationExists):
        services.found_organisation(NODE, kind="COOPERATIVE", name="HỢP TÁC XÃ CHE")
    with pytest.raises(services.TaxCodeTaken):
        services.found_organisation(NODE, kind="BUSINESS", name="Chè Bình Lư", tax_code="0100233488")
    services.found_organisation(NODE, kind="UNION", name="Hợp tác xã Chè")
    with commune_scope("03405"):
        services.found_organisation(system("03405"), kind="COOPERATIVE", name="Hợp tác xã Chè", tax_code="0100233488")
    services.close_organisation(NODE, organisation_id=first)
    services.found_organisation(NODE, kind="COOPERATIVE", name="Hợp tác xã chè")


def test_a_village_elsewhere_is_not_here() -> None:
    with commune_scope("03405"):
        elsewhere = make_village(name="Bản Xa")
    with pytest.raises(NotHere):
        services.found_organisation(NODE, kind="SCHOOL", name="Trường", village_id=elsewhere)


def test_an_office_of_the_province_is_seen_with_no_commune() -> None:
    province = make_organisation(name="Sở Y tế", kind="PROVINCE")
    card = queries.organisation_card(organisation_id=province)
    assert (card.commune, card.province_code) == ("", "12")
    assert queries.organisation_cards() == []
    with pytest.raises(services.OrganisationExists):
        make_organisation(name="sở y tế", kind="PROVINCE")


def test_revising_tells_the_whole_state_once(cast: Cast) -> None:
    ha = cast.actor("ha")
    services.revise_organisation(ha, organisation_id=cast.cooperative, name="Hợp tác xã miến dong", address="Bản 1")
    assert last_kinds(1) == ["organisation_revised.v1"]
    before = Entry.objects.count()
    services.revise_organisation(ha, organisation_id=cast.cooperative, name="Hợp tác xã miến dong", address="Bản 1")
    assert Entry.objects.count() == before
    with pytest.raises(NotAllowed):
        services.revise_organisation(ha, organisation_id=cast.office, name="UBND")


def test_closing_ends_whatever_is_held(cast: Cast) -> None:
    services.close_organisation(cast.actor("dung"), organisation_id=cast.cooperative, reason="giải thể")
    assert cast.actor("ha").memberships == ()
    assert queries.cooperatives_of(cast.person("an")) == []
    assert queries.member_person_ids(organisation_id=cast.cooperative) == frozenset()
    assert not Member.objects.filter(organisation=cast.cooperative, end_date__isnull=True).exists()
    assert Entry.objects.filter(kind="community.organisations.member_left.v1").count() == 3
    assert Entry.objects.order_by("position").last().reason == "giải thể"
    with pytest.raises(services.OrganisationGone):
        make_member(organisation_id=cast.cooperative, person_id=cast.person("chi"))
    with pytest.raises(services.AlreadyClosed):
        services.close_organisation(cast.actor("dung"), organisation_id=cast.cooperative)
    with pytest.raises(services.AlreadyClosed):
        services.revise_organisation(cast.actor("dung"), organisation_id=cast.cooperative, name="Mới")


def test_an_organisation_closes_neither_tomorrow_nor_before_it_was_founded() -> None:
    made = services.found_organisation(NODE, kind="COOPERATIVE", name="HTX", founded_date=date(2020, 1, 1))
    for day in (clock.today() + timedelta(days=1), date(2019, 12, 31)):
        with pytest.raises(services.BadOrganisation):
            services.close_organisation(NODE, organisation_id=made, closed_date=day)


def test_a_business_account_acts_as_the_organisation_and_holds_nothing_else(cast: Cast) -> None:
    account = make_account(username="htx-mien")
    services.open_business_account(cast.actor("ha"), organisation_id=cast.cooperative, account_id=account)
    assert last_kinds(1) == ["business_account_opened.v1"]
    actor = actor_of(account)
    assert actor.has_role(Role.COOPERATIVE_MANAGER, organisation_id=cast.cooperative)
    assert queries.acting_as(actor).id == cast.cooperative
    assert queries.acting_as(cast.actor("ha")) is None
    with pytest.raises(services.BusinessAccountTaken):
        make_member(organisation_id=cast.office, account_id=account, role=Role.HELPER)
    with pytest.raises(services.PersonalAccount):
        make_business_account(organisation_id=make_organisation(name="HTX chè"), account_id=account)


def test_a_persons_account_never_becomes_a_business_account(cast: Cast) -> None:
    held = make_account(username="phuc")
    make_member(organisation_id=cast.office, account_id=held)
    for account in (cast.account("chi"), held):
        with pytest.raises(services.PersonalAccount):
            make_business_account(organisation_id=cast.cooperative, account_id=account)


def test_only_who_trades_has_a_business_account(cast: Cast) -> None:
    account = make_account(username="truong")
    with pytest.raises(services.NotABusinessAccount):
        make_business_account(organisation_id=make_organisation(name="Trường", kind="SCHOOL"), account_id=account)
    with commune_scope("03405"):
        elsewhere = make_account(username="noi-khac")
    with pytest.raises(NotHere):
        make_business_account(organisation_id=cast.cooperative, account_id=elsewhere)


def test_a_business_account_ends_at_once_and_may_begin_again(cast: Cast) -> None:
    account = make_account(username="htx-mien")
    member = make_business_account(organisation_id=cast.cooperative, account_id=account)
    services.end_membership(cast.actor("dung"), member_id=member)
    assert last_kinds(1) == ["business_account_closed.v1"]
    assert actor_of(account).memberships == ()
    make_business_account(organisation_id=make_organisation(name="HTX chè"), account_id=account)
