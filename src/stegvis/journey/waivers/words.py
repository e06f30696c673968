"""Codes of waivers in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CATEGORIES = {
    "steps": _("What the person does, steps and what comes next"),
    "goals": _("Goals and plan"),
    "attendance": _("Attendance"),
    "absence_reasons": _("Reasons for absence"),
    "progress": _("What has gone forward, as seen at work"),
    "job_seeking": _("Job seeking"),
    "considerations": _("What is to be considered at the workplace"),
    "contact": _("How the person is reached"),
    "economy": _("Income and debts"),
    "health": _("Health and care"),
    "life": _("Home and family"),
}
PURPOSES = {
    "report": _("Report to whoever referred"),
    "planning": _("Planning together"),
    "benefit": _("Decision about a benefit"),
    "care": _("Care and treatment"),
    "placement": _("Finding and keeping a workplace"),
}
DIRECTIONS = {
    "give": _("We may tell them"),
    "receive": _("They may tell us"),
    "both": _("Both ways"),
}
BASES = {
    "osl_12_2": _("The person waives secrecy (OSL 12:2)"),
    "osl_10_1": _("Consent to another authority (OSL 10:1)"),
    "rsl_11a": _("Consent before data are obtained (RSL § 11 a)"),
    "consent": _("The person’s consent"),
}
BASES_OF = {"SE": ("osl_12_2", "osl_10_1", "consent"), "DK": ("rsl_11a", "consent")}
FORMS = {
    "signed": _("Signed on paper"),
    "e_signed": _("Signed electronically"),
    "oral": _("Said aloud, noted by whoever writes this"),
}
KINDS = {
    "SOC": _("Social services"),
    "AF": _("Employment service (AF)"),
    "FK": _("Social insurance agency (FK)"),
    "REGION": _("Health care"),
    "JOBCENTER": _("Jobcentre"),
    "MUNICIPAL": _("Another unit of the municipality"),
    "PRIMARY_CARE": _("Primary care"),
    "PSYCHIATRY": _("Psychiatry"),
    "ADDICTION_CARE": _("Addiction care"),
    "OCCUPATIONAL_THERAPIST": _("Occupational therapist"),
    "PHYSIOTHERAPIST": _("Physiotherapist"),
    "COUNSELLOR": _("Counsellor"),
    "AF_REHAB": _("Rehabilitation at the employment service"),
    "ENFORCEMENT": _("Enforcement authority"),
    "LAWYER": _("Lawyer"),
    "HSO": _("Disability organisation"),
    "EMPLOYER": _("Employer"),
    "SOCIAL_DK": _("Social administration"),
    "HEALTH_DK": _("Health administration"),
    "REHAB_TEAM": _("Rehabilitation team"),
    "HEALTH_COORDINATOR": _("Health coordinator"),
    "MEDICAL_CONSULTANT": _("Medical consultant"),
    "HOUSING_SUPPORT": _("Housing support"),
    "CONTACT_PERSON": _("Support and contact person"),
    "OTHER": _("Other"),
}
_BOTH = ("REGION", "PSYCHIATRY", "ADDICTION_CARE", "PHYSIOTHERAPIST", "OCCUPATIONAL_THERAPIST")
KINDS_OF = {
    "SE": (
        *("SOC", "AF", "FK", "MUNICIPAL", "PRIMARY_CARE", *_BOTH, "COUNSELLOR", "AF_REHAB"),
        *("ENFORCEMENT", "LAWYER", "HSO", "EMPLOYER", "OTHER"),
    ),
    "DK": (
        *("JOBCENTER", "SOCIAL_DK", "HEALTH_DK", "REHAB_TEAM", "HEALTH_COORDINATOR"),
        *("MEDICAL_CONSULTANT", *_BOTH, "HOUSING_SUPPORT", "CONTACT_PERSON", "LAWYER"),
        *("EMPLOYER", "OTHER"),
    ),
}
FAULTS = {
    "nobody_named": _("Name the office or the organisation. “Everyone” cannot be agreed to."),
    "category_missing": _("Say what may be told."),
    "all_categories": _("Not everything at once: leave out what they do not need."),
    "ends_before_it_begins": _("It would end before it begins."),
    "longer_than_a_year": _("At most twelve months. It can be given anew."),
    "already_ended": _("It has already ended."),
    "withdrawn_before": _("It was withdrawn already."),
}


def kind(code: str) -> str:
    return str(KINDS.get(code, code))
