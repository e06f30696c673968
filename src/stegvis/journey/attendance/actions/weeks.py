"""What came of the weeks people have planned themselves (AJ-31): told anew with every mark."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from stegvis.core.scheduling.own import carried_out
from stegvis.journey.attendance.models import Attendance, Status, What
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.actions import tell_many
from stegvis.journey.week.actions import week_told
from stegvis.journey.week.facts import own_weeks
from stegvis.journey.week.models import WEEK, Slot

CAME = (Status.PRESENT, Status.LATE)


def tell_weeks(people: Mapping[uuid.UUID, Enrolment], day: dt.date) -> None:
    """Of those who had planned the day themselves: how many days of that week they kept to. One
    query where nobody had, else six."""
    slots = Slot.slots.filter(person__in=list(people), day=day, planned_by=Slot.By.PERSON)
    persons = set(slots.order_by().values_list("person_id", flat=True))
    if not persons:
        return
    monday = day - dt.timedelta(days=day.weekday())
    came: dict[uuid.UUID, dict[dt.date, bool]] = {one: {} for one in persons}
    rows = Attendance.attendances.filter(
        person__in=persons, what=What.WORK, on__gte=monday, on__lt=monday + WEEK
    ).exclude(status=Status.UNKNOWN)
    for person, on, status in rows.order_by().values_list("person_id", "on", "status"):
        came[person][on] = status in CAME
    tell_many(
        [
            week_told(people[one], own, done=carried_out(own.days, came[one]))
            for one, own in own_weeks(persons, monday).items()
        ]
    )
