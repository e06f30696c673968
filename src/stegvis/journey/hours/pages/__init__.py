"""The pages of hours, of the first year and of after-care."""

from stegvis.journey.hours.pages.after import after_care
from stegvis.journey.hours.pages.caseload import first_year
from stegvis.journey.hours.pages.paper import hours_statement
from stegvis.journey.hours.pages.tab import month_hours
from stegvis.journey.hours.pages.taking import take_hours
from stegvis.journey.hours.pages.writing import correct_hours, enter_hours, hand_over, self_support

__all__ = [
    "after_care",
    "correct_hours",
    "enter_hours",
    "first_year",
    "hand_over",
    "hours_statement",
    "month_hours",
    "self_support",
    "take_hours",
]
