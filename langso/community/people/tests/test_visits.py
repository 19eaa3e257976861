"""Visits to households: who writes them down, where they stand."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from langso.community.people import queries, services
from langso.community.people.models import HouseholdVisit, VisitPurpose
from langso.community.people.queries.records import household_record_of
from langso.kernel import clock
from langso.kernel.errors import Invalid
from langso.kernel.ids import new_id
from langso.kernel.journal.models import Entry
from langso.kernel.ui.testing import faults_on_screen
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def visit(cast: Cast, who: str = "giang", **told: object) -> UUID:
    card = queries.household_card(cast.actor("dung"), household_id=cast.household)
    usual = {
        "household_code": card.code.lower(),
        "visit_date": clock.today(),
        "purpose": VisitPurpose.PAPER,
        "remark": "Hẹn làm thẻ bảo hiểm",
        "client_id": new_id(),
    }
    return services.note_visit(cast.actor(who), **usual | told)  # type: ignore[arg-type]


def test_a_visit_stands_with_the_household_and_with_the_visitor(cast: Cast) -> None:
    visit(cast)
    visit(cast, "dung", remark="Mái bếp dột")
    assert [each.remark for each in queries.own_visits(cast.actor("giang"))] == ["Hẹn làm thẻ bảo hiểm"]
    row = HouseholdVisit.objects.select_related("household__village").first()
    assert row is not None
    told = household_record_of(row.household).visits
    assert {(each.remark, each.by) for each in told} == {
        ("Hẹn làm thẻ bảo hiểm", "Nguyễn Thị Giang"),
        ("Mái bếp dột", "Trần Văn Dũng"),
    }
    entries = Entry.objects.filter(kind="community.people.household_visited.v1")
    assert entries.count() == 2
    assert set(entries.values_list("reach", flat=True)) == {0}
    page = Client()
    page.force_login(cast._account("dung"))
    page.post("/people/purpose/", {"purpose": "SUPPORT", "next": f"/people/households/{cast.household}/"})
    assert "Mái bếp dột" in page.get(f"/people/households/{cast.household}/").content.decode()


def test_the_same_form_makes_one_visit(cast: Cast) -> None:
    form = new_id()
    assert visit(cast, client_id=form) == visit(cast, client_id=form)
    with pytest.raises(services.VisitFormUsed):
        visit(cast, client_id=form, remark="Khác")
    with pytest.raises(services.VisitFormUsed):
        visit(cast, "dung", client_id=form)
    assert HouseholdVisit.objects.count() == 1


def test_refusals_name_their_field(cast: Cast) -> None:
    for told, field in (
        ({"household_code": "H99999"}, "household_code"),
        ({"visit_date": clock.today() + timedelta(days=1)}, "visit_date"),
        ({"remark": "  "}, "remark"),
    ):
        with pytest.raises(Invalid) as refused:
            visit(cast, **told)
        assert field in refused.value.fields
    assert not HouseholdVisit.objects.exists()


@pytest.mark.journey
def test_screens(cast: Cast) -> None:
    visit(cast)
    helper = cast.client("giang")
    pages = {path: helper.get(path) for path in ("/people/visits/", "/people/visits/new/", "/outbox/", "/offline/")}
    assert faults_on_screen(pages) == []
