from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import override

from langso.farm.diary import queries, services
from langso.farm.diary.models import Concern, Entry
from langso.farm.diary.services import HarvestContent, HazardContent, InputContent, Sent, WorkContent
from langso.farm.diary.services.writing import Home, add_entry
from langso.farm.diary.testing import make_entry, make_harvest, make_input
from langso.farm.plots import queries as plots
from langso.farm.plots.testing import make_plot, make_season
from langso.kernel import clock
from langso.kernel.access.actors import Actor
from langso.kernel.access.require import NotAllowed, SignInNeeded
from langso.kernel.access.scope import commune_scope
from langso.kernel.errors import NotHere
from langso.kernel.ids import new_id
from langso.kernel.journal.models import Entry as JournalEntry
from tests.cast import Cast


def weeding(**told: Any) -> WorkContent:
    known = {"on_date": clock.today(), "activity": "WEEDING", "amount": Decimal(4), "unit": "HOUR"}
    return WorkContent(**known | told)


def told(kind: str) -> list[dict[str, Any]]:
    """The bodies of all journal entries of a kind, in order."""
    rows = JournalEntry.objects.filter(kind=f"farm.diary.{kind}.v1").order_by("position")
    assert set(rows.values_list("reach", flat=True)) <= {0}
    return list(rows.values_list("body", flat=True))


def test_the_four_tables(cast: Cast, season: UUID) -> None:
    binh, today = cast.actor("binh"), clock.today()
    hazard = HazardContent(on_date=today, subject="SOIL", finding="SAFE", assessed_by="Lò Thị Bình")
    bought = InputContent(on_date=today, name="abamectin 1.8ec", kind="PESTICIDE", unit="ML", quantity=Decimal(500))
    services.record_hazard(binh, season_id=season, content=hazard)
    bottle = services.record_input(binh, household_id=cast.household, content=bought)
    spray = weeding(activity="SPRAYING", unit="ML", input_id=bottle)
    services.record_work(binh, season_id=season, content=spray)
    services.record_harvest(binh, season_id=season, content=HarvestContent(on_date=today, quantity_kg=Decimal("120.5")))

    assert [told(kind)[0]["household_id"] for kind in ("hazard_assessed", "input_bought", "field_work_logged")] == [
        str(cast.household)
    ] * 3
    assert told("input_bought")[0]["content"]["listed_code"] == "abamectin-1.8ec", (
        "found by name, however it is spelled"
    )
    assert told("field_work_logged")[0]["content"]["input_name"] == "abamectin 1.8ec"
    [harvested] = told("harvest_recorded")
    assert harvested["quantity_kg"] == "120.5"
    assert harvested["organisation_id"] == str(cast.cooperative)
    assert harvested["standard"] == "VIETGAP"
    assert harvested["concern_codes"] == ["HARVEST_TOO_EARLY"]
    assert [concern["code"] for concern in told("concern_raised")] == ["HARVEST_TOO_EARLY"]
    assert Entry.objects.get(kind="WORK").recorded_by_name == cast.actor("binh").name


def test_a_form_that_is_sent_twice_makes_one_entry(cast: Cast, season: UUID) -> None:
    an, form = cast.actor("an"), Sent(client_id=new_id())
    first = services.record_work(an, season_id=season, content=weeding(), sent=form)
    assert services.record_work(an, season_id=season, content=weeding(), sent=form) == first
    assert Entry.objects.count() == 1
    assert len(told("field_work_logged")) == 1


def test_a_form_that_was_changed_after_it_was_saved_is_refused_not_dropped(cast: Cast, season: UUID) -> None:
    an, form = cast.actor("an"), Sent(client_id=new_id())
    first = services.record_work(an, season_id=season, content=weeding(), sent=form)
    with pytest.raises(services.FormAlreadyUsed) as refusal:
        services.record_work(an, season_id=season, content=weeding(amount=Decimal(5)), sent=form)
    assert refusal.value.entry_id == first


def test_a_form_of_another_household_tells_nothing(cast: Cast, season: UUID) -> None:
    form = Sent(client_id=new_id())
    services.record_work(cast.actor("an"), season_id=season, content=weeding(), sent=form)
    elsewhere = make_season(plot_id=make_plot(household_id=cast.other_household))
    with pytest.raises(services.FormAlreadyUsed) as refusal:
        services.record_work(cast.actor("chi"), season_id=elsewhere, content=weeding(), sent=form)
    assert refusal.value.entry_id is None


def test_the_devices_time_is_kept_beside_the_servers(cast: Cast, season: UUID) -> None:
    done_at = clock.now() - timedelta(hours=30)
    services.record_work(
        cast.actor("an"), season_id=season, content=weeding(), sent=Sent(client_id=new_id(), done_at=done_at)
    )
    row = JournalEntry.objects.get(kind="farm.diary.field_work_logged.v1")
    assert row.occurred_at == done_at
    assert row.recorded_at > done_at


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"on_date": clock.today() + timedelta(days=1)}, "on_date"),
        ({"activity": "DANCING"}, "activity"),
        ({"amount": Decimal(-1)}, "amount"),
        ({"amount": Decimal("0.0001")}, "amount"),
        ({"unit": "MILES"}, "unit"),
        ({"concentration": "x" * 61}, "concentration"),
        ({"input_id": new_id()}, "input_id"),
    ],
)
def test_what_cannot_be_stored_is_told_field_by_field(
    cast: Cast, season: UUID, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(services.EntryIsInvalid) as refusal:
        services.record_work(cast.actor("an"), season_id=season, content=weeding(**change))
    assert set(refusal.value.fields) == {field}
    assert not Entry.objects.exists()


def test_another_households_input_cannot_be_used(cast: Cast, season: UUID) -> None:
    theirs = make_input(household_id=cast.other_household)
    with pytest.raises(services.EntryIsInvalid):
        services.record_work(
            cast.actor("an"), season_id=season, content=weeding(activity="SPRAYING", unit="ML", input_id=theirs)
        )


def test_a_product_known_only_by_name_is_looked_up_on_the_list(cast: Cast, season: UUID) -> None:
    spray = weeding(activity="SPRAYING", unit="ML", input_name="Mancozeb  80wp")
    services.record_work(cast.actor("an"), season_id=season, content=spray)
    assert not Concern.objects.exists(), "listed, with an interval, dose in another unit"
    services.record_work(cast.actor("an"), season_id=season, content=weeding(activity="SPRAYING", unit="ML"))
    assert list(Concern.objects.values_list("code", flat=True)) == ["INPUT_UNKNOWN"]


def test_only_the_household_writes(cast: Cast, season: UUID) -> None:
    for stranger in ("chi", "dung", "giang", "ha", "khanh", "minh", "oanh"):
        with pytest.raises(NotAllowed):
            services.record_work(cast.actor(stranger), season_id=season, content=weeding())
    with pytest.raises(SignInNeeded):
        services.record_work(cast.actor("nobody"), season_id=season, content=weeding())
    with commune_scope("03405"), pytest.raises(NotHere):
        services.record_work(cast.actor("lan"), season_id=season, content=weeding())


def test_a_spray_written_down_after_the_harvest_still_marks_it(cast: Cast, season: UUID) -> None:
    today = clock.today()
    harvest = make_harvest(season_id=season, on_date=today)
    assert queries.open_concerns(season) == []
    bottle = make_input(household_id=cast.household)
    make_entry(
        season_id=season, activity="SPRAYING", unit="ML", amount=10, input_id=bottle, on_date=today - timedelta(days=3)
    )
    assert [(card.entry_id, card.code) for card in queries.open_concerns(season)] == [(harvest, "HARVEST_TOO_EARLY")]


def test_the_story_has_no_people_in_it(cast: Cast, season: UUID) -> None:
    make_entry(season_id=season, actor=cast.actor("an"), remark="Anh Tú làm giúp")
    harvest = make_harvest(season_id=season, actor=cast.actor("an"), buyer="Chị Hoa", handling_place="Sân nhà bà Mai")
    story = queries.season_story(season)
    assert [step.kind for step in story.steps] == ["WORK", "HARVEST"]
    told_to_buyers = repr(story)
    for private in ("Anh Tú", "Chị Hoa", "bà Mai", cast.actor("an").name, str(cast.household)):
        assert private not in told_to_buyers
    card = queries.harvest_card(harvest)
    assert (card.buyer, card.household_id, card.quantity_kg) == ("Chị Hoa", cast.household, 500)
    with pytest.raises(NotHere):
        queries.harvest_card(new_id())
    with pytest.raises(NotHere):
        queries.season_story(new_id())


def test_words_of_the_story_follow_the_language(season: UUID) -> None:

    make_entry(season_id=season)
    with override("vi"):
        [step] = queries.season_story(season).steps
        assert (step.title, step.dose_text) == ("Làm cỏ", "4 giờ")
    with override("en"):
        [step] = queries.season_story(season).steps
        assert (step.title, step.dose_text) == ("Weed", "4 hours")


def test_the_same_form_on_two_connections_is_taken_once(cast: Cast, season: UUID) -> None:
    """The second insert meets the first one's key: no error, and nothing is written."""
    home, key = Home(cast.household, plots.season_card(season_id=season)), new_id()
    first = add_entry(cast.actor("an"), home=home, form=weeding(), content=weeding(), client_id=key)
    second = add_entry(cast.actor("an"), home=home, form=weeding(), content=weeding(), client_id=key)
    assert first
    assert second is None
    assert Entry.objects.count() == 1


def test_a_helper_writes_in_the_residents_name_and_both_are_on_record(cast: Cast, season: UUID) -> None:
    helper = Actor(
        account_id=cast.account("giang"),
        name="Nguyễn Thị Giang",
        commune="03390",
        person_id=cast.person("an"),
        assisting=True,
        assisted_name="Lò Văn An",
    )
    entry = services.record_work(helper, season_id=season, content=weeding())
    assert Entry.objects.get(pk=entry).recorded_by_name == "Nguyễn Thị Giang / Lò Văn An"
    row = JournalEntry.objects.get(kind="farm.diary.field_work_logged.v1")
    assert (row.actor, row.on_behalf_of) == (cast.account("giang"), cast.person("an"))


def test_pages_ask_a_fixed_number_of_questions(
    cast: Cast, season: UUID, plot: UUID, django_assert_max_num_queries: Any
) -> None:
    bottle = make_input(household_id=cast.household)
    for number in range(12):
        make_entry(season_id=season, activity="SPRAYING", unit="ML", amount=number + 1, input_id=bottle)
    for _number in range(3):
        make_entry(season_id=make_season(plot_id=plot))
    an, khanh = cast.client("an"), cast.client("khanh")
    for client, path, most in (
        (an, "/diary/", 32),
        (an, f"/diary/seasons/{season}/", 28),
        (khanh, "/diary/checks/", 28),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200
