"""What is counted in words, and on which page of a person a proof stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

STATES: Mapping[str, tuple[str, str, Any]] = {
    "met": ("ok", "check", _("Met")),
    "not_met": ("late", "x", _("Not met")),
    "not_yet_due": ("", "hourglass", _("Not yet due")),
    "unknown": ("warn", "circle-question-mark", _("Not known")),
}
"""Kind of tag, icon and word of each state of an element."""

KINDS: Mapping[str, Any] = {
    "met": _("Met"),
    "lacking": _("Not met"),
    "unknown": _("Not known"),
    "not_due": _("Not yet due"),
}

AGES: Mapping[str, Any] = {
    "0": _("up to 30 days"),
    "31": _("31 to 90 days"),
    "91": _("91 to 180 days"),
    "181": _("more than 180 days"),
}

NOT_SCREENED = _("In no group yet")

PLACES: Mapping[str, Any] = {"": _("On no step"), "left": _("Have left")}

MEASURES: Mapping[str, Any] = {
    "people": _("People in the programme during the period"),
    "broke_off": _("Broke off at a company, of those who were at one"),
    "hours_reached": _(
        "Reached the programme's ordinary hours in a month, of those with any ordinary hours"
    ),
    "hours_sum": _("Ordinary hours of whole months, to the nearest ten"),
    "start": _("Days from the plan to the first activity"),
    "start_kept": _("Begun within the days the programme asks for"),
    "search": _("Days from the step's start to the agreement"),
    "search_age": _("Still looking for a match"),
    "talks": _("Talks in the first step"),
    "answers": _("Working days until a message was answered"),
    "answers_kept": _("Messages answered within the working days asked for"),
    "same_mediator": _("The same job mediator all the way, of those who have had one"),
    "months_with_contact": _("Months of the first year with contact"),
}

PROOFS: Mapping[str, str] = {
    "plan_agreed": "plan",
    "job_goal": "papers",
    "document": "papers",
    "mediator_offered": "mediator",
    "mediator_assigned": "mediator",
    "visit": "placements",
    "match": "placements",
    "placement": "placements",
    "placement_start": "placements",
    "agreement": "agreement",
    "follow_up_plan": "agreement",
    "contact_person": "agreement",
    "resource": "mapping",
    "barrier": "mapping",
    "mediator_contact": "talks",
    "contact": "talks",
    "hours": "month_hours",
    "self_support": "month_hours",
    "observation": "abilities",
    "self_rating": "abilities",
    "mi_talk": "behaviours",
    "briefing": "person_briefings",
    "screening": "screening",
}
"""Of a fact or event a criterion reads: the page of the person where it stands."""

JUDGED = "person"
"""Where a person's own judgement stands."""

FAULTS: Mapping[str, Any] = {
    "backwards": _("The last day lies before the first."),
    "too_long": _("Choose at most three years at a time."),
    "ahead": _("The first day lies ahead. Choose a day up to today."),
    "both": _("Write both the first and the last day."),
}
