"""Who came. What was said of a day, by whom and when, is kept for ever and never changed; what
holds of the day is worked out from it, whatever the network did on the way."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass
from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

DAY_MINUTES = 24 * 60


class Status(models.TextChoices):
    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    SICK = "sick"
    SENT_HOME = "sent_home"
    UNKNOWN = "unknown"


class What(models.TextChoices):
    """What one came to. Work is counted in the share; what a group does together is counted by
    itself (JI-13)."""

    WORK = "work"
    BREAKFAST = "breakfast"
    EXERCISE = "exercise"
    SEMINAR = "seminar"
    STUDY_VISIT = "study_visit"


class HowSaid(models.TextChoices):
    SUPERVISOR = "supervisor"
    PERSON = "person"
    IMPORTED = "imported"


@remembered
class Reason(Row):
    """A reason for absence as the municipality has it; what it has not touched is ours
    (reasons.toml). `leave`: granted beforehand, and in neither sum of the share."""

    code = models.CharField(max_length=24)
    mark = models.PositiveSmallIntegerField()  # stands for it on a tablet, where no word may lie
    sv = models.CharField(max_length=60)
    da = models.CharField(max_length=60)
    en = models.CharField(max_length=60)
    leave = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)

    class Meta:
        ordering = ["mark", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="reason_once"),
            models.UniqueConstraint(fields=["tenant", "mark"], name="reason_marked_once"),
        ]


def _coherent(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(status=Status.LATE) | Q(minutes__isnull=True), name=f"{name}_minutes_late"
        ),
        models.CheckConstraint(
            condition=Q(minutes__isnull=True) | Q(minutes__gt=0, minutes__lt=DAY_MINUTES),
            name=f"{name}_minutes_of_a_day",
        ),
        models.CheckConstraint(
            condition=Q(status=Status.ABSENT) | Q(reason=""), name=f"{name}_reason_of_absence"
        ),
        models.CheckConstraint(
            condition=Q(attended__isnull=True) | Q(attended__lte=DAY_MINUTES),
            name=f"{name}_attended_in_a_day",
        ),
    ]


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, actor: Actor, on: dt.date) -> AttendanceQuerySet:
        return self.filter(reached(actor, FieldClass.WORK, on=on, column="person_id"))

    def of_work(self) -> AttendanceQuerySet:
        return self.filter(what=What.WORK)


class Statement(SubmittedRow):
    """One thing said of one day, as it was said. Its key is made where it is said, so that sending
    it again is no second one. `at`: when, by the clock of whoever said it; `device` and `turn`: on
    which page, and how manieth there; `over`: what that page showed of the day before."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+", db_index=False)
    on = models.DateField()
    what = models.CharField(max_length=12, choices=What.choices, default=What.WORK)
    status = models.CharField(max_length=10, choices=Status.choices)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    attended = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=24, blank=True)
    how = models.CharField(max_length=10, choices=HowSaid.choices, default=HowSaid.SUPERVISOR)
    by = tenant_key("accounts.Member", null=True, related_name="+")
    at = models.DateTimeField()
    device = models.CharField(max_length=36, blank=True)
    turn = models.PositiveIntegerField(default=0)
    over = models.CharField(max_length=48, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["tenant", "person", "on"], name="statement_of_day")]
        constraints = [*SubmittedRow.Meta.constraints, *_coherent("statement")]


@remembered
class Attendance(Row):
    """What holds of one person's day, as the statements about it say. `expected`: minutes, as they
    were agreed when it was said; null where no hours were. `disputed`: two said different things
    without seeing each other's, and nobody has looked since."""

    enrolment = tenant_key("intake.Enrolment", related_name="attendances", db_index=False)
    person = tenant_key("people.Person", related_name="+", db_index=False)
    on = models.DateField()
    what = models.CharField(max_length=12, choices=What.choices, default=What.WORK)
    status = models.CharField(max_length=10, choices=Status.choices)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    attended = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=24, blank=True)
    leave = models.BooleanField(default=False)
    starts = models.TimeField(null=True, blank=True)
    expected = models.PositiveSmallIntegerField(null=True, blank=True)
    how = models.CharField(max_length=10, choices=HowSaid.choices, default=HowSaid.SUPERVISOR)
    by = tenant_key("accounts.Member", null=True, related_name="+")
    at = models.DateTimeField()
    disputed = models.BooleanField(default=False)

    attendances: ClassVar[Any] = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["tenant", "enrolment"], name="attendance_of_enrolment")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "person", "on", "what"], name="attendance_once_a_day"
            ),
            *_coherent("attendance"),
        ]


class DayMark(SubmittedRow):
    """Somebody's list of a day is done ("Klar"). Of a day without it, the list is left open."""

    member = tenant_key("accounts.Member", related_name="+")
    on = models.DateField()
    what = models.CharField(max_length=12, choices=What.choices, default=What.WORK)

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "member", "on", "what"], name="day_marked_once"
            ),
        ]
