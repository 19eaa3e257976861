"""The part of a season's diary that belongs to one harvest."""

from datetime import date
from uuid import UUID

from langso.farm.diary.queries import ConcernCard, SeasonStory, StoryStep

HARVEST, HAZARD = "HARVEST", "HAZARD"


def steps_of(harvest_id: UUID | None, harvest_date: date, story: SeasonStory) -> list[StoryStep]:
    """What was done on the plot until this harvest, by date, the harvest itself included and later ones not."""
    return [step for step in story.steps if _belongs(step, harvest_id, harvest_date)]


def concerns_of(harvest_id: UUID | None, harvest_date: date, story: SeasonStory) -> list[ConcernCard]:
    """The concerns that touch this harvest: of its own entry, of works before it, of soil and water at any time."""
    return [
        concern
        for step in story.steps
        if step.kind == HAZARD or _belongs(step, harvest_id, harvest_date)
        for concern in step.concerns
    ]


def _belongs(step: StoryStep, harvest_id: UUID | None, harvest_date: date) -> bool:
    if step.kind == HARVEST:
        return step.entry_id == harvest_id
    return step.on_date <= harvest_date
