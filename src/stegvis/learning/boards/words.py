"""The board in the words of its pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stegvis.journey.voices.words import PICTURES as KNOWN

PICTURES = {name: KNOWN[name] for name in (
    "flag", "clock", "wash", "clean", "hammer", "lunch", "pan", "coffee", "truck", "plant", "key",
    "scissors", "heart", "talk", "bulb", "people", "book", "phone", "home", "bus", "folder", "day",
)}  # fmt: skip
MARKS = {"yes": _("Yes"), "partly": _("Partly"), "no": _("No")}
MARK_SIGNS = {"yes": "check", "partly": "minus", "no": "x", "": "circle"}
NOT_YET = _("Not yet")
DAYS = (_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"))
STATES = {
    "idea": _("Idea"),
    "trying": _("Trying"),
    "checking": _("Checking"),
    "standard": _("The way we do it"),
    "not_now": _("Not now"),
}
QUARTERS = {"idea": 1, "trying": 2, "checking": 3, "standard": 4, "not_now": 0}
KINDS = {"idea": _("An idea"), "area": _("Something to get better at")}
SOURCES = {
    "staff": _("From a colleague"),
    "participant": _("From a participant"),
    "box": _("From the idea box, without a name"),
}
MEETINGS = {
    "board": _("Board meeting"),
    "apt": _("Workplace meeting"),
    "council": _("User council"),
}
# The four areas of the guide to a workplace's plan.
HEADINGS = {
    "prerequisites": _("Prerequisites"),
    "mission": _("Mission"),
    "carrying_out": _("Carrying out and follow-up"),
    "evaluation": _("Evaluation"),
}
ZONES = {
    "goals": _("Goals"),
    "deviations": _("Deviations"),
    "today": _("Today"),
    "improvements": _("Improvements"),
}
ZONE_PICTURES = {"goals": "flag", "deviations": "alert", "today": "day", "improvements": "bulb"}
FAULTS = {
    "no_effect": _("Say what came of it first: then it is the way we do it."),
    "no_answer": _("Write an answer first."),
    "no_heading": _("Say where in the workplace's plan it belongs."),
    "no_doer": _("A decision has somebody who does it."),
    "no_outcome": _("Say what came of it."),
    "board_there": _("There is a board of that name already."),
    "meeting_there": _("That meeting stands there already."),
    "changed": _("A colleague has changed this meanwhile. Look again."),
    "sits_already": _("That colleague sits there already."),
    "no_council": _("There is no user council there now."),
    "not_enrolled": _("The person is in no programme now."),
}
