"""Members, roles and their days."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from langso.community.organisations import queries, services
from langso.community.organisations.models import Member
from langso.community.organisations.testing import make_member, make_organisation
from langso.kernel import clock
from langso.kernel.access.actors import NOBODY, Actor, Role, system
from langso.kernel.access.require import NotAllowed, SignInNeeded
from langso.kernel.access.scope import commune_scope
from langso.kernel.access.sources import SOURCES
from langso.kernel.accounts.queries import actor_of
from langso.kernel.accounts.testing import make_account
from langso.kernel.errors import NotHere
from langso.kernel.journal.models import Entry
from tests.cast import Cast

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)
NODE = system("03390")


def last_kinds(number: int) -> list[str]:
    kinds = list(Entry.objects.order_by("position").values_list("kind", flat=True))[-number:]
    return [kind.removeprefix("community.organisations.") for kind in kinds]


def roles_of(account_id: UUID) -> set[Role]:
    return {membership.role for membership in actor_of(account_id).memberships}


def test_the_cast_holds_what_its_table_says(cast: Cast) -> None:
    assert cast.actor("dung").has_role(Role.OFFICER)
    assert cast.actor("ha").organisation_ids(Role.COOPERATIVE_MANAGER) == (cast.cooperative,)
    assert not cast.actor("an").has_role(Role.OFFICER, Role.COOPERATIVE_MANAGER, Role.INSPECTOR)
    assert not cast.actor("lan").in_commune("03390").has_role(Role.OFFICER)
    assert cast.actor("minh").has_role(Role.PROVINCE_OFFICER)
    (minh,) = cast.actor("minh").memberships
    assert (minh.commune, minh.province) == ("", "12")


def test_joining_and_leaving_are_written_down_once_each(cast: Cast) -> None:
    dung = cast.actor("dung")
    chi = cast.person("chi")
    plain = services.add_member(dung, organisation_id=cast.cooperative, person_id=chi)
    assert last_kinds(1) == ["member_joined.v1"]
    inspector = services.add_member(dung, organisation_id=cast.cooperative, person_id=chi, role=Role.INSPECTOR)
    assert last_kinds(1) == ["role_given.v1"]
    services.end_membership(dung, member_id=inspector)
    assert last_kinds(1) == ["role_ended.v1"]
    services.end_membership(dung, member_id=plain)
    assert last_kinds(1) == ["member_left.v1"]


def test_a_role_for_a_newcomer_is_joining_and_role_and_its_end_is_both_too(cast: Cast) -> None:
    member = services.add_member(
        cast.actor("dung"), organisation_id=cast.cooperative, person_id=cast.person("chi"), role=Role.INSPECTOR
    )
    assert last_kinds(2) == ["member_joined.v1", "role_given.v1"]
    services.end_membership(cast.actor("dung"), member_id=member)
    assert last_kinds(2) == ["role_ended.v1", "member_left.v1"]


def test_an_ended_role_is_gone_at_the_next_question(cast: Cast) -> None:
    (mine,) = (card for card in queries.memberships_of(cast.actor("khanh")) if card.role == Role.INSPECTOR)
    services.end_membership(cast.actor("dung"), member_id=mine.member_id)
    assert roles_of(cast.account("khanh")) == set()


def test_a_role_holds_from_its_first_day_until_the_day_before_its_last(cast: Cast) -> None:
    chi = {"account_id": cast.account("chi"), "person_id": cast.person("chi")}
    make_member(
        organisation_id=cast.office,
        person_id=cast.person("chi"),
        role=Role.HELPER,
        start_date=date(2026, 12, 1),
        end_date=date(2026, 12, 31),
    )
    held = {}
    for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 30), date(2026, 12, 31)):
        with time_machine.travel(f"{day}T12:00+07:00", tick=False):
            held[day.isoformat()] = [membership.role for membership in SOURCES.memberships.memberships(**chi)]
    assert held == {
        "2026-11-30": [],
        "2026-12-01": [Role.HELPER],
        "2026-12-30": [Role.HELPER],
        "2026-12-31": [],
    }


def test_the_day_begins_in_viet_nam(cast: Cast) -> None:
    make_member(
        organisation_id=cast.office, person_id=cast.person("chi"), role=Role.HELPER, start_date=date(2026, 12, 1)
    )
    chi = {"account_id": cast.account("chi"), "person_id": cast.person("chi")}
    with time_machine.travel("2026-11-30T16:59:00+00:00", tick=False):
        assert SOURCES.memberships.memberships(**chi) == ()
    with time_machine.travel("2026-11-30T17:01:00+00:00", tick=False):
        assert len(SOURCES.memberships.memberships(**chi)) == 1


def test_the_kernels_question_costs_one_query(cast: Cast, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        SOURCES.memberships.memberships(account_id=cast.account("ha"), person_id=cast.person("ha"))


@pytest.mark.parametrize(
    ("start", "end", "refused"),
    [
        (date(2026, 6, 1), None, True),
        (date(2026, 1, 1), date(2026, 4, 1), True),
        (date(2026, 5, 31), date(2026, 7, 1), True),
        (date(2026, 6, 1), date(2026, 7, 1), False),
        (date(2025, 1, 1), date(2026, 3, 1), False),
    ],
)
def test_the_same_role_twice_at_a_time_is_refused(cast: Cast, start: date, end: date | None, refused: bool) -> None:
    """Held: 1 March until 31 May 2026, and again from 1 October."""
    where = {"organisation_id": cast.cooperative, "person_id": cast.person("chi"), "role": Role.INSPECTOR}
    make_member(**where, start_date=date(2026, 3, 1), end_date=date(2026, 6, 1))
    make_member(**where, start_date=date(2026, 10, 1))
    if not refused:
        make_member(**where, start_date=start, end_date=end)
        return
    with pytest.raises(services.AlreadyHeld):
        make_member(**where, start_date=start, end_date=end)


def test_another_role_at_the_same_time_is_fine(cast: Cast) -> None:
    make_member(organisation_id=cast.cooperative, person_id=cast.person("khanh"))
    assert {card.role for card in queries.memberships_of(cast.actor("khanh"))} == {"", Role.INSPECTOR}


def test_ending_twice_or_in_the_past_is_refused(cast: Cast) -> None:
    member = make_member(organisation_id=cast.cooperative, person_id=cast.person("chi"), start_date=date(2026, 1, 1))
    with pytest.raises(services.BadPeriod):
        services.end_membership(NODE, member_id=member, end_date=date(2026, 2, 1))
    services.end_membership(NODE, member_id=member)
    with pytest.raises(services.AlreadyEnded):
        services.end_membership(NODE, member_id=member)


def test_a_planned_end_can_be_brought_forward_not_put_off(cast: Cast) -> None:
    today = clock.today()
    member = make_member(
        organisation_id=cast.cooperative, person_id=cast.person("chi"), end_date=today + timedelta(days=30)
    )
    with pytest.raises(services.AlreadyEnded):
        services.end_membership(NODE, member_id=member, end_date=today + timedelta(days=60))
    services.end_membership(NODE, member_id=member, end_date=today + timedelta(days=5))
    assert Member.objects.get(pk=member).end_date == today + timedelta(days=5)


def test_what_has_not_begun_ends_without_ever_holding(cast: Cast) -> None:
    begins = clock.today() + timedelta(days=10)
    member = make_member(organisation_id=cast.cooperative, person_id=cast.person("chi"), start_date=begins)
    services.end_membership(NODE, member_id=member)
    row = Member.objects.get(pk=member)
    assert row.start_date == row.end_date == begins
    make_member(organisation_id=cast.cooperative, person_id=cast.person("chi"), start_date=begins)


def test_periods_run_forward(cast: Cast) -> None:
    with pytest.raises(services.BadPeriod):
        make_member(
            organisation_id=cast.cooperative,
            person_id=cast.person("chi"),
            start_date=date(2026, 5, 1),
            end_date=date(2026, 5, 1),
        )


def test_a_member_is_somebody(cast: Cast) -> None:
    with pytest.raises(services.NobodyNamed):
        services.add_member(NODE, organisation_id=cast.cooperative)
    with pytest.raises(NotHere):
        services.add_member(NODE, organisation_id=cast.cooperative, person_id=uuid4())
    with pytest.raises(NotHere):
        services.add_member(NODE, organisation_id=cast.cooperative, account_id=uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(organisation_id=cast.cooperative, start_date=TODAY, added_at="2026-11-21T00:00:00+07:00")


def test_a_person_of_another_commune_does_not_join(cast: Cast) -> None:
    with commune_scope("03405"):
        elsewhere = make_organisation(name="HTX nơi khác")
        with pytest.raises(NotHere):
            make_member(organisation_id=elsewhere, person_id=cast.person("an"))


def test_organisations_and_members_of_another_commune_are_not_here(cast: Cast) -> None:
    with commune_scope("03405"):
        member = make_member(organisation_id=cast.other_office, account_id=make_account(username="phuc"))
    dung = cast.actor("dung")
    with pytest.raises(NotHere):
        services.add_member(dung, organisation_id=cast.other_office, person_id=cast.person("an"))
    with pytest.raises(NotHere):
        services.end_membership(dung, member_id=member)
    with pytest.raises(NotHere):
        queries.organisation_card(organisation_id=cast.other_office)
    with pytest.raises(NotHere):
        queries.member_cards(dung, organisation_id=cast.other_office)


GIVING = [
    ("dung", "office", Role.HELPER, "chi", None),
    ("dung", "office", Role.OFFICER, "chi", None),
    ("dung", "office", Role.OPERATOR, "chi", NotAllowed),
    ("dung", "cooperative", Role.COOPERATIVE_MANAGER, "chi", None),
    ("dung", "cooperative", Role.OFFICER, "chi", services.RoleNotGivenHere),
    ("dung", "cooperative", Role.INSPECTOR, "dung", services.NotForYourself),
    ("dung", "cooperative", None, "dung", None),
    ("ha", "cooperative", None, "chi", None),
    ("ha", "cooperative", Role.INSPECTOR, "chi", None),
    ("ha", "cooperative", Role.COOPERATIVE_MANAGER, "chi", None),
    ("ha", "cooperative", Role.INSPECTOR, "ha", services.NotForYourself),
    ("ha", "cooperative", Role.HELPER, "chi", NotAllowed),
    ("ha", "cooperative", Role.OPERATOR, "ha", NotAllowed),
    ("ha", "office", None, "chi", NotAllowed),
    ("ha", "other_cooperative", None, "chi", NotAllowed),
    ("khanh", "cooperative", None, "chi", NotAllowed),
    ("an", "cooperative", None, "chi", NotAllowed),
    ("giang", "cooperative", None, "chi", NotAllowed),
    ("minh", "cooperative", None, "chi", NotAllowed),
    ("minh", "office", Role.OFFICER, "chi", NotAllowed),
    ("oanh", "office", Role.OFFICER, "chi", None),
    ("oanh", "office", Role.OPERATOR, "chi", None),
    ("oanh", "office", Role.OPERATOR, "oanh", services.NotForYourself),
    ("oanh", "office", Role.OFFICER, "oanh", services.NotForYourself),
    ("oanh", "cooperative", Role.COOPERATIVE_MANAGER, "chi", NotAllowed),
    ("nobody", "cooperative", None, "chi", SignInNeeded),
]


@pytest.mark.parametrize(("who", "where", "role", "whom", "refusal"), GIVING)
def test_who_may_give_what(cast: Cast, who: str, where: str, role: Role, whom: str, refusal) -> None:
    organisations = {"office": cast.office, "cooperative": cast.cooperative}
    organisation = organisations.get(where) or make_organisation(name="Hợp tác xã chè")
    give = {"organisation_id": organisation, "person_id": cast.person(whom), "role": role}
    if refusal is None:
        assert services.add_member(cast.actor(who), **give)
        return
    with pytest.raises(refusal):
        services.add_member(cast.actor(who), **give)


def test_a_province_office_is_the_operators_and_takes_accounts(cast: Cast) -> None:
    province = make_organisation(name="Sở Y tế", kind="PROVINCE")
    account = make_account(username="phuc")
    for who in ("dung", "minh", "ha"):
        with pytest.raises(NotAllowed):
            services.add_member(
                cast.actor(who), organisation_id=province, account_id=account, role=Role.PROVINCE_OFFICER
            )
    oanh = cast.actor("oanh")
    with pytest.raises(services.NotForYourself):
        services.add_member(oanh, organisation_id=province, account_id=cast.account("oanh"), role=Role.PROVINCE_OFFICER)
    member = services.add_member(oanh, organisation_id=province, account_id=account, role=Role.PROVINCE_OFFICER)
    assert roles_of(account) == {Role.PROVINCE_OFFICER}
    services.end_membership(oanh, member_id=member)
    assert roles_of(account) == set()
    with pytest.raises(NotHere):
        services.add_member(oanh, organisation_id=province, person_id=cast.person("chi"))


def test_everybody_may_leave_and_nobody_else_ends_it(cast: Cast) -> None:
    an = cast.actor("an")
    (mine,) = queries.memberships_of(an)
    for who in ("binh", "khanh", "giang", "minh"):
        with pytest.raises(NotAllowed):
            services.end_membership(cast.actor(who), member_id=mine.member_id)
    services.end_membership(an, member_id=mine.member_id)
    assert queries.memberships_of(an) == []
    assert queries.cooperatives_of(cast.person("an")) == []


def test_the_list_of_members_is_for_staff_and_managers(cast: Cast) -> None:
    for who in ("dung", "giang", "ha", "khanh"):
        names = {card.name for card in queries.member_cards(cast.actor(who), organisation_id=cast.cooperative)}
        assert names == {"Lò Văn An", "Lý Thị Hà", "Phạm Văn Khánh"}
    for who in ("an", "chi", "minh"):
        with pytest.raises(NotAllowed):
            queries.member_cards(cast.actor(who), organisation_id=cast.cooperative)


def test_questions_of_other_domains(cast: Cast) -> None:
    members = {cast.person(name) for name in ("an", "ha", "khanh")}
    assert queries.member_person_ids(organisation_id=cast.cooperative) == members
    assert queries.cooperatives_of(cast.person("an")) == [cast.cooperative]
    assert queries.cooperatives_of(cast.person("chi")) == []
    assert queries.cooperatives_of(cast.person("dung")) == []


def test_in_assisted_mode_a_helper_holds_only_the_residents_memberships(cast: Cast) -> None:
    helper = Actor(account_id=cast.account("giang"), person_id=cast.person("an"), commune="03390", assisting=True)
    assert [card.organisation.id for card in queries.memberships_of(helper)] == [cast.cooperative]
    assert queries.memberships_of(NOBODY.in_commune("03390")) == []
