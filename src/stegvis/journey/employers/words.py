"""The room in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stegvis.core.values.grades import Grade
from stegvis.journey.employers.models import (
    Access,
    Company,
    Dialogue,
    Headcount,
    Opening,
    PlaceRequest,
    SharingPact,
)

FAULTS = {
    "cvr": _("A CVR number has eight digits."),
    "organisation_number": _("An organisation number has ten digits."),
    "check_digit": _("That is no organisation number: its last digit does not fit the others."),
    "personal_number": _("That is a person's number. Leave the field empty for a sole trader."),
    "p_number": _("A P-number has ten digits."),
    "number_taken": _("There is a company with that number already."),
    "site_taken": _("There is a site with that name or P-number already."),
    "module_taken": _("There is one with that name already."),
    "leaves_before": _("The last day cannot be before the first."),
    "hours_order": _("The most hours cannot be fewer than the least."),
    "looked_half": _("Write both who has signed for it and on which day, or neither."),
    "plan_empty": _("Write what the plan says before you call it ready."),
    "postal_taken": _("That postal area is there already."),
    "ahead": _("That day has not been yet."),
    "ends_before": _("The last day cannot be before the first."),
    "no_yes_yet": _("The other municipality has not said yes."),
    "site_paused": _("The site pauses: it is asked for no places."),
    "knocked_enough": _(
        "It has been asked as often as we agreed this month. Write why you ask once more, or wait."
    ),
    "nothing_asked": _("Nothing was asked there, so there is nothing to answer."),
    "answered_before": _("It has been answered already."),
    "answers_missing": _("Answer all three questions."),
    "asked_waits": _("Questions to this person already wait for an answer."),
    "asked_already": _("You have asked for this place already, and wait for an answer."),
    "has_left": _("This person no longer works there."),
    "count_empty": _("Write how many work there, or how many full-time positions."),
    "more_trained": _("More cannot be trained than work there."),
    "more_free": _("More cannot be free than there are places."),
    "rule_is_nothing": _("Write a figure of at least one."),
    "partnership_empty": _("An agreement says what both do. Write both."),
    "signed_half": _("Write who signed for the company and who for us."),
    "signed_before": _("This version is signed already."),
    "no_such_peer": _("There is no such municipality here."),
    "pact_there": _("There is an agreement with that municipality already, or an offer."),
    "nothing_to_accept": _("There is no offer like that to accept any more."),
    "pact_ended": _("The agreement has ended already."),
    "not_shared_now": _("The other municipality no longer shows this place."),
    "module_future": _("A module cannot have been gone through on a day that has not been."),
}
SECTORS = {
    Company.Sector.UNKNOWN: _("Not known"),
    Company.Sector.PRIVATE: _("Private"),
    Company.Sector.PUBLIC: _("Public"),
    Company.Sector.ASSOCIATION: _("Association"),
}
STATES = {
    Opening.State.OPEN: _("Offered now"),
    Opening.State.PROPOSED: _("Proposed by the company"),
    Opening.State.PAUSED: _("Paused"),
}
ACCESS = {
    Access.UNKNOWN: _("Not known"),
    Access.YES: _("Yes"),
    Access.PARTLY: _("Partly"),
    Access.NO: _("No"),
}
ASPECTS = {
    "physical": _("The place itself"),
    "communicative": _("How one talks and is understood"),
    "informative": _("How one is informed"),
    "reception": _("How one is met"),
}
GRADES = {
    Grade.NONE: _("No grade"),
    Grade.AMBASSADOR: _("Ambassador company"),
    Grade.EXAMPLE: _("Example company"),
}
TAGS = {
    Grade.NONE: ("", "minus"),
    Grade.AMBASSADOR: ("info", "user-check"),
    Grade.EXAMPLE: ("ok", "check-check"),
}
TALKS = {
    Dialogue.Kind.CALL: _("Call"),
    Dialogue.Kind.VISIT: _("Visit"),
    Dialogue.Kind.LETTER: _("Letter or e-mail"),
    Dialogue.Kind.MEETING: _("Meeting"),
}
ANSWERS = {
    Dialogue.Answer.YES: _("Yes"),
    Dialogue.Answer.LATER: _("Later"),
    Dialogue.Answer.NO: _("No"),
}
SOURCES = {
    Headcount.Source.COMPANY: _("as the company said"),
    Headcount.Source.REGISTER: _("from a register"),
    Headcount.Source.LIST: _("from a list"),
}
# With the kind and the sign of its tag.
PACTS = {
    SharingPact.State.OFFERED: ("warn", "clock-alert", _("On offer")),
    SharingPact.State.ACCEPTED: ("ok", "check", _("Agreed")),
    SharingPact.State.ENDED: ("", "minus", _("Has ended")),
}
REPLIES = {
    PlaceRequest.Answer.NONE: ("warn", "clock-alert", _("Waits for an answer")),
    PlaceRequest.Answer.YES: ("ok", "check", _("Yes, a place")),
    PlaceRequest.Answer.NO: ("", "minus", _("Not now")),
}
ASKED = {
    "prepared": _("Were you prepared enough?"),
    "supported": _("Do you get the support you need from us?"),
    "again": _("Would you do it again?"),
}
SCALE = {1: _("No"), 2: _("Rather not"), 3: _("Rather yes"), 4: _("Yes")}
LINES = {
    "parts": _("write company; site; name; module; day."),
    "no_company": _("there is no company of that name or number."),
    "no_site": _("the company has no site of that name."),
    "which_site": _("the company has several sites: write which."),
    "no_module": _("there is no module of that name."),
    "no_name": _("write who it is."),
    "day": _("write the day as 2026-03-31, or leave it out."),
    "ahead": _("that day has not been yet."),
    "too_long": _("five hundred lines at a time."),
}
