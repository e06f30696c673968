"""The verbs of the room."""

from stegvis.journey.work.actions.hours import DayHours, NewHours, set_hours

__all__ = ["DayHours", "NewHours", "set_hours"]
