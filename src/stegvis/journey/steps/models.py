"""The decision: what the core advised, what a person decided, why, and in the person's own words.

A row is history, outbox and statistic at once. It is never changed: a correction is a new decision.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from stegvis.platform.tenancy.models import SubmittedRow, tenant_key


class StepDecision(SubmittedRow):
    class Kind(models.TextChoices):
        ENTER = "enter"
        FORWARD = "forward"
        SKIP = "skip"
        BACK = "back"
        RESTART = "restart"
        STAY = "stay"
        CORRECT = "correct"
        VERSION = "version"  # to a newer version of the programme model
        LEAVE = "leave"

    UNUSUAL: ClassVar[tuple[str, ...]] = (Kind.SKIP, Kind.BACK, Kind.RESTART, Kind.CORRECT)

    enrolment = tenant_key("intake.Enrolment", related_name="decisions", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    programme = tenant_key("programmes.ProgrammeVersion", related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    ladder = models.CharField(max_length=40)
    from_step = models.CharField(max_length=40, blank=True)
    to_step = models.CharField(max_length=40, blank=True)
    skipped = ArrayField(models.CharField(max_length=40), default=list)
    closes = tenant_key("standing.StepPeriod", null=True, related_name="+")
    opens = tenant_key("standing.StepPeriod", null=True, related_name="+")
    corrects = tenant_key("steps.StepDecision", null=True, related_name="corrections")
    effective_on = models.DateField()
    advice = models.JSONField()  # the judgement as the core gave it then, criteria and all (INV-4)
    against_advice = models.BooleanField(default=False)
    reasons = ArrayField(models.CharField(max_length=120), default=list)
    grounds = models.TextField(blank=True)
    own_words = models.TextField(blank=True)
    own_words_missing = models.CharField(max_length=40, blank=True)  # why they are not there
    review_on = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["tenant", "enrolment"], name="decision_of_enrolment")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(grounds="") | Q(reasons__len__gt=0), name="decided_with_grounds"
            ),
            models.CheckConstraint(
                condition=~Q(grounds="")
                | ~Q(kind__in=["skip", "back", "restart", "correct", "version"]),
                name="unusual_with_written_grounds",
            ),
            models.CheckConstraint(
                condition=~Q(own_words="") | ~Q(own_words_missing=""),
                name="own_words_or_why_not",
            ),
            models.CheckConstraint(
                condition=Q(kind="correct", corrects__isnull=False)
                | (~Q(kind="correct") & Q(corrects__isnull=True)),
                name="a_correction_names_what_it_corrects",
            ),
            models.UniqueConstraint(
                fields=["tenant", "corrects"],
                condition=Q(corrects__isnull=False),
                name="corrected_once",
            ),
            models.CheckConstraint(
                condition=~Q(from_step=F("to_step"))
                | Q(kind__in=["stay", "restart", "version", "correct", "leave"]),
                name="a_move_goes_somewhere",
            ),
        ]
