"""The verbs of the room."""

from stegvis.journey.work.actions.given import NewEnd, NewWork, decide_work, give_work
from stegvis.journey.work.actions.hours import DayHours, NewHours, set_hours
from stegvis.journey.work.actions.offers import (
    NewChoice,
    NewLimit,
    NewReason,
    agree_limit,
    change_reason,
    choose_area,
    end_limit,
    show_areas,
)
from stegvis.journey.work.actions.tried import NewTry, end_language, plan_language, try_task

__all__ = [
    "DayHours",
    "NewChoice",
    "NewEnd",
    "NewHours",
    "NewLimit",
    "NewReason",
    "NewTry",
    "NewWork",
    "agree_limit",
    "change_reason",
    "choose_area",
    "decide_work",
    "end_language",
    "end_limit",
    "give_work",
    "plan_language",
    "set_hours",
    "show_areas",
    "try_task",
]
