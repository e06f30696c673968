"""Whose work is whose: working time, areas given, what was offered and chosen, what was tried."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from stegvis.journey.standing.models import half_open
from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

LEAST, MOST = 2 * 60, 40 * 60  # minutes a week (KN-109)


class DatedQuerySet(models.QuerySet[Any]):
    def held(self, on: dt.date) -> DatedQuerySet:
        """Those that hold on a day; the day they end is the first day they do not."""
        return self.standing().filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)

    def standing(self) -> DatedQuerySet:
        return self.filter(struck_on__isnull=True)


@remembered
class WorkingTime(SubmittedRow):
    """The hours somebody has agreed to, from a day on until other hours take over. Its days say
    when; `minutes` is their sum, breaks left out. Hours that others took the place of before they
    had begun are struck: they stay to be read and count no more."""

    enrolment = tenant_key("intake.Enrolment", related_name="working_times")
    person = tenant_key("people.Person", related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField()
    struck_on = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    times: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="hours_end_after_they_start",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=LEAST, minutes__lte=MOST), name="two_to_forty_hours"
            ),
            ExclusionConstraint(
                name="one_set_of_hours_at_a_time",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (half_open(), RangeOperators.OVERLAPS),
                ],
                condition=Q(struck_on__isnull=True),
            ),
        ]


class WorkingDay(Row):
    """One weekday of somebody's hours: from when until when, and the break nobody pays for."""

    time = tenant_key("work.WorkingTime", related_name="days")
    person = tenant_key("people.Person", related_name="+")
    weekday = models.PositiveSmallIntegerField()  # 1 Monday … 5 Friday
    start = models.TimeField()
    end = models.TimeField()
    break_minutes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["weekday"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "time", "weekday"], name="weekday_once"),
            models.CheckConstraint(
                condition=Q(weekday__gte=1, weekday__lte=5), name="monday_to_friday"
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="day_ends_after_it_starts"
            ),
        ]

    @property
    def minutes(self) -> int:
        spent = self.end.hour * 60 + self.end.minute - self.start.hour * 60 - self.start.minute
        return spent - self.break_minutes
