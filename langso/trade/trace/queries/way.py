"""The way of a lot, from the first work on the field to the shelf, as items of a timeline."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from langso.farm.diary.queries import ConcernCard, SeasonStory, StoryStep, season_stories
from langso.kernel import clock
from langso.kernel.journal.memory import each_while_unmoved
from langso.kernel.units import Unit
from langso.trade.trace.models import Lot, Origin, State, Taken, Transformation
from langso.trade.trace.queries.quantities import pack_text, quantity_text
from langso.trade.trace.queries.stories import concerns_of, steps_of
from langso.trade.trace.queries.ways import ancestors

MOST_DIARIES = 3
"""A lot that came together from more harvests leads to their own pages instead of telling all their diaries."""
BACKDATED = "BACKDATED"
"""The diary's code for an entry that was written down long after the work."""
BEGINNINGS = ("SOWING", "STOCKING")
KIND_ICONS = {"SPLIT": "scissors", "MERGE": "plus", "MIX": "plus", "GRADE": "check"}


@dataclass(frozen=True, slots=True)
class WayItem:
    """One thing that happened, as `{% timeline %}` shows it."""

    at: date
    title: str
    text: str = ""
    icon: str = ""
    level: str = "plain"
    by: str = ""


@dataclass(slots=True)
class _Told:
    items: list[WayItem] = field(default_factory=list)
    diary: list[WayItem] = field(default_factory=list)
    concerns: list[ConcernCard] = field(default_factory=list)
    told: int = 0
    checked: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """`items` tell the way in short, `diary` every entry; `checked` of the `told` entries were confirmed."""

    items: tuple[WayItem, ...]
    diary: tuple[WayItem, ...]
    concerns: tuple[ConcernCard, ...]
    told: int
    checked: int


def way_of(lot: Lot) -> Way:
    """The way of this lot, read with `made_by` and `uses`, and of all that went into it, oldest first.

    Afterwards the lot's `made_by` holds its `inputs` with their lots.
    """
    back = ancestors(lot.pk) if lot.made_by else []
    line = [lot, *(Lot.objects.filter(pk__in=back).select_related("made_by") if back else ())]
    made = [each for each in line if each.made_by]
    prefetch_related_objects(made, Prefetch("made_by__inputs", Taken.objects.select_related("lot")))
    told = _Told()
    _tell_diaries(told, [each for each in line if each.harvest_id is not None])
    for origin in line:
        if origin.origin == Origin.HAND:
            told.items.append(_hand_made(origin))
    told.items += _acts(line)
    for each in line:
        told.items += _packing(each)
    told.items += _steps(lot) + _holds(lot, told.concerns) + _uses(lot)
    return Way(
        items=tuple(sorted(told.items, key=lambda item: item.at)),
        diary=tuple(told.diary),
        concerns=tuple({concern.id: concern for concern in told.concerns}.values()),
        told=told.told,
        checked=told.checked,
    )


def _tell_diaries(told: _Told, harvests: Sequence[Lot]) -> None:
    stories = _stories({lot.season_id for lot in harvests if lot.season_id is not None})
    for lot in harvests:
        if lot.season_id is None:
            continue
        story = stories[lot.season_id]
        steps = steps_of(lot.harvest_id, lot.produced_date, story)
        told.concerns += concerns_of(lot.harvest_id, lot.produced_date, story)
        told.told += len(steps)
        told.checked += sum(1 for step in steps if step.checked_at is not None)
        if len(harvests) <= MOST_DIARIES:
            told.diary += [_diary_item(step) for step in steps]
            told.items += _in_short(steps)
        else:
            told.items += [_diary_item(step) for step in steps if step.kind == "HARVEST"]


def _stories(season_ids: Collection[UUID]) -> dict[UUID, SeasonStory]:
    """One season is behind many lots, so its story is kept by itself; a crowd of them would drive out all others."""
    if len(season_ids) > MOST_DIARIES:
        return season_stories(season_ids)
    keys = {season_id: ("story_of_season", season_id, get_language()) for season_id in season_ids}
    return each_while_unmoved(keys, season_stories)


def _in_short(steps: Sequence[StoryStep]) -> list[WayItem]:
    """The steps a buyer asks about one by one; what is done every week as one line."""
    routine = [step for step in steps if _is_routine(step)]
    items = [_diary_item(step) for step in steps if not _is_routine(step)]
    if len(routine) <= 2:
        return items + [_diary_item(step) for step in routine]
    counted = Counter(step.title for step in routine)
    text = ", ".join(f"{title} × {times}" for title, times in counted.most_common())
    late = sum(1 for step in routine if step.concerns)
    if late:
        text += " · " + ngettext("%(count)d entry written down late", "%(count)d entries written down late", late) % {
            "count": late
        }
    checked = sum(1 for step in routine if step.checked_at is not None)
    return [
        *items,
        WayItem(
            at=routine[0].on_date,
            title=_("Care until harvest"),
            text=text,
            icon="leaf",
            level="ok" if checked == len(routine) else "plain",
            by=_checks(checked, len(routine)),
        ),
    ]


def _is_routine(step: StoryStep) -> bool:
    telling = step.input_name or step.activity in BEGINNINGS or any(each.code != BACKDATED for each in step.concerns)
    return step.kind == "WORK" and not telling


def _checks(checked: int, told: int) -> str:
    if not checked:
        return ""
    return ngettext(
        "%(checked)d of %(told)d entry checked by the cooperative",
        "%(checked)d of %(told)d entries checked by the cooperative",
        told,
    ) % {"checked": checked, "told": told}


def _diary_item(step: StoryStep) -> WayItem:
    texts = [step.input_name, step.dose_text, *(concern.explanation for concern in step.concerns)]
    return WayItem(
        at=step.on_date,
        title=step.title,
        text=" · ".join(text for text in texts if text),
        icon=step.icon,
        level=_level(step),
        by=_("checked by the cooperative on %(day)s") % {"day": f"{clock.local_date(step.checked_at):%d/%m/%Y}"}
        if step.checked_at
        else "",
    )


def _level(step: StoryStep) -> str:
    if any(concern.severity == "SERIOUS" and concern.is_open for concern in step.concerns):
        return "danger"
    if step.concerns or step.check_state == "QUESTIONED":
        return "warning"
    return "ok" if step.checked_at else "plain"


def _hand_made(lot: Lot) -> WayItem:
    return WayItem(
        at=lot.produced_date,
        title=_("Production"),
        text=quantity_text(lot.quantity, Unit(lot.unit)),
        icon="package",
        by=_("no diary was kept for these goods"),
    )


def _acts(line: Iterable[Lot]) -> list[WayItem]:
    acts = {each.made_by.pk: each.made_by for each in line if each.made_by is not None}
    return [_act(act) for act in acts.values()]


def _act(act: Transformation) -> WayItem:
    went_in = ", ".join(quantity_text(taken.quantity, Unit(taken.lot.unit)) for taken in act.inputs.all())
    came_out = ", ".join(quantity_text(lot.quantity, Unit(lot.unit)) for lot in act.outputs.all())
    parts = [f"{went_in} → {came_out}"]
    if act.lost:
        parts.append(_("lost: %(quantity)s") % {"quantity": quantity_text(act.lost, Unit(act.unit))})
    if act.unaccounted:
        parts.append(
            _("not accounted for: %(quantity)s") % {"quantity": quantity_text(act.unaccounted, Unit(act.unit))}
        )
    return WayItem(
        at=act.done_date,
        title=act.get_kind_display(),
        text=" · ".join([*parts, act.note] if act.note else parts),
        icon=KIND_ICONS.get(act.kind, "refresh-cw"),
        level="warning" if act.unaccounted else "plain",
    )


def _packing(lot: Lot) -> list[WayItem]:
    if lot.packed_date is None:
        return []
    return [WayItem(at=lot.packed_date, title=_("Packed"), text=pack_text(lot), icon="package")]


def _steps(lot: Lot) -> list[WayItem]:
    told = {
        State.ISSUED: (_("Lot issued"), "qr-code", "info"),
        State.SOLD_OUT: (_("Sold out"), "shopping-basket", "plain"),
        State.WITHDRAWN: (_("Withdrawn from sale"), "stop", "danger"),
    }
    return [
        WayItem(_day(step.done_at), told[state][0], step.reason, told[state][1], told[state][2])
        for step in lot.steps.all()
        if (state := State(step.state)) in told
    ]


def reasons_of(lot: Lot, concerns: Iterable[ConcernCard]) -> dict[UUID, str]:
    """Why each hold was put, by its id: the diary's own finding in the active language, else the words of then."""
    now = {str(concern.id): concern.explanation for concern in concerns}
    causes = {hold.pk: hold.follows.concern if hold.follows else hold.concern for hold in lot.holds.all()}
    return {hold.pk: now.get(causes[hold.pk], hold.reason) for hold in lot.holds.all()}


def _holds(lot: Lot, concerns: Iterable[ConcernCard]) -> list[WayItem]:
    items, reasons = [], reasons_of(lot, concerns)
    for hold in lot.holds.all():
        items.append(WayItem(_day(hold.held_at), _("Held"), reasons[hold.pk], "stop", "danger"))
        if hold.released_at is not None:
            items.append(
                WayItem(
                    _day(hold.released_at),
                    _("Released"),
                    hold.release_reason,
                    "circle-check",
                    "ok",
                    by=hold.released_by_name,
                )
            )
    return items


def _uses(lot: Lot) -> list[WayItem]:
    return [
        WayItem(
            at=taken.transformation.done_date,
            title=_("A part went into another lot"),
            text=f"{taken.transformation.get_kind_display()}: {quantity_text(taken.quantity, Unit(lot.unit))}",
            icon="scissors",
        )
        for taken in lot.uses.all()
    ]


def _day(moment: datetime) -> date:
    return clock.local_date(moment)
