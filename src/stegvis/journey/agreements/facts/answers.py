"""What company and person have answered: side by side, month by month, with the reasons stated for
absence and how often. And the weeks of a month with what was agreed for each."""

from __future__ import annotations

import calendar
import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from stegvis.core.progression import agreements as core
from stegvis.journey.agreements.models import EmployerHours, WorkplaceForm

HALF_HOUR = 30


@dataclass(slots=True)
class Month:
    """Both answers of one month, or what there is of them."""

    month: str
    employer: WorkplaceForm | None = None
    participant: WorkplaceForm | None = None
    reasons: dict[str, dict[str, int]] = field(default_factory=dict)
    """Reason → who stated it → how many times."""


def side_by_side(placement: uuid.UUID) -> list[Month]:
    """The latest month first. One query."""
    found: dict[str, Month] = {}
    for row in WorkplaceForm.objects.filter(placement=placement).order_by("month", "id"):
        month = found.setdefault(row.month, Month(row.month))
        setattr(month, row.respondent, row)
        for code, times in row.reasons.items():
            month.reasons.setdefault(code, {})[row.respondent] = times
    return sorted(found.values(), key=lambda one: one.month, reverse=True)


def share_of_days(row: WorkplaceForm) -> int | None:
    """Percent of the days agreed on which the person came; None where a number is not known."""
    if not row.days_agreed or row.days_came is None:
        return None
    return round(100 * row.days_came / row.days_agreed)


# Months and weeks


def month_of(day: dt.date) -> str:
    return f"{day:%Y-%m}"


def before(month: str) -> str:
    year, number = _parts(month)
    return month_of(dt.date(year, number, 1) - dt.timedelta(days=1))


def _parts(month: str) -> tuple[int, int]:
    year, number = month.split("-")
    return int(year), int(number)


def bounds(month: str) -> tuple[dt.date, dt.date]:
    """Its first day and its last."""
    year, number = _parts(month)
    return dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1])


@dataclass(frozen=True, slots=True)
class WeekPart:
    """The days of one ISO week that lie in the month, with the minutes agreed for them."""

    week: str
    number: int
    since: dt.date
    last: dt.date
    agreed: dict[str, int]


def weeks_of(month: str, lines: dict[str, Sequence[core.Holding]]) -> list[WeekPart]:
    """The month's weeks with weekdays in it. What was agreed is told in half hours."""
    first, last = bounds(month)
    found: list[WeekPart] = []
    monday = first - dt.timedelta(days=first.weekday())
    while monday <= last:
        since, until = max(monday, first), min(monday + dt.timedelta(days=6), last)
        iso = monday.isocalendar()
        agreed = {kind: _agreed(several, since, until, month) for kind, several in lines.items()}
        if since.weekday() < core.WEEKDAYS:
            key = f"{iso.year}-W{iso.week:02}"
            found.append(WeekPart(key, iso.week, since, until, agreed))
        monday += dt.timedelta(days=7)
    return found


def _agreed(lines: Sequence[core.Holding], since: dt.date, last: dt.date, month: str) -> int:
    total = Fraction(0)
    first, end = bounds(month)
    work = sum(day.weekday() < core.WEEKDAYS for day in _span(first, end))
    for day in _span(since, last):
        if day.weekday() >= core.WEEKDAYS:
            continue
        for line in lines:
            if line.since <= day and (line.until is None or day < line.until):
                share = core.WEEKDAYS if line.hours.per == core.WEEK else work
                total += Fraction(line.hours.minutes, share)
    return round(total / HALF_HOUR) * HALF_HOUR


def _span(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def said_hours(placement: uuid.UUID) -> dict[str, dict[str, EmployerHours]]:
    """What the company said last, month → kind → row. One query."""
    found: dict[str, dict[str, EmployerHours]] = {}
    for row in EmployerHours.objects.filter(placement=placement).order_by("created_at", "id"):
        found.setdefault(row.month, {})[row.kind] = row
    return found
