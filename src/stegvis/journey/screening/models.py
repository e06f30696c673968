"""Screening (visitation): the first talk, the group with its grounds, and what follows from it.

The group itself is a dated category of `standing`, which the core reads and whoever sees the plan
may know. The grounds of it tell of health and need: they stand here, for whoever holds the case.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from stegvis.platform.tenancy.models import SubmittedRow, remembered, tenant_key

SET = "screening_group"
"""The category set of a programme that screens; a programme without it has no screening."""


@remembered
class Talk(SubmittedRow):
    """The first talk about screening: its day is the day step 1 begins (FM-03)."""

    enrolment = tenant_key("intake.Enrolment", related_name="+", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    on = models.DateField()
    in_course = models.BooleanField(default=False)  # within the ordinary course of talks
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "enrolment"], name="one_first_talk"),
        ]


class Notice(SubmittedRow):
    """A notice (underretning) to the social administration, as it was sent. Never changed."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    to = models.CharField(max_length=120)
    on = models.DateField()
    reason = models.TextField()
    support = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    support_words = models.CharField(max_length=300, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(to=""), name="notice_to_somebody"),
            models.CheckConstraint(condition=~Q(reason=""), name="notice_with_a_reason"),
        ]


@remembered
class Screening(SubmittedRow):
    """One outcome. Exactly one of an enrolment is current; a later one keeps the earlier (FM-52).
    `exception`: it was decided after a drop-out instead of a new attempt (FM-51)."""

    PROJECT, REHABILITATION, SOCIAL = 1, 2, 3

    enrolment = tenant_key("intake.Enrolment", related_name="screenings")
    person = tenant_key("people.Person", related_name="+")
    category = tenant_key("standing.Category", related_name="+")
    group = models.PositiveSmallIntegerField()
    on = models.DateField()
    grounds = models.TextField()
    own_words = models.TextField(blank=True)
    own_words_missing = models.CharField(max_length=20, blank=True)
    exception = models.CharField(max_length=40, blank=True)
    ordinary_effort = models.BooleanField(default=False)  # goes on beside the notice (FM-06)
    notice = tenant_key("screening.Notice", null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    current = models.BooleanField(default=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-created_at", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "enrolment"], condition=Q(current=True), name="one_current_group"
            ),
            models.CheckConstraint(condition=Q(group__range=(1, 3)), name="one_of_three_groups"),
            models.CheckConstraint(condition=~Q(grounds=""), name="screened_on_grounds"),
            models.CheckConstraint(
                condition=~Q(own_words="") | ~Q(own_words_missing=""),
                name="screened_with_the_own_words",
            ),
            models.CheckConstraint(
                condition=Q(exception="") | Q(group=2), name="excepted_into_group_2"
            ),
            models.CheckConstraint(
                condition=Q(group=3, ordinary_effort=True) | ~Q(group=3),
                name="ordinary_effort_goes_on",
            ),
            models.CheckConstraint(
                condition=~Q(group=3) | Q(closed_on__isnull=True) | Q(notice__isnull=False),
                name="closed_when_notice_is_sent",
            ),
        ]


@remembered
class Rehabilitation(SubmittedRow):
    """The way to the rehabilitation team (FM-05), as others tell us of it: what the team says and
    what the municipality decides is written down here and never worked out (N-04)."""

    class Decision(models.TextChoices):
        RESOURCE_COURSE = "resource_course"
        FLEX_JOB = "flex_job"
        EARLY_RETIREMENT = "early_retirement"
        OTHER = "other"

    class Status(models.TextChoices):
        NOT_BEGUN = "not_begun"
        BEGUN = "begun"
        SENT = "sent"
        RECOMMENDED = "recommended"
        DECIDED = "decided"

    screening = tenant_key("screening.Screening", related_name="rehabilitations", db_index=False)
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    due_on = models.DateField()  # the day of the screening: as soon as possible
    begun_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    recommended_on = models.DateField(null=True, blank=True)
    recommendation = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=16, choices=Decision.choices, blank=True)
    decision_words = models.TextField(blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    DAYS: ClassVar[tuple[str, ...]] = ("begun_on", "sent_on", "recommended_on", "decided_on")

    class Meta(SubmittedRow.Meta):
        ordering = ["-due_on", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "screening"], name="one_rehabilitation"),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | Q(begun_on__lte=F("sent_on")),
                name="sent_when_prepared",
            ),
            models.CheckConstraint(
                condition=Q(recommended_on__isnull=True)
                | (Q(sent_on__lte=F("recommended_on")) & ~Q(recommendation="")),
                name="recommended_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, decision="")
                | (Q(recommended_on__lte=F("decided_on")) & ~Q(decision="")),
                name="decided_on_a_recommendation",
            ),
        ]

    @property
    def status(self) -> str:
        """How far it has come: the last of its days."""
        reached = [n for n, name in enumerate(self.DAYS, 1) if getattr(self, name) is not None]
        return self.Status.values[max(reached, default=0)]

    @property
    def since(self) -> dt.date:
        """The day of that status."""
        days: list[dt.date] = [day for name in self.DAYS if (day := getattr(self, name))]
        return days[-1] if days else self.due_on


@remembered
class DailyLead(SubmittedRow):
    """Who leads the case from day to day, together with the person (FM-17): the person's messages
    go there by default. One at a time; it holds as long as the assignment it names does."""

    enrolment = tenant_key("intake.Enrolment", related_name="leads")
    person = tenant_key("people.Person", related_name="+")
    assignment = tenant_key("intake.Assignment", related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["-since", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "enrolment"],
                condition=Q(until__isnull=True),
                name="one_daily_lead",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="lead_ends_after_it_starts",
            ),
        ]
