"""Codes of the referral in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

AGENCIES = {
    "AF": _("Employment service (AF)"),
    "FK": _("Social insurance agency (FK)"),
    "SOC": _("Social services"),
    "REGION": _("Health care"),
    "JOBCENTER": _("Jobcentre"),
    "OTHER": _("Other"),
}
BY_COUNTRY = {"SE": ("SOC", "AF", "FK", "REGION", "OTHER"), "DK": ("JOBCENTER", "REGION", "OTHER")}
VERBS = {
    "practise": _("Practise"),
    "train": _("Train"),
    "try": _("Try"),
    "clarify": _("Clarify"),
}
USES = {
    "sick_leave": _("Sick leave"),
    "rehabilitation": _("Rehabilitation"),
    "job_matching": _("Job matching"),
    "other": _("Other"),
}
INCOMES = {
    "income_support": _("Income support"),
    "sickness_benefit": _("Sickness benefit"),
    "unemployment_benefit": _("Unemployment benefit"),
    "wage": _("Wage"),
    "subsidised_wage": _("Subsidised wage"),
    "studies": _("Study support"),
    "other": _("Other"),
    "none": _("None"),
    "unknown": _("Not known"),
}
EQUAL = {
    "areas_shown": _("Have all work areas been shown to the person?"),
    "own_choice": _("Is the choice of area the person's own?"),
    "health_limits": _("Have we asked about limits of health, so that no place goes against them?"),
    "protected_job": _("Has protected employment (OSA) been offered as it is to others?"),
    "violence": _("Has the person been told where there is help against violence?"),
    "parental_leave": _("Has parental leave been planned for, if there is any?"),
    "exit_reasons": _("Are earlier reasons for leaving looked at as they are for others?"),
}
"""The checklist for an equal referral (KN-96). The first three are the source's; of the rest its
list is damaged and names the matters alone: the questions are ours. All ask what we have done."""
EQUAL_ANSWERS = {
    "yes": _("Yes"),
    "no": _("No"),
    "not_relevant": _("Not relevant"),
}
WAYS = {
    "phone": _("By telephone"),
    "meeting": _("At a meeting"),
    "letter": _("By letter"),
    "mail": _("In a message"),
}
FAULTS = {
    "nothing_to_tell": _("There is nothing to tell: all that was asked for is taken on."),
    "referral_already_answered": _("This referral has already been answered."),
    "question_missing": _("Write the question to the referrer."),
    "reason_missing": _("Write why the referral is declined."),
    "purpose_missing": _("What is to be trained, tried or clarified is missing. Ask the referrer."),
    "difference_untold": _("Write what is delivered instead of what was asked for, and why."),
    "service_needs_licence": _("An assessment of work ability is made by a licensed profession."),
    "referral_not_accepted": _("Accept the referral first."),
    "already_enrolled": _("The person is already enrolled. End that enrolment first."),
    "before_the_earlier_ended": _("The day lies before the earlier enrolment ended."),
}


def agency(code: str) -> str:
    return str(AGENCIES.get(code, code))
