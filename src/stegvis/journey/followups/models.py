"""What was said between people, and what came of it.

Notes, contacts and the wellbeing somebody answers to are talks (TALKS); what a follow-up decided
and how job seeking goes is told the core in codes. What was written down wrongly is corrected, and
what stood there before is kept.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass
from stegvis.platform.tenancy.models import SubmittedRow, remembered, tenant_key


class TalkQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor, on: dt.date) -> TalkQuerySet:
        return self.filter(reached(actor, FieldClass.TALKS, on=on, column="person_id"))


@remembered
class Note(SubmittedRow):
    """A few lines about what was said or agreed. The person reads it too."""

    enrolment = tenant_key("intake.Enrolment", null=True, related_name="notes")
    person = tenant_key("people.Person", related_name="+", db_index=False)
    on = models.DateField()
    about = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    notes: ClassVar[Any] = TalkQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-created_at", "-id"]
        indexes = [models.Index(fields=["tenant", "person"], name="note_of_person")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
        ]


@remembered
class ContactEvent(SubmittedRow):
    """A contact with the person, or with somebody else for their sake (AJ-42). `minutes` makes the
    dose of coaching; `part` is what whoever had it is to the person."""

    class Way(models.TextChoices):
        MEETING = "meeting"
        PHONE = "phone"
        VIDEO = "video"
        MESSAGE = "message"
        LETTER = "letter"

    enrolment = tenant_key("intake.Enrolment", null=True, related_name="contacts")
    person = tenant_key("people.Person", related_name="+", db_index=False)
    on = models.DateField()
    party = models.CharField(max_length=24)  # V-08: the participant, an employer, an authority
    way = models.CharField(max_length=8, choices=Way.choices)
    reached = models.BooleanField(default=True)  # tried in vain is no contact, but it was tried
    accompanied = models.BooleanField(default=False)
    outcome = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    part = models.CharField(max_length=16, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    events: ClassVar[Any] = TalkQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-created_at", "-id"]
        indexes = [models.Index(fields=["tenant", "person"], name="contact_of_person")]


@remembered
class FollowUp(SubmittedRow):
    """A follow-up of the road. One of the weekly kind looks at the goals; a step review ends in one
    result (AJ-22), with the person's own view (AJ-60)."""

    class Kind(models.TextChoices):
        WEEKLY = "weekly"
        THREE_PARTY = "three_party"
        STEP_REVIEW = "step_review"
        AFTER_CARE = "after_care"

    class Result(models.TextChoices):
        CONTINUE = "continue"
        ADJUST = "adjust"
        NEXT_STEP = "next_step"
        PREVIOUS_STEP = "previous_step"

    enrolment = tenant_key("intake.Enrolment", related_name="follow_ups", db_index=False)
    person = tenant_key("people.Person", related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField()
    participants = ArrayField(models.CharField(max_length=24), default=list)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    result = models.CharField(max_length=14, choices=Result.choices, blank=True)
    own_step = models.CharField(max_length=40, blank=True)  # where the person places themselves
    worker_step = models.CharField(max_length=40, blank=True)
    own_words = models.TextField(blank=True)
    own_words_missing = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    next_on = models.DateField(null=True, blank=True)
    next_at = models.TimeField(null=True, blank=True)
    part = models.CharField(max_length=16, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    follow_ups: ClassVar[Any] = TalkQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-created_at", "-id"]
        indexes = [
            models.Index(fields=["tenant", "person"], name="followup_of_person"),
            models.Index(fields=["tenant", "enrolment", "on"], name="followup_of_enrolment"),
        ]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(kind="step_review") | ~Q(result=""), name="a_review_ends_in_a_result"
            ),
            models.CheckConstraint(
                condition=Q(result="") | ~Q(own_words="") | ~Q(own_words_missing=""),
                name="a_result_has_the_own_view",
            ),
            models.CheckConstraint(
                condition=Q(participants__len__gt=0), name="followup_with_somebody"
            ),
        ]


class Pulse(SubmittedRow):
    """How it is where one is: thriving, belonging, being needed, 1 to 5, each if one wishes
    (KN-141). Never changed; `unit` is where the person was then."""

    follow_up = tenant_key("followups.FollowUp", related_name="pulses")
    person = tenant_key("people.Person", related_name="+")
    unit = tenant_key("tenancy.Unit", related_name="+", db_index=False)
    on = models.DateField()
    thriving = models.PositiveSmallIntegerField(null=True, blank=True)
    belonging = models.PositiveSmallIntegerField(null=True, blank=True)
    needed = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["tenant", "unit", "on"], name="pulse_in_unit")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(thriving__range=(1, 5))
                | Q(belonging__range=(1, 5))
                | Q(needed__range=(1, 5)),
                name="pulse_says_something",
            ),
        ]


@remembered
class JobSearch(SubmittedRow):
    """Something done to find a job, by the person or together with a worker (AJ-36)."""

    class Kind(models.TextChoices):
        APPLICATION = "application"
        CALL = "call"
        VISIT = "visit"
        INTERVIEW = "interview"
        OTHER = "other"

    class Result(models.TextChoices):
        WAITING = "waiting"
        INTERVIEW = "interview"
        OFFER = "offer"
        NO = "no"

    enrolment = tenant_key("intake.Enrolment", related_name="job_searches", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    employer = models.CharField(max_length=160, blank=True)
    result = models.CharField(max_length=10, choices=Result.choices, default=Result.WAITING)
    by_participant = models.BooleanField(default=False)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-created_at", "-id"]
        indexes = [models.Index(fields=["tenant", "enrolment", "on"], name="jobsearch_on")]


class ReadySoon(SubmittedRow):
    """Whether somebody is ready for work within reasonable time, as it was judged on a day. Only
    added to: the latest counts."""

    enrolment = tenant_key("intake.Enrolment", related_name="ready_soon")
    person = tenant_key("people.Person", related_name="+")
    on = models.DateField()
    ready = models.BooleanField()
    grounds = models.TextField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(grounds=""), name="ready_soon_with_grounds"),
        ]


class Evaluation(SubmittedRow):
    """What the measures were worth, asked of both before the person leaves (AJ-49). A question that
    was not answered is kept as asked, with why."""

    enrolment = tenant_key("intake.Enrolment", related_name="evaluations", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    of = models.CharField(
        max_length=11,
        choices=[("participant", "participant"), ("case_worker", "case_worker")],
    )
    on = models.DateField()
    right = models.CharField(
        max_length=6,
        blank=True,
        choices=[("yes", "yes"), ("partly", "partly"), ("no", "no")],
    )
    words = models.TextField(blank=True)
    missing = models.CharField(max_length=20, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "enrolment", "of"], name="evaluated_once"),
            models.CheckConstraint(
                condition=(~Q(right="") & Q(missing="")) | (Q(right="") & ~Q(missing="")),
                name="evaluation_answered_or_why_not",
            ),
        ]


class NeedResult(SubmittedRow):
    """What came of one line of the referral's order (KN-05)."""

    class Result(models.TextChoices):
        REACHED = "reached"
        PARTLY = "partly"
        NOT_REACHED = "not_reached"
        NOT_WORKED_ON = "not_worked_on"
        LEFT_OPEN = "left_open"  # decided otherwise, in writing

    line = tenant_key("intake.OrderLine", related_name="results")
    enrolment = tenant_key("intake.Enrolment", related_name="need_results", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    on = models.DateField()
    result = models.CharField(max_length=13, choices=Result.choices)
    words = models.TextField(blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "enrolment", "line"], name="need_once"),
            models.CheckConstraint(
                condition=~Q(result__in=["not_worked_on", "left_open"]) | ~Q(words=""),
                name="need_left_with_a_reason",
            ),
        ]


class OutcomeCheck(SubmittedRow):
    """How it went after the person left, on a day. Unknown is said, never left out (KN-04)."""

    WORK: ClassVar[tuple[str, ...]] = ("work", "subsidised_work")

    class Source(models.TextChoices):
        PARTICIPANT = "participant"
        EMPLOYER = "employer"
        REGISTER = "register"
        WORKER = "worker"

    enrolment = tenant_key("intake.Enrolment", related_name="outcome_checks")
    person = tenant_key("people.Person", related_name="+")
    on = models.DateField()
    days_after = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=20)
    source = models.CharField(max_length=11, choices=Source.choices)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "created_at", "id"]
