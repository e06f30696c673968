"""Hours, the first year and after-care in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stegvis.core.progression.windows import Kept
from stegvis.core.values.paid import Kind, Source

KINDS = {
    Kind.ORDINARY: _("Ordinary, paid"),
    Kind.SUBSIDISED: _("With wage subsidy"),
    Kind.PRACTICE: _("Practice"),
}
SOURCES = {
    Source.PAY_SLIP: _("Pay slip"),
    Source.EMPLOYER: _("The employer"),
    Source.PERSON: _("The person"),
    Source.LIST: _("An earlier list"),
}
SAYABLE = (Source.EMPLOYER, Source.PAY_SLIP, Source.PERSON)
"""What somebody who types may name; a list comes in as a file."""
THROUGH = {"job": _("A job"), "education": _("An education")}
EVERY = {1: _("Every month"), 2: _("Every second month"), 3: _("Every third month")}

BOXES = {
    Kept.MET: ("d", "check", _("contact")),
    Kept.MISSED: ("x", "x", _("no contact")),
    Kept.NOW: ("w", "clock-alert", _("this month, not yet")),
    Kept.AHEAD: ("", "circle", _("to come")),
    Kept.PASSED_OVER: ("", "pause", _("not asked for")),
    Kept.OFF: ("", "minus", _("not at the company")),
}
"""Class, icon and word of a month of the first year."""

FAULTS = {
    "month_ahead": _("That month has not begun."),
    "month_too_far_back": _("That month lies too far back. Is the year right?"),
    "left": _("The person has left the programme."),
    "employer_missing": _("Say at which employer."),
    "too_many": _("No month has so many hours at one employer."),
    "negative": _("Hours are never less than none. A correction has a row of its own."),
    "stated_before": _("Hours are already written down there. Correct that row instead."),
    "corrected_before": _("Somebody has corrected that row meanwhile. Look again."),
    "said_anew": _("The company has said otherwise meanwhile. Look again."),
    "same_as_before": _("That is what stands there already."),
    "self_support_before": _("That the person is self-supporting is written down already."),
    "self_support_ahead": _("That day has not come yet."),
    "no_year_over": _("The first year is not over, or the person is not at a company."),
    "handed_over_before": _("It has been handed over already."),
    "after_care_before": _("There is a plan for after-care already."),
    "after_care_days": _("After-care ends after today and within two years."),
    "contact_ahead": _("A contact cannot be ahead of now."),
    "contact_before": _("That contact is written down already."),
}
