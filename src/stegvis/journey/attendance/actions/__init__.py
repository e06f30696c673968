"""The verbs of the room."""

from stegvis.journey.attendance.actions.marking import Mark, close_day, mark, settle
from stegvis.journey.attendance.actions.reasons import NewReason, change_reason

__all__ = ["Mark", "NewReason", "change_reason", "close_day", "mark", "settle"]
