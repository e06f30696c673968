"""Who works where, half day by half day.

A person's week is theirs: each row stands behind the person's wall. Why two are kept apart stands
in a table of its own, which those who plan do not read.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

WEEK = dt.timedelta(days=5)  # Monday to Friday


class Half(models.TextChoices):
    MORNING = "am"
    AFTERNOON = "pm"


class OfWeekQuerySet(models.QuerySet[Any]):
    def of_week(self, monday: dt.date) -> OfWeekQuerySet:
        return self.filter(day__gte=monday, day__lt=monday + WEEK)


@remembered
class Slot(SubmittedRow):
    """One half day of somebody's week. Taken away it is gone, and what it was stays remembered.
    `planned_by`: the person themselves, or staff (AJ-26, AJ-31)."""

    class By(models.TextChoices):
        PERSON = "person"
        STAFF = "staff"

    enrolment = tenant_key("intake.Enrolment", related_name="slots", db_index=False)
    person = tenant_key("people.Person", related_name="+", db_index=False)
    unit = tenant_key("tenancy.Unit", related_name="+", db_index=False)
    day = models.DateField()
    half = models.CharField(max_length=2, choices=Half.choices)
    area = tenant_key("workplaces.WorkArea", related_name="slots")
    trying = models.BooleanField(default=False)
    planned_by = models.CharField(max_length=6, choices=By.choices, default=By.STAFF)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    slots: ClassVar[Any] = OfWeekQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["day", "half", "id"]
        indexes = [models.Index(fields=["tenant", "unit", "day"], name="slot_of_unit_and_day")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "person", "day", "half"], name="one_place_at_a_time"
            ),
            models.CheckConstraint(condition=Q(day__iso_week_day__lte=5), name="slot_on_a_weekday"),
        ]


@remembered
class Taken(SubmittedRow):
    """A half day that is taken by something else. What it is stands nowhere here."""

    enrolment = tenant_key("intake.Enrolment", related_name="taken", db_index=False)
    person = tenant_key("people.Person", related_name="+", db_index=False)
    day = models.DateField()
    half = models.CharField(max_length=2, choices=Half.choices)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    halves: ClassVar[Any] = OfWeekQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["day", "half", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "person", "day", "half"], name="taken_once"),
        ]


class Published(SubmittedRow):
    """A unit's week has been shown to those it is about: as it is then, and as it changes after."""

    unit = tenant_key("tenancy.Unit", related_name="+")
    monday = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    weeks: ClassVar[Any] = models.Manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["monday", "created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(monday__iso_week_day=1), name="published_from_a_monday"
            ),
        ]


class Review(SubmittedRow):
    """The next week was gone through with those it is about, and what they wished (KN-57)."""

    unit = tenant_key("tenancy.Unit", related_name="+")
    monday = models.DateField()
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    reviews: ClassVar[Any] = models.Manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["monday", "on", "id"]


class Wish(SubmittedRow):
    """What one of them wished of their own week, and what came of it."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    monday = models.DateField()
    words = models.CharField(max_length=200)
    granted = models.BooleanField()
    answer = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    wishes: ClassVar[Any] = models.Manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="wish_has_words"),
            models.CheckConstraint(
                condition=Q(granted=True) | ~Q(answer=""), name="wish_refused_has_an_answer"
            ),
        ]


@remembered
class Lead(Row):
    """Who supervises an area. `capacity`: support points for a half day; null: not known."""

    area = tenant_key("workplaces.WorkArea", related_name="leads")
    member = tenant_key("accounts.Member", db_index=True, related_name="+")
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    leads: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["area", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "area", "member"],
                condition=Q(until__isnull=True),
                name="leads_an_area_once",
            ),
        ]


@remembered
class Apart(SubmittedRow):
    """Someone not to be at the same place at the same time as `other`. Written for both, so that
    whoever reaches one of them meets it; `pair` ties the two rows together."""

    person = tenant_key("people.Person", related_name="+")
    other = tenant_key("people.Person", related_name="+")
    pair = models.UUIDField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    pairs: ClassVar[Any] = models.Manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(person=F("other")), name="apart_from_another"),
            models.UniqueConstraint(
                fields=["tenant", "person", "other"],
                condition=Q(until__isnull=True),
                name="apart_once",
            ),
        ]


class WhyApart(SubmittedRow):
    """Why, for the case worker of the one it was written for. Nobody who plans reads it."""

    apart = tenant_key("week.Apart", related_name="why")
    person = tenant_key("people.Person", related_name="+")
    words = models.TextField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        verbose_name_plural = "why apart"


@remembered
class PlanAims(Row):
    """What a proposal aims at behind its four levels, first to last, as the municipality chose it
    (core/scheduling/further.py)."""

    aims = ArrayField(models.CharField(max_length=12), default=list, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "plan aims"
        constraints = [models.UniqueConstraint(fields=["tenant"], name="plan_aims_once")]


class Proposal(SubmittedRow):
    """A week worked out for whoever asked, and for nobody else: nothing of it stands on the board
    before they take it over. Persons are in its `ProposedWeek`s alone. `lead`: whose absence it
    mends; `away`: the half days of an absence, "2026-11-23|am"; `done`: how far, of a hundred."""

    class What(models.TextChoices):
        FILL = "fill"  # what stands is kept
        ANEW = "anew"  # what the person has not chosen may be moved
        REPAIR = "repair"

    class State(models.TextChoices):
        ASKED = "asked"
        WORKING = "working"
        READY = "ready"
        FAILED = "failed"
        CANCELLED = "cancelled"
        THROWN = "thrown"

    unit = tenant_key("tenancy.Unit", related_name="+")
    monday = models.DateField()
    what = models.CharField(max_length=6, choices=What.choices)
    lead = tenant_key("accounts.Member", null=True, related_name="+")
    away = ArrayField(models.CharField(max_length=13), default=list, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    done = models.PositiveSmallIntegerField(default=0)
    proven = models.BooleanField(default=False)
    by = tenant_key("accounts.Member", related_name="+")

    proposals: ClassVar[Any] = models.Manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=Q(monday__iso_week_day=1), name="proposed_a_week"),
            models.CheckConstraint(condition=Q(done__lte=100), name="proposal_done_of_a_hundred"),
            models.UniqueConstraint(
                fields=["tenant", "by", "unit", "monday"],
                condition=Q(state__in=["asked", "working", "ready"]),
                name="one_proposal_at_a_time",
            ),
        ]


class ProposedWeek(Row):
    """One person's part of a proposal. `moves`: half day, area now, area then (null: none); `seen`:
    their week as it stood when it was worked out; `after`: as it stood when it had been taken over;
    `why`: codes of what is in the way where they have fewer half days than they should."""

    class State(models.TextChoices):
        OPEN = "open"
        TAKEN = "taken"
        CHANGED = "changed"  # somebody else was faster, and theirs stands

    proposal = tenant_key("week.Proposal", related_name="weeks", db_index=False)
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    ill = models.BooleanField(default=False)
    moves = models.JSONField(default=list)
    planned = models.PositiveSmallIntegerField(null=True)
    target = models.PositiveSmallIntegerField(null=True)
    why = models.JSONField(default=dict)
    seen = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)

    weeks: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "proposal", "person"], name="proposed_once_a_person"
            ),
        ]


class Feed(SubmittedRow):
    """The address of somebody's week for a calendar: secret, and theirs to end. Only its mark is
    kept, so that nobody who reads the table can open it."""

    person = tenant_key("people.Person", related_name="+")
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    mark = models.CharField(max_length=64)
    until = models.DateTimeField(null=True, blank=True)

    feeds: ClassVar[Any] = models.Manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "person"], condition=Q(until__isnull=True), name="one_feed_each"
            ),
            models.UniqueConstraint(fields=["tenant", "mark"], name="feed_mark_once"),
        ]
