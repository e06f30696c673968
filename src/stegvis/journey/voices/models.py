"""A person's own messages, how they say they are, and where they place themselves. All of it is
theirs: staff may answer and say that it has been heard, and never change it (INV-19, N-18)."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass
from stegvis.platform.tenancy.models import SubmittedRow, remembered, tenant_key

FACES = 5


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, actor: Actor, on: dt.date) -> MessageQuerySet:
        return self.filter(reached(actor, FieldClass.VOICE, on=on, column="person_id"))

    def standing(self) -> MessageQuerySet:
        return self.filter(taken_back_at__isnull=True)

    def waiting(self) -> MessageQuerySet:
        """Those nobody has said they have heard."""
        return self.standing().filter(heard_at__isnull=True)


@remembered
class Message(SubmittedRow):
    """I am late, I am ill, call me, or a few words. `on`: the day it is about; `minutes`: how
    late. It starts nothing by itself, and nothing of it goes to anybody who pays (KN-139)."""

    class Kind(models.TextChoices):
        LATE = "late"
        SICK = "sick"
        CALL = "call"
        WORDS = "words"

    person = tenant_key("people.Person", related_name="+", db_index=False)
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    heard_by = tenant_key("accounts.Member", null=True, blank=True, related_name="+")
    heard_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    messages: ClassVar[Any] = MessageQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["tenant", "person", "created_at"], name="message_of_person"),
            models.Index(
                fields=["tenant", "person"],
                condition=Q(heard_at__isnull=True, taken_back_at__isnull=True),
                name="message_waiting",
            ),
        ]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="late", minutes__gt=0)
                | (~Q(kind="late") & Q(minutes__isnull=True)),
                name="late_says_how_late",
            ),
            models.CheckConstraint(
                condition=~Q(kind="words") | ~Q(words=""), name="words_are_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(heard_at__isnull=True, heard_by__isnull=True, answer="")
                | Q(heard_at__isnull=False, heard_by__isnull=False),
                name="heard_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(heard_at__isnull=True) | Q(taken_back_at__isnull=True),
                name="heard_or_taken_back",
            ),
        ]


class Mood(SubmittedRow):
    """One of five faces, from 1 to 5, on a day. Nobody has to; nothing is worked out from it."""

    person = tenant_key("people.Person", related_name="+")
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    face = models.PositiveSmallIntegerField()
    on = models.DateField()

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(face__gte=1, face__lte=FACES), name="mood_is_a_face"
            ),
        ]


class Placing(SubmittedRow):
    """Where the person says they stand on the staircase, beside where the decision says they do;
    for the meeting where the next step is talked about (AJ-60). Never a step of itself."""

    person = tenant_key("people.Person", related_name="+")
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    ladder = models.CharField(max_length=40)
    step = models.CharField(max_length=40)
    ordinal = models.PositiveSmallIntegerField()
    on = models.DateField()

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
