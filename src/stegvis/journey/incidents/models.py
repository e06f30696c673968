"""What went wrong, in parts: what all who were there share, what is one person's own, what was
measured, the warning, the notice to whoever pays; and what to do when somebody needs help.

Who reads what is argued in docs/decisions/0029.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass
from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

INTOXICATION = "intoxication"
MOST_THERE = 12


class OwnKind(Row):
    """A kind the municipality has added, or one of ours that it does not use (V-23)."""

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=60, blank=True)  # without one it is ours
    hidden = models.BooleanField(default=False)

    class Meta:
        ordering = ["code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="incident_kind_once"),
        ]


@remembered
class Incident(SubmittedRow):
    """What those who were there share: when, where, what was seen. `persons` are all of them, and
    the database gives the row only to whoever reaches every one: a text about two names both."""

    kind = models.CharField(max_length=40)
    on = models.DateField()
    at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    persons = ArrayField(models.UUIDField())
    by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(persons__len__gte=1, persons__len__lte=MOST_THERE),
                name="incident_is_about_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(kind=INTOXICATION) | Q(persons__len=1),
                name="intoxication_is_about_one",
            ),
        ]


class InvolvedQuerySet(models.QuerySet["Involved"]):
    def visible_to(self, actor: Actor, on: dt.date) -> InvolvedQuerySet:
        """Those whose text this visitor may read."""
        return self.filter(reached(actor, FieldClass.INCIDENT, on=on, column="person_id"))

    def open(self) -> InvolvedQuerySet:
        return self.filter(closed_on__isnull=True)


@remembered
class Involved(SubmittedRow):
    """One person's part. Kind and day stand here as well, for whoever may not read the rest."""

    class Result(models.TextChoices):
        POSITIVE = "positive"
        NEGATIVE = "negative"
        REFUSED = "refused"

    incident = tenant_key("incidents.Incident", related_name="parts", db_index=False)
    person = tenant_key("people.Person", related_name="+", db_index=False)
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    kind = models.CharField(max_length=40)
    on = models.DateField()
    own = models.TextField(blank=True)  # what is about this person alone
    measures = ArrayField(models.CharField(max_length=24), default=list)
    due = models.DateField(null=True, blank=True)  # when it is looked at again
    result = models.CharField(max_length=8, choices=Result.choices, blank=True)
    tested_by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)
    sent_home_at = models.DateTimeField(null=True, blank=True)
    back_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=24, blank=True)
    closing = models.TextField(blank=True)

    parts: ClassVar[Any] = InvolvedQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["tenant", "person", "on"], name="involved_person")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "incident", "person"], name="involved_once_in_it"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, outcome="")
                | (Q(closed_on__isnull=False) & ~Q(outcome="")),
                name="closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(result="") | Q(kind=INTOXICATION), name="tested_on_suspicion_alone"
            ),
            models.CheckConstraint(
                condition=Q(sent_home_at__isnull=True, back_on__isnull=True)
                | Q(sent_home_at__isnull=False, back_on__gt=F("on")),
                name="sent_home_and_welcome_back",
            ),
        ]


class Measured(SubmittedRow):
    """What was measured: optional, sealed, apart, and gone on `delete_on` (INV-23)."""

    part = tenant_key("incidents.Involved", related_name="measured", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    sealed = models.BinaryField()
    delete_on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)

    class Meta(SubmittedRow.Meta):
        ordering = ["delete_on", "id"]
        indexes = [models.Index(fields=["tenant", "delete_on"], name="measured_to_delete")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "part"], name="measured_once"),
        ]


class WrittenWarning(SubmittedRow):
    """The warning as it was given: numbered, dated, only ever added. It knows no value."""

    part = tenant_key("incidents.Involved", related_name="warnings", db_index=False)
    person = tenant_key("people.Person", related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    back_on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)

    class Meta(SubmittedRow.Meta):
        ordering = ["person", "number", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "part"], name="warned_once_of_it"),
            models.UniqueConstraint(fields=["tenant", "person", "number"], name="warning_numbered"),
            models.CheckConstraint(condition=Q(back_on__gt=F("on")), name="warned_and_welcome"),
        ]


@remembered
class CompensationNotice(SubmittedRow):
    """A draft to whoever pays: the day, and never why. Handed over by a person, or not at all; the
    payer decides (N-04)."""

    part = tenant_key("incidents.Involved", related_name="notices", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    day = models.DateField()
    payer_kind = models.CharField(max_length=24)
    payer_name = models.CharField(max_length=120, blank=True)
    handed_on = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)

    class Meta(SubmittedRow.Meta):
        ordering = ["-day", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "part"], name="noticed_once_of_it"),
        ]


class SafetyNoteQuerySet(models.QuerySet["SafetyNote"]):
    def standing(self) -> SafetyNoteQuerySet:
        return self.filter(withdrawn_on__isnull=True)


@remembered
class SafetyNote(SubmittedRow):
    """What to do, on the person's consent, until the person takes it back (KN-55)."""

    person = tenant_key("people.Person", related_name="+")
    todo = models.CharField(max_length=300)
    consent = models.CharField(max_length=7, choices=[("written", "written"), ("oral", "oral")])
    consent_on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)
    withdrawn_on = models.DateField(null=True, blank=True)

    notes: ClassVar[Any] = SafetyNoteQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["-consent_on", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(todo=""), name="first_aid_says_what_to_do"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("consent_on")),
                name="first_aid_withdrawn_after",
            ),
        ]
