"""Codes of talks and follow-ups in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from stegvis.core.values.traits import traits

PARTIES: dict[str, Any] = {
    "participant": _("The person"),
    "employer": _("Employer"),
    "work_supervisor": _("Work supervisor"),
    "relative": _("Relative"),
    "AF": _("Employment service (AF)"),
    "FK": _("Social insurance agency (FK)"),
    "SOC": _("Social services"),
    "UNIT": _("Another unit of the municipality"),
    "CARE": _("Primary care"),
    "HOSPITAL": _("Hospital care"),
    "PSYCHIATRY": _("Psychiatry"),
    "ADDICTION": _("Addiction care"),
    "OT": _("Occupational therapist"),
    "AF_REHAB": _("AF rehabilitation"),
    "ENFORCEMENT": _("Enforcement officer"),
    "LAWYER": _("Lawyer"),
    "PHYSIO": _("Physiotherapist"),
    "COUNSELLOR": _("Counsellor"),
    "DISABILITY_ORG": _("Disability organisation"),
    "JOBCENTER": _("Jobcentre"),
    "HEALTH": _("Health administration"),
    "REHAB_TEAM": _("Rehabilitation team"),
    "HEALTH_COORDINATOR": _("Health coordinator"),
    "MEDICAL_ADVISER": _("Medical adviser"),
    "HOUSING_SUPPORT": _("Home support"),
    "SUPPORT_PERSON": _("Support contact person"),
    "OTHER": _("Other"),
}
_NEAR = ("participant", "employer", "work_supervisor", "relative")
BY_COUNTRY = {
    "SE": (
        *_NEAR,
        *("AF", "FK", "SOC", "UNIT", "CARE", "HOSPITAL", "PSYCHIATRY", "ADDICTION", "OT"),
        *("AF_REHAB", "ENFORCEMENT", "LAWYER", "PHYSIO", "COUNSELLOR", "DISABILITY_ORG", "OTHER"),
    ),
    "DK": (
        *_NEAR,
        *("JOBCENTER", "SOC", "HEALTH", "REHAB_TEAM", "HEALTH_COORDINATOR", "MEDICAL_ADVISER"),
        *("ADDICTION", "HOUSING_SUPPORT", "SUPPORT_PERSON", "OTHER"),
    ),
}
WAYS = {
    "meeting": _("Met"),
    "phone": _("Phone"),
    "video": _("Video"),
    "message": _("Message"),
    "letter": _("Letter"),
}
WAY_ICONS = {
    "meeting": "users",
    "phone": "phone",
    "video": "eye",
    "message": "message-circle",
    "letter": "mail",
}
ABOUT = {
    "week": _("The week"),
    "work": _("The work"),
    "place": _("A workplace"),
    "home": _("Life around"),
    "practical": _("Practical matters"),
    "other": _("Other"),
}
KINDS = {
    "weekly": _("Weekly follow-up"),
    "three_party": _("Three-party talk"),
    "step_review": _("Step review"),
    "after_care": _("After-care"),
}
PARTICIPANTS = {
    "participant": _("The person"),
    "work_supervisor": _("Work supervisor"),
    "case_worker": _("Case worker"),
    "job_mediator": _("Job mediator"),
    "employer": _("Employer"),
    "referrer": _("Referrer"),
    "interpreter": _("Interpreter"),
}
RESULTS = {
    "continue": _("Go on as now"),
    "adjust": _("Adjust what we do"),
    "next_step": _("Ready for the next step"),
    "previous_step": _("A step back is better"),
}
RESULT_ICONS = {
    "continue": "arrow-right",
    "adjust": "git-compare",
    "next_step": "arrow-up",
    "previous_step": "arrow-down",
}
NO_WORDS = {
    "did_not_want": _("Did not want to say anything"),
    "not_there": _("Was not there"),
    "not_asked": _("Was not asked"),
}
PULSE = {
    "thriving": _("Do you thrive here?"),
    "belonging": _("Do you feel part of the group?"),
    "needed": _("Do you feel needed?"),
}
PULSE_SHORT = {
    "thriving": _("Thrive"),
    "belonging": _("Part of the group"),
    "needed": _("Needed"),
}
STEPS_OF_PULSE = {
    "1": _("1, not at all"),
    "2": _("2"),
    "3": _("3"),
    "4": _("4"),
    "5": _("5, very much"),
}
JOB_KINDS = {
    "application": _("Applied for a job"),
    "call": _("Called an employer"),
    "visit": _("Visited an employer"),
    "interview": _("Was at an interview"),
    "other": _("Something else"),
}
JOB_RESULTS = {
    "waiting": _("Waiting for an answer"),
    "interview": _("To an interview"),
    "offer": _("Offered a job"),
    "no": _("No this time"),
}
RIGHT = {"yes": _("Yes"), "partly": _("Partly"), "no": _("No")}
NEEDS = {
    "reached": _("Reached"),
    "partly": _("Partly reached"),
    "not_reached": _("Not reached"),
    "not_worked_on": _("Not worked on"),
}
STATUSES = {
    "work": _("Work, ordinary wage"),
    "subsidised_work": _("Work, subsidised wage"),
    "education": _("Education"),
    "other_programme": _("Another labour market programme"),
    "unemployed": _("Without work"),
    "sick": _("On sick leave"),
    "parental": _("On parental leave"),
    "moved": _("Moved away"),
    "other": _("Other"),
    "unknown": _("Not known"),
}
SOURCES = {
    "participant": _("The person told"),
    "employer": _("The employer told"),
    "register": _("A register"),
    "worker": _("Somebody at work with the person"),
}
LINKS = {
    "referral": _("Referral"),
    "plan": _("Plan"),
    "work": _("Work"),
    "follow_up": _("Follow-up"),
    "report": _("Report"),
}
FAULTS = {
    "result_missing": _("Choose a result: a step review ends in one."),
    "own_words_missing": _("Write the person's own words, or say why they are missing."),
    "nobody_there": _("Say who took part."),
    "not_before_the_enrolment": _("The day lies before the enrolment."),
    "enrolment_ended": _("The person has left this programme."),
    "still_enrolled": _("The person is still enrolled. Ask after the exit."),
    "no_such_step": _("The programme has no such step."),
    "not_job_seeking_yet": _(
        "On this step jobs are sought by those who are soon ready. Say first that the person is."
    ),
    "not_ones_own": _("Only whoever wrote a note corrects it."),
    "grounds_missing": _("Write what that rests on."),
    "text_missing": _("Write something."),
    "reason_missing": _("Write why."),
    "need_unanswered": _(
        "Say what came of every need in the referral, or write why some are left open."
    ),
}


def party(code: str) -> str:
    return str(PARTIES.get(code, code))


def asked_about(text: str, name: str) -> list[str]:
    """The words of a text that make a trait of a moment, for the question beside it."""
    found = traits(text, names=[name])
    return list(dict.fromkeys(one.word for one in found))
