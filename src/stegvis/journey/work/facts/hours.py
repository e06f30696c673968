"""Whose hours are when, for one person or for a whole list."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from stegvis.journey.standing.models import Pause
from stegvis.journey.work.models import WorkingDay
from stegvis.platform.accounts.calendar import calendar
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import current


@dataclass(frozen=True, slots=True)
class Expected:
    """When somebody is expected on a day; `minutes` without the break."""

    start: dt.time
    end: dt.time
    minutes: int


def hours_on(
    persons: Collection[uuid.UUID], day: dt.date, *, country: str = ""
) -> dict[uuid.UUID, Expected]:
    """Who of them is expected on the day, by person, in the order they begin (KN-58). Nobody is on
    a day that is closed for their unit or for all, in a pause, or when their road is over.
    Two queries, however many they are; a third where the country is not said."""
    rows = _days(persons, day)
    if not rows:
        return {}
    days = calendar(country or _country(), day, members=())
    return {
        row.person_id: Expected(row.start, row.end, row.minutes)
        for row in rows
        if days.of(None, row.unit).is_open(day)
    }


def _country() -> str:
    return Tenant.objects.only("country").get(pk=current().tenant).country


def _days(persons: Collection[uuid.UUID], day: dt.date) -> list[Any]:
    paused = Pause.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day), enrolment=OuterRef("time__enrolment")
    ).filter(since__lte=day)
    rows = WorkingDay.objects.filter(
        Q(time__until__isnull=True) | Q(time__until__gt=day),
        Q(time__enrolment__until__isnull=True) | Q(time__enrolment__until__gt=day),
        time__since__lte=day,
        time__enrolment__since__lte=day,
        time__struck_on__isnull=True,
        weekday=day.isoweekday(),
        person__in=persons,
    )
    rows = rows.filter(~Exists(paused)).annotate(unit=F("time__enrolment__unit"))
    return list(rows.order_by("start", "person"))
