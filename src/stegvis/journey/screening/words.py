"""Screening in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MISSING = {
    "did_not_want": _("Did not want to say anything"),
    "not_there": _("Was not there"),
    "not_asked": _("Was not asked"),
}
STATUSES = {
    "not_begun": _("The preparatory part is not begun"),
    "begun": _("The preparatory part is begun"),
    "sent": _("Sent to the rehabilitation team"),
    "recommended": _("The team has recommended"),
    "decided": _("The municipality has decided"),
}
DECISIONS = {
    "resource_course": _("Resource course"),
    "flex_job": _("Flex job"),
    "early_retirement": _("Early retirement"),
    "other": _("Something else"),
}
FAULTS = {
    "no_screening": _("This programme has no screening."),
    "enrolment_ended": _("The person has left this programme."),
    "held_already": _("The first talk is already written down."),
    "within_an_earlier": _("The person was still in an earlier programme that day."),
    "step_began_otherwise": _(
        "Step 1 began on another day, and it begins with the first talk. Correct the step first."
    ),
    "talk_first": _("Write down the first talk about screening, then the group."),
    "before_the_talk": _("The day lies before the first talk about screening."),
    "before_the_present": _(
        "The day lies before the present group was set. A later one is dated later."
    ),
    "no_such_group": _("Choose one of the three groups."),
    "grounds_missing": _("Write the grounds for the group."),
    "own_words_missing": _("Write the person's own words, or say why they are missing."),
    "notice_missing": _(
        "The screening cannot be closed before the notice to the social administration is sent."
    ),
    "not_group_3": _("A notice belongs to group 3."),
    "notice_sent_already": _("The notice is already written down."),
    "reason_missing": _("Write the reason for the notice."),
    "addressee_missing": _("Write to whom the notice was sent."),
    "not_in_order": _(
        "That cannot be yet: the preparatory part, the team, its recommendation, the decision."
    ),
    "said_already": _("That is already written down."),
    "day_out_of_order": _("The day lies before the one it follows on."),
    "recommendation_missing": _("Write what the team recommends."),
    "no_such_decision": _("Choose what the municipality decided."),
    "no_exception": _("The programme knows no such exception."),
    "no_drop_out": _("The exception is for somebody who has dropped out, before a new attempt."),
    "not_in_group_one": _(
        "A personal job mediator is for group 1. Screen again first if the group has changed."
    ),
    "not_screened": _("Screen first: a personal job mediator is for group 1."),
    "nobody_to_lead": _("Choose somebody who works with the person now."),
}
