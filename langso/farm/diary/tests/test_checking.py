from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from langso.community.people import queries as people
from langso.farm.diary import queries, services
from langso.farm.diary.desk import work_queues
from langso.farm.diary.models import Check, Entry
from langso.farm.diary.queries.entry_pages import entry_page
from langso.farm.diary.testing import confirm, make_early_harvest, make_entry, make_harvest, make_input
from langso.farm.plots.testing import make_plot, make_season
from langso.kernel import clock
from langso.kernel.access.require import NotAllowed
from langso.kernel.ids import new_id
from tests.cast import Cast


def state(entry: UUID) -> str:
    return Entry.objects.get(pk=entry).check_state


def test_the_inspector_confirms_what_was_looked_at(cast: Cast, season: UUID) -> None:
    entry = make_entry(season_id=season)
    khanh = cast.actor("khanh")
    with pytest.raises(services.EntryHasChanged):
        services.confirm_entry(khanh, entry_id=entry, version=2)
    services.confirm_entry(khanh, entry_id=entry, version=1, remark="Đã xem tại ruộng")
    with pytest.raises(services.AlreadyChecked):
        services.confirm_entry(khanh, entry_id=entry, version=1)
    [check] = Check.objects.all()
    assert (check.verdict, check.checked_by, check.text) == ("CONFIRMED", cast.account("khanh"), "Đã xem tại ruộng")
    [step] = queries.season_story(season).steps
    assert (step.check_state, step.checked_at) == ("CONFIRMED", check.checked_at)


def test_question_and_answer(cast: Cast, season: UUID) -> None:
    entry = make_entry(season_id=season)
    khanh, an = cast.actor("khanh"), cast.actor("an")
    with pytest.raises(services.NoOpenQuestion):
        services.answer_question(an, entry_id=entry, answer="Sáng qua")
    with pytest.raises(services.ReasonNeeded):
        services.question_entry(khanh, entry_id=entry, version=1, question=" ")
    services.question_entry(khanh, entry_id=entry, version=1, question="Làm lúc nào?")
    assert state(entry) == "QUESTIONED"
    assert entry_page(an, entry_id=entry).question == "Làm lúc nào?"
    with pytest.raises(NotAllowed):
        services.answer_question(khanh, entry_id=entry, answer="Sáng qua")
    services.answer_question(an, entry_id=entry, answer="Sáng qua")
    assert state(entry) == "ANSWERED"
    [check] = Check.objects.all()
    assert (check.answer, check.answered_by_name) == ("Sáng qua", an.name)
    services.confirm_entry(khanh, entry_id=entry, version=1)
    assert [past.text for past in entry_page(an, entry_id=entry).history][1:] == ["Làm lúc nào?", "Sáng qua", ""]


def test_many_entries_at_once_leave_what_changed(cast: Cast, season: UUID) -> None:
    good, gone, struck = (make_entry(season_id=season, amount=number) for number in (1, 2, 3))
    services.strike_entry(cast.actor("an"), entry_id=struck, reason="Ghi hai lần")
    result = services.confirm_entries(cast.actor("khanh"), seen=[(good, 1), (gone, 7), (struck, 1)])
    assert (result.confirmed, set(result.left)) == ((good,), {gone, struck})
    assert [state(entry) for entry in (good, gone)] == ["CONFIRMED", "WAITING"]


def test_a_strange_entry_among_many_stops_all(cast: Cast, season: UUID) -> None:
    good = make_entry(season_id=season)
    private = make_entry(season_id=make_season(plot_id=make_plot(household_id=cast.other_household)))
    with pytest.raises(NotAllowed):
        services.confirm_entries(cast.actor("khanh"), seen=[(good, 1), (private, 1)])
    assert state(good) == "WAITING"


def test_only_the_seasons_inspector_checks_and_never_the_own_household(cast: Cast, season: UUID) -> None:
    entry = make_entry(season_id=season)
    for other in ("an", "chi", "dung", "giang", "ha", "minh"):
        with pytest.raises(NotAllowed):
            services.confirm_entry(cast.actor(other), entry_id=entry, version=1)
    own_home = people.household_of(cast.person("khanh"))
    assert own_home
    own = make_entry(season_id=make_season(plot_id=make_plot(household_id=own_home), organisation_id=cast.cooperative))
    with pytest.raises(NotAllowed):
        services.confirm_entry(cast.actor("khanh"), entry_id=own, version=1)
    assert cast.client("khanh").get("/diary/checks/").content.count(b'name="seen"') == 1


def test_an_input_is_checked_by_the_cooperative_of_the_household(cast: Cast, season: UUID) -> None:
    theirs = make_input(household_id=cast.household)
    strange = make_input(household_id=cast.other_household)
    confirm(theirs, actor=cast.actor("khanh"))
    with pytest.raises(NotAllowed):
        confirm(strange, actor=cast.actor("khanh"))


def test_a_concern_is_answered_by_the_inspector(cast: Cast, season: UUID) -> None:
    make_early_harvest(season_id=season, household_id=cast.household)
    [concern] = queries.open_concerns(season)
    with pytest.raises(NotAllowed):
        services.answer_concern(cast.actor("an"), concern_id=concern.id, answer="Không sao")
    with pytest.raises(services.ReasonNeeded):
        services.answer_concern(cast.actor("khanh"), concern_id=concern.id, answer="")
    services.answer_concern(cast.actor("khanh"), concern_id=concern.id, answer="Đã lấy mẫu xét nghiệm")
    with pytest.raises(services.ConcernIsSettled):
        services.answer_concern(cast.actor("khanh"), concern_id=concern.id, answer="Lần nữa")
    assert queries.open_concerns(season) == []
    [card] = queries.season_story(season).concerns
    assert (card.state, card.answered_as) == ("ANSWERED", "INSPECTOR")


def test_where_no_cooperative_checks_the_grower_answers_and_it_is_said(cast: Cast) -> None:
    season = make_season(plot_id=make_plot(household_id=cast.household))
    make_early_harvest(season_id=season, household_id=cast.household)
    [concern] = queries.open_concerns(season)
    services.answer_concern(cast.actor("an"), concern_id=concern.id, answer="Chỉ để nhà dùng")
    [card] = queries.season_story(season).concerns
    assert (card.state, card.answered_as) == ("ANSWERED", "GROWER")


def test_the_queue_counts_what_waits_and_what_is_late(cast: Cast, season: UUID) -> None:
    with time_machine.travel(clock.now() - timedelta(days=8)):
        make_entry(season_id=season)
    make_harvest(season_id=season)
    confirm(make_entry(season_id=season), actor=cast.actor("khanh"))
    make_entry(season_id=make_season(plot_id=make_plot(household_id=cast.other_household)))
    [queue] = work_queues(cast.actor("khanh"))
    assert (queue.waiting, queue.late) == (2, 1)
    assert work_queues(cast.actor("an")) == []


def test_the_queue_on_screen(cast: Cast, season: UUID) -> None:
    khanh = cast.client("khanh")
    clean = make_entry(season_id=season, activity="WATERING", amount=2)
    early = make_early_harvest(season_id=season, household_id=cast.household)
    asked = make_entry(season_id=season)
    services.question_entry(cast.actor("khanh"), entry_id=asked, version=1, question="Sao vậy?")

    def shown(**query: str) -> str:
        answer = khanh.get("/diary/checks/", query)
        assert answer.status_code == 200
        return answer.content.decode()

    assert str(clean) in shown()
    assert str(asked) not in shown()
    assert str(asked) in shown(state="QUESTIONED")
    assert str(early) not in shown(warnings="WITHOUT")
    assert str(clean) not in shown(warnings="WITH")
    assert str(clean) in shown(q="tuoi nuoc")
    assert str(clean) not in shown(q="abamectin")
    assert shown(tick="1").count(" checked") == shown().count('name="seen"') - 1
    assert "Tưới nước" in khanh.get("/diary/checks/", {"format": "csv"}).content.decode()

    answer = khanh.post("/diary/checks/confirmation/", {"seen": [f"{clean}:1", f"{early}:9"]}, follow=True)
    assert state(clean) == "CONFIRMED"
    assert "1 dòng vừa được sửa" in answer.content.decode()
    assert khanh.post("/diary/checks/confirmation/", {"seen": ["nonsense"]}).status_code == 422
    assert khanh.post("/diary/checks/confirmation/").status_code == 422
    assert khanh.post("/diary/checks/confirmation/", {"seen": [f"{new_id()}:1"]}).status_code == 404
