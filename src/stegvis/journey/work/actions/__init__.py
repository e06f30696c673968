"""The verbs of the room."""

from stegvis.journey.work.actions.given import NewEnd, NewWork, decide_work, give_work
from stegvis.journey.work.actions.hours import DayHours, NewHours, set_hours
from stegvis.journey.work.actions.tried import NewTry, end_language, plan_language, try_task

__all__ = [
    "DayHours",
    "NewEnd",
    "NewHours",
    "NewTry",
    "NewWork",
    "decide_work",
    "end_language",
    "give_work",
    "plan_language",
    "set_hours",
    "try_task",
]
