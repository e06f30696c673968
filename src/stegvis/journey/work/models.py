"""Whose work is whose: working time, work given, tasks that were tried or train a language; and
which areas somebody was shown, was offered and chose.

A tried task is named by its code in the programme's list, or as the person calls it: the planning
documents pick from that list. What is given is an area or tasks of a workplace."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from stegvis.core.values.rest import worked
from stegvis.journey.standing.models import half_open
from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

CODE = 40
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

    time = tenant_key("work.WorkingTime", related_name="days", db_index=False)
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
        return worked(self.start, self.end, agreed=self.break_minutes)


class TaskTrial(SubmittedRow):
    """A task somebody has tried, and what came of it (AJ-21). It says how it went with this task;
    what was seen of an ability is an observation of its own, in the room of abilities."""

    class Liked(models.TextChoices):
        YES = "yes"
        SO_SO = "so_so"
        NO = "no"

    class Can(models.TextChoices):
        ALONE = "alone"
        WITH_SUPPORT = "with_support"
        NOT_NOW = "not_now"

    enrolment = tenant_key("intake.Enrolment", related_name="tasks_tried", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    task = models.CharField(max_length=40, blank=True)
    named = models.CharField(max_length=120, blank=True)  # what is not on the list
    since = models.DateField()
    until = models.DateField()  # the last day of trying
    liked = models.CharField(max_length=6, choices=Liked.choices, blank=True)
    can_do = models.CharField(max_length=12, choices=Can.choices)
    support_needed = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)  # the person's own
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["-until", "-id"]
        indexes = [models.Index(fields=["tenant", "enrolment", "until"], name="tried_by_person")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="tried_until_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(task="") & ~Q(named="") | ~Q(task="") & Q(named=""),
                name="tried_task_has_a_name",
            ),
        ]


@remembered
class LanguageExercise(SubmittedRow):
    """Through what the language is trained at work (AJ-46), and a task of the list if it is one."""

    enrolment = tenant_key("intake.Enrolment", related_name="language_exercises")
    person = tenant_key("people.Person", related_name="+")
    task = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="exercise_says_how"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="exercise_until_later",
            ),
        ]


class WorkAssignmentQuerySet(models.QuerySet["WorkAssignment"]):
    def held(self, on: dt.date) -> WorkAssignmentQuerySet:
        """Those that hold on a day. A last day that has passed ends nothing: a person does."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)


@remembered
class WorkAssignment(SubmittedRow):
    """A whole area or some tasks given to somebody (AJ-51). `ends`: the last day as planned, when
    somebody decides (AJ-33); `until`: the first day it no longer holds, by a decision. `otherwise`:
    why it was given although its step asks for more than there is (INV-15). `despite`: functions of
    which a known limit spoke against it, `despite_words`: why it was given still (KN-99)."""

    class Scope(models.TextChoices):
        TASKS = "tasks"
        WHOLE_AREA = "whole_area"

    enrolment = tenant_key("intake.Enrolment", related_name="work_given")
    person = tenant_key("people.Person", related_name="+")
    scope = models.CharField(max_length=10, choices=Scope.choices)
    area = tenant_key(
        "workplaces.WorkArea", null=True, blank=True, related_name="given", db_index=False
    )
    hours_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    since = models.DateField()
    ends = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    description = tenant_key("workplaces.JobDescription", null=True, blank=True, related_name="+")
    otherwise = models.TextField(blank=True)
    despite = ArrayField(models.CharField(max_length=CODE), default=list, blank=True)
    despite_words = models.TextField(blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    assignments: ClassVar[Any] = WorkAssignmentQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        indexes = [models.Index(fields=["tenant", "area", "since"], name="work_of_area")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(scope="whole_area") | Q(area__isnull=False),
                name="whole_area_names_its_area",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("since")),
                name="work_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="work_over_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(hours_week__isnull=True) | Q(hours_week__gt=0, hours_week__lte=40),
                name="work_of_a_week",
            ),
            models.CheckConstraint(
                condition=Q(despite=[]) | ~Q(despite_words=""), name="given_despite_with_words"
            ),
        ]


class AssignedTask(Row):
    """One task of what was given."""

    assignment = tenant_key("work.WorkAssignment", related_name="tasks", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    task = tenant_key("workplaces.Task", related_name="given")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "assignment", "task"], name="task_given_once")
        ]


class AssignmentDecision(SubmittedRow):
    """Extended or ended, by a person and with grounds (AJ-33)."""

    class What(models.TextChoices):
        EXTEND = "extend"
        END = "end"

    assignment = tenant_key("work.WorkAssignment", related_name="decisions")
    person = tenant_key("people.Person", related_name="+")
    what = models.CharField(max_length=6, choices=What.choices)
    grounds = models.TextField()
    ends = models.DateField()  # the new last day
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(grounds=""), name="work_decided_with_grounds"),
        ]


# What was shown, offered and chosen


class WhyLeftOut(Row):
    """A reason why an area is left out, as the municipality has it; what it has not touched is ours
    (reasons.toml). `health`: read by those alone who may read of health."""

    code = models.SlugField(max_length=CODE)
    sv = models.CharField(max_length=60)
    da = models.CharField(max_length=60)
    en = models.CharField(max_length=60)
    health = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "why left out"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="why_left_out_once"),
        ]


class Showing(SubmittedRow):
    """Areas were shown to somebody on a day; its `areas` are all that were open in the unit then,
    each shown or not, so that what "all" was that day is never worked out afterwards (KN-97)."""

    enrolment = tenant_key("intake.Enrolment", related_name="showings")
    person = tenant_key("people.Person", related_name="+")
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "created_at", "id"]
        constraints = [*SubmittedRow.Meta.constraints]


class ShownArea(Row):
    """One of the areas that were open that day."""

    showing = tenant_key("work.Showing", related_name="areas", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    area = tenant_key("workplaces.WorkArea", related_name="+")
    shown = models.BooleanField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "showing", "area"], name="area_shown_once")
        ]


class AreaChoice(SubmittedRow):
    """What was said of an area on a day; nothing is changed, the latest holds. `by_person`: it was
    theirs to say and they said it. `reason`: the code of why it was left out, `words` why in words.
    `despite`: the functions of which a known limit spoke against it then (KN-99)."""

    class What(models.TextChoices):
        OFFERED = "offered"
        CHOSEN = "chosen"
        LEFT_OUT = "left_out"

    enrolment = tenant_key("intake.Enrolment", related_name="area_choices")
    person = tenant_key("people.Person", related_name="+")
    area = tenant_key("workplaces.WorkArea", related_name="+")
    what = models.CharField(max_length=8, choices=What.choices)
    by_person = models.BooleanField(default=False)
    reason = models.CharField(max_length=CODE, blank=True)
    words = models.CharField(max_length=300, blank=True)
    despite = ArrayField(models.CharField(max_length=CODE), default=list, blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(what="left_out") & ~Q(reason="") | ~Q(what="left_out") & Q(reason=""),
                name="left_out_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(what="chosen") | Q(by_person=True) | ~Q(words=""),
                name="chosen_for_somebody_with_words",
            ),
        ]


@remembered
class FunctionLimit(SubmittedRow):
    """Agreed with the person: of this function no more than a level, for now. It says what work may
    ask, never why: there is no room for a diagnosis (N-15). Half-open."""

    enrolment = tenant_key("intake.Enrolment", related_name="limits")
    person = tenant_key("people.Person", related_name="+")
    function = models.CharField(max_length=CODE)
    at_most = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=Q(at_most__lte=3), name="limit_below_all_alone"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="limit_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["tenant", "enrolment", "function"],
                condition=Q(until__isnull=True),
                name="one_limit_of_a_function",
            ),
        ]
