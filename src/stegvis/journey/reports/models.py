"""A report to whoever referred a person: its draft, its lines, what went out, who fetched it.

What went out is kept as it was, sealed, with the waivers it rested on, and is never changed.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from stegvis.journey.waivers.models import Category
from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass
from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

LINK_DAYS = 30  # ours: for how long a link stands open
GRACE_MINUTES = 30  # ours: for how long whoever opened it may fetch it again
TRIES = 5  # ours: wrong codes before a link closes


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, actor: Actor, on: dt.date) -> ReportQuerySet:
        return self.filter(reached(actor, FieldClass.DISCLOSURE, on=on, column="person_id"))

    def waiting(self) -> ReportQuerySet:
        return self.filter(state=Report.State.DRAFT)


@remembered
class Report(SubmittedRow):
    """`revision` counts the changes of its text: the person has seen the revision `seen_revision`,
    and a later one must be seen anew. `until` is the first day after what it tells of."""

    class State(models.TextChoices):
        DRAFT = "draft"
        SENT = "sent"
        DROPPED = "dropped"

    class Kind(models.TextChoices):
        """A report in passages, or the simple form of one page for the same office (JI-19)."""

        REPORT = "report"
        FORM = "form"

    class Occasion(models.TextChoices):
        PERIOD = "period"
        STEP = "step"
        LEAVE = "leave"

    class Way(models.TextChoices):
        OWN_PAGE = "own_page"
        TOGETHER = "together"
        PAPER = "paper"

    enrolment = tenant_key("intake.Enrolment", related_name="reports")
    person = tenant_key("people.Person", related_name="+", db_index=False)
    referral = tenant_key("intake.Referral", null=True, blank=True, related_name="reports")
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.REPORT)
    occasion = models.CharField(max_length=6, choices=Occasion.choices)
    step = models.CharField(max_length=40, blank=True)  # the one it is the report of
    since = models.DateField()
    until = models.DateField()
    recipient_kind = models.CharField(max_length=24)
    recipient_name = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=7, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    shown_at = models.DateTimeField(null=True, blank=True)  # laid out on the person's own page
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_revision = models.PositiveIntegerField(null=True, blank=True)
    seen_how = models.CharField(max_length=8, choices=Way.choices, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)  # did not want to see it
    comment = models.TextField(blank=True)  # the person's, never edited by anybody else
    commented_at = models.DateTimeField(null=True, blank=True)
    commented_own = models.BooleanField(default=False)  # by the person's own hand
    by = tenant_key("accounts.Member", null=True, related_name="+")

    reports: ClassVar[Any] = ReportQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["-until", "-id"]
        indexes = [models.Index(fields=["tenant", "person", "state"], name="report_of_person")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="report_has_a_period"),
            models.CheckConstraint(  # INV-7
                condition=~Q(state="sent")
                | Q(seen_at__isnull=False, seen_revision=F("revision"))
                | Q(refused_at__isnull=False),
                name="sent_when_seen_or_refused",
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_how="", seen_revision__isnull=True)
                | (Q(seen_at__isnull=False, seen_revision__isnull=False) & ~Q(seen_how="")),
                name="seen_in_some_way",
            ),
        ]

    @property
    def has_been_seen(self) -> bool:
        return self.seen_at is not None and self.seen_revision == self.revision

    @property
    def may_leave(self) -> bool:
        """Whether the person has had access to it as it stands, or did not want to (INV-7)."""
        return self.has_been_seen or self.refused_at is not None


@remembered
class ReportLine(Row):
    """One passage with the category it tells of: what must be covered when it is sent."""

    class Section(models.TextChoices):
        DONE = "done"
        DECISIONS = "decisions"
        GOALS = "goals"
        PROGRESS = "progress"
        JOB_SEEKING = "job_seeking"
        ATTENDANCE = "attendance"
        ABSENCE = "absence"
        QUESTION = "question"
        NEXT = "next"

    report = tenant_key("reports.Report", related_name="lines", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=12, choices=Section.choices)
    category = models.CharField(max_length=20, choices=Category.choices)
    text = models.TextField(blank=True)
    left_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "report", "section"], name="section_once_a_report"
            ),
        ]


class Dispatch(SubmittedRow):
    """What went to whom, on what grounds: the bytes themselves, sealed. Only ever added."""

    class By(models.TextChoices):
        LINK = "link"
        PAPER = "paper"

    report = tenant_key("reports.Report", related_name="dispatches", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    way = models.CharField(max_length=5, choices=By.choices)
    recipient_kind = models.CharField(max_length=24)
    recipient_name = models.CharField(max_length=120)
    recipient_address = models.CharField(max_length=120, blank=True)
    grounds = models.JSONField()  # section → "referral" or the key of a waiver
    waivers = ArrayField(models.UUIDField(), default=list)
    struck = models.JSONField(default=dict)  # section → why it did not go
    sealed = models.BinaryField()
    digest = models.CharField(max_length=64)
    seen = models.BooleanField()  # or refused
    commented = models.BooleanField(default=False)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["-created_at", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "report"], name="sent_once"),
            models.CheckConstraint(condition=~Q(grounds={}), name="sent_on_grounds"),  # INV-6
            models.CheckConstraint(
                condition=~Q(way="link") | ~Q(recipient_address=""), name="link_goes_somewhere"
            ),
        ]


class Link(Row):
    """A link by which it is fetched once. Its token is kept as a hash; its code is worked out from
    a key of the municipality and kept nowhere."""

    class Mail(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    dispatch = tenant_key("reports.Dispatch", related_name="links", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    token_hash = models.CharField(max_length=64, blank=True)
    round = models.PositiveSmallIntegerField(default=1)  # a renewed link has another code
    expires_at = models.DateTimeField()
    mail = models.CharField(max_length=7, choices=Mail.choices, default=Mail.WAITING)
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=60, blank=True)  # the kind of fault, never its words
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.CharField(max_length=64, blank=True)  # hash of a mark in one browser
    fetched = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "dispatch"], name="link_of_dispatch"),
            models.UniqueConstraint(
                fields=["tenant", "token_hash"], condition=~Q(token_hash=""), name="token_once"
            ),
        ]

    @property
    def is_closed(self) -> bool:
        return self.wrong_codes >= TRIES
