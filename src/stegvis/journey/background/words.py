"""Agencies, contacts, tests and the rest of this room in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from stegvis.journey.waivers.words import KINDS, KINDS_OF
from stegvis.platform.ui.dates import short_day

JUNE = 6

AGENCIES: dict[str, Any] = {
    "AF": _("Employment service (AF)"),
    "FK": _("Social insurance agency (FK)"),
    "SOC": _("Social services"),
    "REGION": _("Health care"),
    "MUNICIPAL": _("The municipality's own units"),
    "JOBCENTER": _("Jobcentre"),
    "REHAB_TEAM": _("Rehabilitation team"),
    "ADDICTION_CARE": _("Addiction treatment"),
    "PRISON": _("Prison and probation"),
    "OTHER": _("Other"),
}
SHORT = {
    "AF": "AF",
    "FK": "FK",
    "SOC": _("Social"),
    "REGION": _("Care"),
    "MUNICIPAL": _("Municipality"),
    "JOBCENTER": _("Jobcentre"),
    "REHAB_TEAM": _("Rehab team"),
    "ADDICTION_CARE": _("Addiction"),
    "PRISON": _("Probation"),
    "OTHER": _("Other"),
}
BY_COUNTRY = {
    "SE": ("AF", "FK", "SOC", "REGION", "MUNICIPAL", "PRISON", "OTHER"),
    "DK": (
        *("JOBCENTER", "SOC", "REGION", "REHAB_TEAM", "ADDICTION_CARE"),
        *("MUNICIPAL", "PRISON", "OTHER"),
    ),
}
# Whom somebody may be in touch with (requirements V-08): those a waiver may name, and those of
# home and school, who are nobody's authority.
HOME: dict[str, Any] = {
    "SCHOOL": _("School"),
    "GUARDIAN": _("Guardian or trustee"),
    "FAMILY": _("Somebody in the family whom they care for"),
}
CONTACTS: dict[str, Any] = KINDS | HOME
COOPERATION: dict[str, Any] = {
    "not_asked": _("Not asked"),
    "asked": _("Invited, no answer yet"),
    "yes": _("Works together with us"),
    "no": _("Does not"),
}
RESULTS: dict[str, Any] = {
    "": _("– not known –"),
    "completed": _("Completed"),
    "ended": _("Ended"),
    "broken_off": _("Broken off"),
    "goes_on": _("Goes on"),
    "unknown": _("Nobody knows"),
    "other": _("Other"),
}
FORESIGHT: dict[str, Any] = {
    "": _("– not said –"),
    "yes": _("Yes, the next step is known"),
    "no": _("No"),
}
FORETOLD: dict[str, Any] = {
    "yes": _("knows what happens next"),
    "no": _("does not know what happens next"),
}
LISTS: dict[str, Any] = {
    "strength": _("Strengths"),
    "weakness": _("Weaknesses"),
    "competence": _("Competences"),
    "skill": _("Skills"),
}
SAID_BY: dict[str, Any] = {
    "participant": _("The person"),
    "worker": _("The case worker"),
    "together": _("Both together"),
}
DEMAND: dict[str, Any] = {
    "": _("– not known –"),
    "high": _("Many look for people"),
    "some": _("Some look for people"),
    "low": _("Few look for people"),
}
TESTS: dict[str, Any] = {
    "interest": _("Interest test"),
    "knowledge": _("Knowledge test"),
    "aptitude": _("Aptitude test"),
    "health": _("Health or lifestyle test"),
    "drug": _("Drug test"),
}
CONSENTS: dict[str, Any] = {"written": _("In writing"), "oral": _("Orally")}
TEAM: dict[str, Any] = {
    "external_practice": _("External practice"),
    "language_support": _("Language supporter or educator"),
    "ergonomics": _("Occupational therapist with ergonomics"),
    "counsellor": _("Social worker or counsellor"),
}
ANSWERS: dict[str, Any] = {
    "asked": _("Waits for an answer"),
    "granted": _("Granted"),
    "declined": _("Declined"),
}
PARTS: dict[str, Any] = {
    "agency_periods": _("Periods with each authority"),
    "earlier_interventions": _("What was done and what was learnt"),
    "contact_surfaces": _("All contacts"),
}
FAULTS: dict[str, Any] = {
    "reason_missing": _("Write why the plan is made before the inventory."),
    "consent_missing": _("A test is ordered when the person has agreed to it."),
    "drug_consent_missing": _("A drug test needs an agreement of its own, in writing."),
    "already_answered": _("There is an answer already."),
    "before_the_order": _("The result came before the test was ordered. Is the day right?"),
    "too_long_kept": _("A drug test is kept for at most a year."),
    "not_part_of_it": _("This programme asks for no such inventory."),
    "waiver_missing": _("The person has not agreed to it. A waiver comes first."),
}


def agency(code: str) -> str:
    return str(AGENCIES.get(code, code))


def contacts_of(country: str) -> list[tuple[str, Any]]:
    return [(code, CONTACTS[code]) for code in (*KINDS_OF[country], *HOME)]


def contact(code: str) -> str:
    return str(CONTACTS.get(code, code))


def edge(day: dt.date, precision: str) -> str:
    """A day as roughly as it is known: 2018, spring 2018, March 2018, week 12 2018, 4 Mar 2018."""
    if precision == "year":
        return str(day.year)
    if precision == "half":
        words = _("spring %(year)s") if day.month <= JUNE else _("autumn %(year)s")
        return str(words) % {"year": day.year}
    if precision == "month":
        return date_format(day, "F Y")
    if precision == "week":
        year, week, _day = day.isocalendar()
        return str(_("week %(week)s %(year)s")) % {"week": week, "year": year}
    return short_day(day)


def typed(day: dt.date | None, precision: str) -> str:
    """The same as a form reads it again."""
    if day is None:
        return ""
    if precision in ("year", "half"):
        return edge(day, precision)
    return day.strftime("%Y-%m") if precision == "month" else day.isoformat()


def span(since: dt.date, until: dt.date | None, precisions: tuple[str, str]) -> str:
    """From – to, as a list says it: the last day is in."""
    first = edge(since, precisions[0])
    if until is None:
        return str(_("from %(first)s, goes on")) % {"first": first}
    last = edge(until - dt.timedelta(days=1), precisions[1])
    return first if first == last else f"{first} – {last}"


def months(days: int) -> int:
    return round(days / 30.44)
