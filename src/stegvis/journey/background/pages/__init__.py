"""The pages of the years before: lanes, contacts, what lies ahead, tests, the resource team."""

from stegvis.journey.background.pages.ahead import ahead
from stegvis.journey.background.pages.contacts import contacts
from stegvis.journey.background.pages.keeping import retention
from stegvis.journey.background.pages.notes import change_note, new_note
from stegvis.journey.background.pages.team import team, team_requests
from stegvis.journey.background.pages.tests import test_times, tests
from stegvis.journey.background.pages.years import background

__all__ = [
    "ahead",
    "background",
    "change_note",
    "contacts",
    "new_note",
    "retention",
    "team",
    "team_requests",
    "test_times",
    "tests",
]
