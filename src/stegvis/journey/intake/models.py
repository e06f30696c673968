"""The referral, the enrolment it leads to, and the assignments of those who work with someone."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject

from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass
from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

ANSWER_DAYS = 14  # ours: within how many days a referrer gets an answer


class ReferralQuerySet(models.QuerySet["Referral"]):
    def waiting(self) -> ReferralQuerySet:
        return self.filter(state__in=Referral.WAITING)

    def unanswered(self) -> ReferralQuerySet:
        """Those waiting for the unit, and those waiting for the referrer."""
        return self.filter(state__in=(*Referral.WAITING, Referral.State.RETURNED))

    def to_see_to(self) -> ReferralQuerySet:
        """Those unanswered and those untold, the oldest deadline first."""
        open_ones = Q(state__in=(*Referral.WAITING, Referral.State.RETURNED))
        untold = Q(state=Referral.State.ACCEPTED, told=None) & ~Q(difference_told="")
        return self.filter(open_ones | untold).order_by("answer_by", "id")

    def visible_to(self, actor: Actor, on: dt.date) -> ReferralQuerySet:
        return self.filter(reached(actor, FieldClass.ASKED, on=on, column="person_id"))


class ReferralCount(Row):
    """The last referral number of a year; its row is the lock of the count."""

    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "year"], name="count_of_year")]


@remembered
class Referral(SubmittedRow):
    """A request from an agency that the unit takes on a person (remiss / henvisning)."""

    class State(models.TextChoices):
        DRAFT = "draft"
        SENT = "sent"
        RECEIVED = "received"
        RETURNED = "returned"  # with a question
        ACCEPTED = "accepted"
        DECLINED = "declined"

    WAITING: ClassVar[tuple[str, ...]] = (State.SENT, State.RECEIVED)
    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.DRAFT: (State.SENT, State.RECEIVED),
        State.SENT: (State.RECEIVED, State.RETURNED, State.DECLINED),
        State.RECEIVED: (State.ACCEPTED, State.RETURNED, State.DECLINED),
        State.RETURNED: (State.RECEIVED, State.DECLINED),
        State.ACCEPTED: (),
        State.DECLINED: (),
    }

    person = tenant_key("people.Person", related_name="referrals")
    unit = tenant_key("tenancy.Unit", related_name="referrals", db_index=False)
    number = models.CharField(max_length=30)  # "2026-118", per municipality and year
    referrer_kind = models.CharField(max_length=12)  # AF, FK, SOC, REGION, JOBCENTER, OTHER
    referrer_name = models.CharField(max_length=120, blank=True)
    referrer_contact = models.CharField(max_length=120, blank=True)
    scheme = tenant_key("programmes.Scheme", null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    sent_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    need = models.TextField(blank=True)
    services_asked = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    services_accepted = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    difference_told = models.TextField(blank=True)  # what is delivered instead, and why (KN-61)
    decided_by = tenant_key("accounts.Member", null=True, blank=True)
    imported = models.BooleanField(default=False)

    referrals: ClassVar[Any] = ReferralQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["-received_on", "-id"]
        indexes = [models.Index(fields=["tenant", "unit", "state"], name="referral_in_unit")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "number"], name="referral_numbered_once"),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(question=""), name="returned_with_a_question"
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""), name="declined_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"]) | Q(answered_on__isnull=False),
                name="answered_on_a_day",
            ),
        ]

    @property
    def gap(self) -> list[str]:
        """The services asked for that are not taken on; of one not answered yet, none."""
        accepted = set(self.services_accepted)
        asked = self.services_asked if self.state == Referral.State.ACCEPTED else []
        return [code for code in asked if code not in accepted]

    @property
    def lacks_purpose(self) -> bool:
        return not self.lines.exists()


class OrderLine(SubmittedRow):
    """What is to be practised, trained or tried, and why (KN-62); for what use (KN-63)."""

    referral = tenant_key("intake.Referral", related_name="lines")
    person = tenant_key("people.Person", related_name="+")
    verb = models.CharField(
        max_length=10,
        choices=[
            ("practise", "practise"),
            ("train", "train"),
            ("try", "try"),
            ("clarify", "clarify"),
        ],
    )
    what = models.CharField(max_length=300)
    why = models.CharField(max_length=500)
    leads_to = models.CharField(max_length=300, blank=True)
    uses = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(what=""), name="line_says_what"),
            models.CheckConstraint(condition=~Q(why=""), name="line_says_why"),
        ]


class EqualAnswer(SubmittedRow):
    """One answer on the checklist for an equal referral (KN-96). Nothing is changed, the latest
    holds; what nobody has answered is open. It asks what we have done, never how the person is."""

    class Answer(models.TextChoices):
        YES = "yes"
        NO = "no"
        NOT_RELEVANT = "not_relevant"

    referral = tenant_key("intake.Referral", related_name="equal_answers")
    person = tenant_key("people.Person", related_name="+")
    question = models.CharField(max_length=20)
    answer = models.CharField(max_length=12, choices=Answer.choices)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "created_at", "id"]
        constraints = [*SubmittedRow.Meta.constraints]


class ToldReferrer(SubmittedRow):
    """What is not delivered as asked for has been told to whoever asked: when, how, to whom
    (KN-61). What was told stands on the referral."""

    class Way(models.TextChoices):
        PHONE = "phone"
        MEETING = "meeting"
        LETTER = "letter"
        MAIL = "mail"

    referral = tenant_key("intake.Referral", related_name="told")
    person = tenant_key("people.Person", related_name="+")
    way = models.CharField(max_length=8, choices=Way.choices)
    to = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "created_at", "id"]
        verbose_name_plural = "told referrers"
        constraints = [*SubmittedRow.Meta.constraints]


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def open(self) -> EnrolmentQuerySet:
        return self.filter(until__isnull=True)

    def visible_to(self, actor: Actor, on: dt.date) -> EnrolmentQuerySet:
        return self.filter(reached(actor, FieldClass.PLAN, on=on, column="person_id"))

    def with_staff(self, on: dt.date) -> EnrolmentQuerySet:
        """Each with `staff`: part, member and name of those who work with the person on the day,
        in the order they came. In the same query."""
        held = Assignment.assignments.held(on).filter(enrolment=OuterRef("pk"))
        one = JSONObject(part="part", member="member_id", name="member__name")
        return self.annotate(staff=ArraySubquery(held.order_by("since", "id").values(one=one)))


@remembered
class Enrolment(SubmittedRow):
    """A person in one programme version, from a day until they leave. There is no planned end:
    nothing closes a road by time (JI-33, N-13)."""

    person = tenant_key("people.Person", related_name="enrolments", db_index=False)
    unit = tenant_key("tenancy.Unit", related_name="enrolments", db_index=False)
    programme = tenant_key("programmes.ProgrammeVersion", related_name="enrolments")
    referral = tenant_key("intake.Referral", null=True, related_name="enrolments")
    earlier = tenant_key("intake.Enrolment", null=True, related_name="+")  # re-entry
    agency = models.CharField(max_length=12)  # the one enrolling agency (JI-02)
    eligibility = models.TextField(blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    exit_reason = models.CharField(max_length=30, blank=True)
    exit_note = models.TextField(blank=True)
    extent_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    extent_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    imported = models.BooleanField(default=False)

    enrolments: ClassVar[Any] = EnrolmentQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        indexes = [
            models.Index(fields=["tenant", "person"], name="enrolment_of_person"),
            models.Index(fields=["tenant", "unit", "until"], name="enrolment_in_unit"),
        ]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="enrolment_ends_after_it_starts",
            ),
            models.CheckConstraint(  # AJ-01: no enrolment without a referral; history may lack one
                condition=Q(referral__isnull=False) | Q(imported=True),
                name="enrolled_on_a_referral",
            ),
            models.UniqueConstraint(
                fields=["tenant", "person"],
                condition=Q(until__isnull=True),
                name="one_open_enrolment",
            ),
        ]


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def held(self, on: dt.date) -> AssignmentQuerySet:
        return self.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)


@remembered
class Assignment(SubmittedRow):
    """Who works with the person, as what, from when until when (half-open)."""

    class Part(models.TextChoices):
        CASE_WORKER = "case_worker"
        WORK_SUPERVISOR = "work_supervisor"
        JOB_MEDIATOR = "job_mediator"

    enrolment = tenant_key("intake.Enrolment", related_name="assignments")
    person = tenant_key("people.Person", related_name="assignments")
    member = tenant_key("accounts.Member", related_name="assignments")
    part = models.CharField(max_length=16, choices=Part.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=200, blank=True)

    assignments: ClassVar[Any] = AssignmentQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        indexes = [models.Index(fields=["tenant", "member", "part"], name="assignment_of_member")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="assignment_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["tenant", "enrolment", "part", "member"],
                condition=Q(until__isnull=True),
                name="assignment_open_once",
            ),
        ]


@remembered
class Income(SubmittedRow):
    """What the person lives on at entry and at exit (AJ-62); unknown is said, never left out."""

    enrolment = tenant_key("intake.Enrolment", related_name="incomes", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    moment = models.CharField(max_length=5, choices=[("entry", "entry"), ("exit", "exit")])
    source = models.CharField(max_length=30)
    on = models.DateField()

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "enrolment", "moment"], name="income_once"),
        ]


class Commission(SubmittedRow):
    """What an agency has ordered of the unit: how many places, for how long (JI-54)."""

    agency = models.CharField(max_length=12)
    unit = tenant_key("tenancy.Unit", related_name="commissions")
    places = models.PositiveIntegerField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["-since", "id"]
