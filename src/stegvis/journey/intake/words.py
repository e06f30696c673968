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
FAULTS = {
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
