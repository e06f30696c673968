"""The simple form back to whoever enrolled a person, filled from what is recorded: days, reasons
for absence, applications. The same rows on every step, from initial measures to practice (JI-19).

Reasons are codes of the municipality's list. What touches health is told as another reason, and
that somebody was sent home is not told at all: they came."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stegvis.core.values.periods import Period
from stegvis.journey.attendance.models import Attendance, Status
from stegvis.journey.attendance.words import reasons
from stegvis.journey.followups.facts import application_count
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.reports.facts.drafting import Draft
from stegvis.journey.reports.facts.reading import unfit_word
from stegvis.journey.reports.models import ReportLine
from stegvis.journey.reports.words import ANOTHER, ILL, NOT_TOLD, REASONS

CAME = frozenset({Status.PRESENT, Status.LATE, Status.SENT_HOME})
AWAY = frozenset({Status.ABSENT, Status.SICK})
LONGEST = 400  # letters of one row: the form is one page

Section = ReportLine.Section


@dataclass(frozen=True, slots=True)
class Noted:
    """One day of work as it was marked."""

    on: dt.date
    status: str
    reason: str = ""
    leave: bool = False


def form_of(enrolment: Enrolment, period: Period) -> list[Draft]:
    """The rows of the form in the language that is active. Three queries."""
    until = period.until or dt.date.max
    rows = Attendance.attendances.of_work().filter(
        enrolment=enrolment, on__gte=period.since, on__lt=until
    )
    days = [
        Noted(on, status, reason, leave)
        for on, status, reason, leave in rows.order_by("on").values_list(
            "on", "status", "reason", "leave"
        )
    ]
    sought = application_count(enrolment, period.since, until)
    return filled(days, sought, reasons())


def filled(days: Collection[Noted], sought: int, known: Mapping[str, Any]) -> list[Draft]:
    """Pure: three rows from days, applications and the reasons' words."""
    return [
        Draft(Section.ATTENDANCE, "attendance", "\n".join(_days(days))),
        Draft(Section.ABSENCE, "absence_reasons", "\n".join(_reasons(days, known))),
        Draft(Section.JOB_SEEKING, "job_seeking", _sought(sought)),
    ]


def _days(days: Iterable[Noted]) -> Iterator[str]:
    """Granted leave is in neither figure; a day nobody marked is said to be unknown."""
    counted = [day for day in days if not day.leave]
    known = [day for day in counted if day.status != Status.UNKNOWN]
    if known:
        came = sum(day.status in CAME for day in known)
        yield _("There on %(n)s of %(of)s days.") % {"n": came, "of": len(known)}
    if unknown := len(counted) - len(known):
        yield ngettext(
            "%(n)s day is not marked.", "%(n)s days are not marked.", unknown
        ) % {"n": unknown}  # fmt: skip


def _reasons(days: Iterable[Noted], known: Mapping[str, Any]) -> Iterator[str]:
    counts = Counter(_reason(day, known) for day in days if day.status in AWAY)
    for words, n in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        yield ngettext("%(why)s: %(n)s day", "%(why)s: %(n)s days", n) % {"why": words, "n": n}


def _reason(day: Noted, known: Mapping[str, Any]) -> str:
    if day.status == Status.SICK:
        return str(ILL)
    if day.reason not in known:
        return str(NOT_TOLD)
    ours = getattr(known[day.reason], "ours", False)
    words = str(REASONS[day.reason] if ours and day.reason in REASONS else known[day.reason])
    return str(ANOTHER) if not words or unfit_word(words) else words


def _sought(n: int) -> str:
    if not n:
        return str(_("No job applications are noted in these days."))
    return ngettext("%(n)s job application.", "%(n)s job applications.", n) % {"n": n}


def last_month(on: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of the month before: what the form tells of unless said."""
    last = on.replace(day=1) - dt.timedelta(days=1)
    return last.replace(day=1), last
