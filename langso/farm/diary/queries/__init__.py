"""Public reads of the diary; frozen dataclasses out."""

from langso.farm.diary.queries.story import (
    ConcernCard,
    HarvestCard,
    SeasonStory,
    StoryStep,
    harvest_card,
    open_concerns,
    season_story,
)

__all__ = ["ConcernCard", "HarvestCard", "SeasonStory", "StoryStep", "harvest_card", "open_concerns", "season_story"]
