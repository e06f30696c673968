"""A behaviour, and what is seen and said of it. There is no row here about a person's motivation:
everything hangs on a behaviour that was agreed on, and has a day.

Kept out of lists, filters, exports, matching and reports: no other room reads these tables but
plans, which asks whether a plan for the behaviour would help now.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from stegvis.platform.tenancy.models import SubmittedRow, remembered, tenant_key

MOST = 10  # of a ruler


class BehaviourQuerySet(models.QuerySet["TargetBehaviour"]):
    def going(self) -> BehaviourQuerySet:
        return self.filter(ended_on__isnull=True)


@remembered
class TargetBehaviour(SubmittedRow):
    """What somebody would do, where and how often: "be in the workshop, Monday to Friday at 7"."""

    class Proposer(models.TextChoices):
        PERSON = "person"
        STAFF = "staff"

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    behaviour = models.CharField(max_length=120)
    context = models.CharField(max_length=160)
    frequency = models.CharField(max_length=80)
    problem = models.CharField(max_length=200, blank=True)
    proposed_by = models.CharField(max_length=6, choices=Proposer.choices)
    agreed_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", related_name="+")

    behaviours: ClassVar[Any] = BehaviourQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["-agreed_on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(behaviour="") & ~Q(context="") & ~Q(frequency=""),
                name="behaviour_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("agreed_on")),
                name="behaviour_ends_after_it_starts",
            ),
        ]


class Said(SubmittedRow):
    """What all of these have: the behaviour, the day, and who wrote it down. `person` is repeated
    so that the database's wall stands round each of them."""

    person = tenant_key("people.Person", related_name="+")
    on = models.DateField()
    by = tenant_key("accounts.Member", related_name="+")

    class Meta(SubmittedRow.Meta):
        abstract = True
        ordering = ["on", "created_at", "id"]


class Stage(Said):
    """Where in the change, for this behaviour, on this day, and the words or the act that showed
    it. Never without a behaviour (INV-8); an earlier one stays as it was."""

    class Code(models.TextChoices):
        PRECONTEMPLATION = "precontemplation"
        CONTEMPLATION = "contemplation"
        PREPARATION = "preparation"
        ACTION = "action"
        MAINTENANCE = "maintenance"
        RELAPSE = "relapse"

    behaviour = tenant_key("motivation.TargetBehaviour", related_name="stages")
    stage = models.CharField(max_length=16, choices=Code.choices)
    sign = models.TextField()

    class Meta(Said.Meta):
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(sign=""), name="stage_shows_its_sign"),
        ]


class Ruler(Said):
    """How important, how confident, 0 to 10: the person's own two answers, never summed."""

    behaviour = tenant_key("motivation.TargetBehaviour", related_name="rulers")
    importance = models.PositiveSmallIntegerField()
    confidence = models.PositiveSmallIntegerField()

    class Meta(Said.Meta):
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(importance__lte=MOST, confidence__lte=MOST), name="ruler_is_0_to_10"
            ),
        ]


class Cross(Said):
    """The ambivalence cross in the person's own words. It is theirs: they share it or not, and
    what they take away is gone, so no earlier state of it is kept."""

    behaviour = tenant_key("motivation.TargetBehaviour", related_name="crosses")
    now_good = models.TextField(blank=True)
    now_less = models.TextField(blank=True)
    change_good = models.TextField(blank=True)
    change_less = models.TextField(blank=True)
    areas = ArrayField(models.CharField(max_length=24), default=list)
    shared = models.BooleanField(default=False)

    class Meta(Said.Meta):
        verbose_name_plural = "crosses"


class Analysis(Said):
    """Situation, behaviour, consequence: one morning at a time, and what keeps it going."""

    behaviour = tenant_key("motivation.TargetBehaviour", related_name="analyses")
    situation = models.TextField()
    act = models.TextField()
    consequence = models.TextField()
    reinforcer = models.CharField(max_length=120, blank=True)

    class Meta(Said.Meta):
        verbose_name_plural = "analyses"


class Relapse(Said):
    """What set the old behaviour off, what was learnt, and the next try."""

    behaviour = tenant_key("motivation.TargetBehaviour", related_name="relapses")
    stage = tenant_key("motivation.Stage", related_name="+", db_index=False)
    trigger = models.TextField()
    learnt = models.TextField()
    next_try = models.TextField()

    class Meta(Said.Meta):
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "stage"], name="relapse_looked_at_once"),
        ]


@remembered
class Coping(Said):
    """A hard situation, and what to do instead. The person has it on their own page."""

    behaviour = tenant_key("motivation.TargetBehaviour", related_name="copings")
    situation = models.TextField()
    instead = models.TextField()
    until = models.DateField(null=True, blank=True)


class Answer(Said):
    """The person's answer to a question of the talk, word for word."""

    behaviour = tenant_key("motivation.TargetBehaviour", related_name="answers")
    question = models.CharField(max_length=200)
    words = models.TextField()
