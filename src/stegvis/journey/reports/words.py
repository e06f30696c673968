"""Reports in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SECTIONS = {
    "done": _("What we have done"),
    "decisions": _("Why it was decided so"),
    "goals": _("Goals and how they go"),
    "progress": _("What has gone forward"),
    "job_seeking": _("Looking for work"),
    "attendance": _("Attendance"),
    "absence": _("Reasons for absence"),
    "question": _("What you asked"),
    "next": _("What comes next"),
}
OCCASIONS = {
    "period": _("For a period"),
    "step": _("At the change of step"),
    "leave": _("At the end"),
}
FORM = _("Form for a period")
STATES = {
    "draft": (_("Not sent"), "warn", "circle-alert"),
    "sent": (_("Sent"), "ok", "check"),
    "dropped": (_("Put aside"), "", "archive"),
}
SEEN = {
    "own_page": _("on their own page"),
    "together": _("together with you"),
    "paper": _("on paper"),
}
STRUCK = {
    "no_waiver": _("No waiver covers this to them."),
    "ended": _("The waiver has ended or was withdrawn."),
    "other_office": _("The waiver is for another office."),
    "left_out": _("You left it out."),
    "empty": _("Nothing is written."),
    "no_uses": _("The referral does not say what the answer is used for."),
}
NEVER = (
    (_("Talks about motivation"), _("Never go with a report.")),
    (_("Health and care"), _("Never go with a report.")),
    (_("Income"), _("Never goes with a report.")),
    (_("Incidents at work"), _("Never go with a report.")),
)
FAULTS = {
    "not_seen": _(
        "The person has not seen it as it stands. Show it first, or note that they did not want to."
    ),
    "nothing_covered": _("Nothing in it may be told to them. Ask for a waiver first."),
    "already_sent": _("It has already been sent."),
    "unfit_word": _(
        "This word does not belong in a report to them: %(word)s. Write it another way."
    ),
    "unprintable": _("The letter %(word)s cannot be printed. Write the passage in other letters."),
    "address_missing": _("Write where the link is to be sent."),
    "protected": _("For somebody protected no link is sent. Hand it over on paper."),
    "too_long": _("It is longer than a report may be."),
    "over_a_page": _(
        "The form is one page, and this is more. Write the passages shorter, or ask the person "
        "to shorten their comment."
    ),
    "their_own_words": _("The person wrote this with their own hand. It is not written over."),
    "no_referrer": _("Nobody referred the person, so there is nobody to report to."),
    "covered_no_longer": _(
        "What it was sent on has been withdrawn or has ended, so no new link goes out."
    ),
    "opened_already": _("It has been opened; a new link is a new report."),
}
# Reasons of ours that touch health: one is said otherwise, the other is among "another reason".
REASONS = {"care_of_child": _("Care of one’s child"), "care_visit": ""}
ILL = _("Reported ill")
ANOTHER = _("Another reason")
NOT_TOLD = _("No reason noted")
MEASURES = {
    "written": _("Grounds in writing"),
    "words": _("The person’s own words"),
    "answered": _("Asked for their words"),
    "argued": _("Against the advice, with written grounds"),
}
QUASI = {
    "programme": _("Programme"),
    "agency": _("Who referred"),
    "sex": _("Sex"),
    "age_at_entry": _("Age at entry"),
    "entry": _("Month of entry"),
    "exit": _("Month of leaving"),
}
LEVELS = {
    "as_is": _("told by its finest step"),
    "coarser": _("told more coarsely"),
    "not_told": _("not told: too few alike"),
}
