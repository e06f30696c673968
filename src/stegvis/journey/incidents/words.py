"""What goes wrong, in words. The list is ours, from the sources' days, and the municipality's."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {
    "late_talk": (_("Late: a talk"), "clock-alert"),
    "quarrel": (_("Quarrel"), "message-circle"),
    "refusal": (_("Refused a task"), "ban"),
    "first_aid": (_("First aid"), "circle-alert"),
    "intoxication": (_("Suspected intoxication"), "triangle-alert"),
    "ran_off": (_("Left without a word"), "footprints"),
    "other": (_("Something else"), "flag"),
}
MEASURES = {
    "talk": _("Talked it over"),
    "talk_together": _("Talked it over together"),
    "other_task": _("Another task"),
    "first_aid_given": _("First aid was given"),
    "manager_told": _("The manager was told"),
    "written_warning": _("Written warning"),
    "sent_home": _("Sent home"),
}
BY_HAND = ("talk", "talk_together", "other_task", "first_aid_given", "manager_told")
OUTCOMES = {
    "solved": _("Solved"),
    "agreed": _("Agreed on how to go on"),
    "nothing_more": _("Nothing more"),
    "ground_lacking": _("There was no ground for it"),
}
RESULTS = {
    "positive": _("Influenced"),
    "negative": _("Sober"),
    "refused": _("Did not want to be tested"),
}
FAULTS = {
    "nobody": _("Choose who it is about."),
    "too_many": _("Choose at most twelve."),
    "kind_missing": _("Choose what it was."),
    "one_alone": _("Suspected intoxication is written down for one person at a time."),
    "closed": _("It is closed already."),
    "tested": _("The test is written down already."),
    "not_suspected": _("It is no suspected intoxication."),
    "not_tested": _("Write down the test first."),
    "sober": _("The person was sober. There is nothing to warn of."),
    "sent_home": _("The person has been sent home already."),
    "outcome_missing": _("Choose how it ended."),
    "value": _("Write a number between 0 and 6, or nothing."),
    "nothing_said": _("Write what to do."),
    "diagnosis": _("Write what to do, not what the person has: %(word)s is left out here."),
    "consent_ahead": _("The consent cannot lie ahead."),
    "withdrawn": _("It has been taken back already."),
    "handed": _("It has been handed over already."),
    "name_missing": _("Write what it is called."),
    "in_future": _("It cannot have happened ahead of now."),
}
# Words that name what somebody has instead of what to do (N-15). Ours, and never complete: the
# person reads the note as well.
DIAGNOSES = (
    "diabet", "epilep", "adhd", "autis", "asperger", "bipol", "schizo", "skizo", "psykos",
    "depression", "depressiv", "alkoholis", "missbruk", "misbrug", "demens", "cancer", "kræft",
    "diagnos", "hiv", "kol ",
)  # fmt: skip
