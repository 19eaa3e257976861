"""Public reads of the diary; frozen dataclasses out."""

from langso.farm.diary.queries.lines import Line
from langso.farm.diary.queries.screens import latest_lines
from langso.farm.diary.queries.story import (
    ConcernCard,
    HarvestCard,
    SeasonStory,
    StoryStep,
    harvest_card,
    open_concerns,
    season_stories,
    season_story,
)

__all__ = [
    "ConcernCard",
    "HarvestCard",
    "Line",
    "SeasonStory",
    "StoryStep",
    "harvest_card",
    "latest_lines",
    "open_concerns",
    "season_stories",
    "season_story",
]
