"""Step periods that cannot overlap, and the dated facts beside them. Four different kinds of
staircase never share a column (requirements §6.1): step, scale, category and group are apart."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key


class DateRange(Func):
    function = "daterange"


def half_open(since: str = "since", until: str = "until") -> Any:
    return DateRange(F(since), F(until), Value("[)"))


def as_it_stands(column: str) -> Any:
    """The column, said so that the planner does not take a constraint's slow index for a look-up
    by it: the b-tree beside it answers six times faster."""
    return Coalesce(F(column), F(column))


class PeriodQuerySet(models.QuerySet["StepPeriod"]):
    def standing(self) -> PeriodQuerySet:
        """Those that count: not undone by a later decision."""
        return self.filter(voided_at__isnull=True)

    def on(self, day: dt.date) -> PeriodQuerySet:
        return self.standing().filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


@remembered
class StepPeriod(SubmittedRow):
    """Time on one step of one ladder, half-open. Zero length is a change on the same day; it comes
    from history only. A period undone by a later decision stays, marked as void."""

    enrolment = tenant_key("intake.Enrolment", related_name="periods")
    person = tenant_key("people.Person", related_name="+")
    ladder = models.CharField(max_length=40)
    step = models.CharField(max_length=40)
    ordinal = models.PositiveSmallIntegerField()
    attempt = models.PositiveSmallIntegerField(default=1)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    support = models.CharField(max_length=16, blank=True)
    purpose = models.CharField(max_length=16, blank=True)
    note = models.TextField(blank=True)
    imported = models.BooleanField(default=False)
    voided_at = models.DateTimeField(null=True, blank=True)

    periods: ClassVar[Any] = PeriodQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        indexes = [
            models.Index(
                fields=["tenant", "enrolment", "since"],
                condition=Q(voided_at__isnull=True),
                name="period_of_enrolment",
            )
        ]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True)
                | Q(until__gt=F("since"))
                | Q(until=F("since"), imported=True)
                | Q(voided_at__isnull=False),
                name="period_ends_after_it_starts",
            ),
            ExclusionConstraint(
                name="periods_do_not_overlap",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    (as_it_stands("enrolment"), RangeOperators.EQUAL),
                    ("ladder", RangeOperators.EQUAL),
                    (half_open(), RangeOperators.OVERLAPS),
                ],
                condition=Q(voided_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["tenant", "enrolment", "ladder"],
                condition=Q(until__isnull=True, voided_at__isnull=True),
                name="one_open_period",
            ),
        ]


@remembered
class Pause(SubmittedRow):
    """A break in the road (illness, parental leave): no restart, no clock."""

    enrolment = tenant_key("intake.Enrolment", related_name="pauses")
    person = tenant_key("people.Person", related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=30)
    note = models.TextField(blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="pause_ends_after_it_starts",
            ),
            ExclusionConstraint(
                name="pauses_do_not_overlap",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    (as_it_stands("enrolment"), RangeOperators.EQUAL),
                    (half_open(), RangeOperators.OVERLAPS),
                ],
            ),
        ]


@remembered
class Category(SubmittedRow):
    """A need category or screening group as it was set on a day (KN-15, AJ-63). The instrument is
    named, its content never stored (N-02)."""

    enrolment = tenant_key("intake.Enrolment", related_name="categories")
    person = tenant_key("people.Person", related_name="+")
    category_set = models.CharField(max_length=40)
    code = models.CharField(max_length=20)
    instrument = models.CharField(max_length=80, blank=True)
    on = models.DateField()
    grounds = models.TextField(blank=True)
    by = tenant_key("accounts.Member", null=True)
    imported = models.BooleanField(default=False)

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        verbose_name_plural = "categories"


@remembered
class ScaleReading(SubmittedRow):
    """Where the person is assessed to be on a progress scale, on a day (JI-32)."""

    enrolment = tenant_key("intake.Enrolment", related_name="readings")
    person = tenant_key("people.Person", related_name="+")
    ladder = models.CharField(max_length=40)
    level = models.CharField(max_length=40)
    ordinal = models.PositiveSmallIntegerField()
    on = models.DateField()
    grounds = models.TextField()
    persons_own = models.PositiveSmallIntegerField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]


class Judged(SubmittedRow):
    """A criterion set by a person: met or not, on a day, with what it rests on."""

    enrolment = tenant_key("intake.Enrolment", related_name="judged")
    person = tenant_key("people.Person", related_name="+")
    criterion = models.CharField(max_length=60)
    met = models.BooleanField()
    basis = models.TextField()
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]


class DatedFact(Row):
    """What a room wrote down, as a dated fact of the core: a page that judges asks one table,
    however many rooms there are. `source` is the row that says it. `values` hold codes fit for
    whoever may read the plan, never anybody's words; kinds and fields are core/progression/kinds'.
    """

    enrolment = tenant_key("intake.Enrolment", related_name="+", db_index=False)
    person = tenant_key("people.Person", related_name="+", db_index=False)
    source = models.UUIDField()
    kind = models.CharField(max_length=32)
    on = models.DateField()
    until = models.DateField(null=True, blank=True)
    values = models.JSONField(default=dict)
    struck = models.BooleanField(default=False)  # its row has been corrected: it counts no more

    class Meta:
        ordering = ["on", "id"]
        indexes = [
            models.Index(
                fields=["tenant", "enrolment"], condition=Q(struck=False), name="fact_of_enrolment"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "source", "kind"], name="fact_told_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("on")),
                name="fact_ends_after_it_starts",
            ),
        ]


class Exemption(SubmittedRow):
    """One window of a cadence that somebody has let pass, and why. Told to the core as a fact; a
    window asks for nothing then. The reason is a code: no words about the person."""

    enrolment = tenant_key("intake.Enrolment", related_name="exemptions", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    cadence = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=30)
    by = tenant_key("accounts.Member", null=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="exemption_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["tenant", "enrolment", "cadence", "since"], name="let_pass_once"
            ),
        ]


@remembered
class Duty(Row):
    """Something the programme names for staff to do on a step, for one stay on it (AJ-40). `code`
    is the programme's. It hinders nothing and nobody is reminded of it by a clock."""

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        NOT_NEEDED = "not_needed"

    enrolment = tenant_key("intake.Enrolment", related_name="duties")
    person = tenant_key("people.Person", related_name="+")
    period = tenant_key("standing.StepPeriod", related_name="duties", db_index=False)
    code = models.CharField(max_length=40)
    optional = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    settled_on = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "period", "code"], name="duty_once_a_stay"),
            models.CheckConstraint(
                condition=Q(state="open", settled_on__isnull=True)
                | (~Q(state="open") & Q(settled_on__isnull=False)),
                name="duty_settled_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_needed", optional=False), name="only_optional_not_needed"
            ),
        ]


class NextDue(Row):
    """What is due of an enrolment, as it was last worked out: for lists over more people than can
    be judged while someone waits. `stale`: something has been written since. Codes and days only;
    the judgement itself is always made anew where one person is shown."""

    enrolment = tenant_key("intake.Enrolment", related_name="next_due", db_index=False)
    person = tenant_key("people.Person", related_name="+", db_index=False)
    late_from = models.DateField(null=True)
    dues = models.JSONField(default=list)
    judged_at = models.DateTimeField()
    stale = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "enrolment"], name="next_due_once"),
        ]
