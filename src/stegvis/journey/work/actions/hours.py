"""The hours somebody has: agreed anew from a day on, never overwritten."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from stegvis.core.values.rest import resting
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.work.models import LEAST, MOST, WorkingDay, WorkingTime
from stegvis.journey.workplaces.facts import rests
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current


@dataclass(frozen=True, slots=True)
class DayHours:
    """One weekday, 1 Monday … 5 Friday."""

    weekday: int
    start: dt.time
    end: dt.time
    break_minutes: int = 0


@dataclass(frozen=True, slots=True)
class NewHours:
    since: dt.date
    days: tuple[DayHours, ...]


def set_hours(
    enrolment: Enrolment,
    new: NewHours,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> WorkingTime:
    """The hours from `new.since` on. Those that held end that day; those that would have begun
    later are struck. The unit's breaks are no work, also where nobody typed them (KN-52).
    Raises NotNow: "ended", "before_the_road", "day_backwards", "hours_outside".
    """
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.WORK)
    if enrolment.until is not None:
        raise NotNow("ended")
    if new.since < enrolment.since:
        raise NotNow("before_the_road")
    days = _days(enrolment, new)
    minutes = sum(day.minutes for day in days)
    if not LEAST <= minutes <= MOST:
        raise NotNow("hours_outside")
    _give_way(enrolment, new.since)
    row = WorkingTime(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        since=new.since,
        minutes=minutes,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    for day in days:
        day.time = row
    WorkingDay.objects.bulk_create(days)
    wrote("hours_set", [enrolment.person_id], hours=str(row.pk), minutes=minutes)
    return row


def _days(enrolment: Enrolment, new: NewHours) -> list[WorkingDay]:
    breaks = rests(enrolment.unit_id)
    made = [
        WorkingDay(
            tenant_id=enrolment.tenant_id,
            person_id=enrolment.person_id,
            weekday=day.weekday,
            start=day.start,
            end=day.end,
            break_minutes=max(day.break_minutes, resting(day.start, day.end, breaks)),
        )
        for day in new.days
    ]
    if any(day.end <= day.start or day.minutes <= 0 for day in made):
        raise NotNow("day_backwards")
    return made


def _give_way(enrolment: Enrolment, since: dt.date) -> None:
    """What held until now ends; what was to begin on that day or later never does."""
    rows = WorkingTime.times.standing().filter(person=enrolment.person_id)
    for row in rows.select_for_update().order_by("since"):
        if row.since >= since:
            row.struck_on = current().on
            row.save_if_unchanged("struck_on")
        elif row.until is None or row.until > since:
            row.until = since
            row.save_if_unchanged("until")
