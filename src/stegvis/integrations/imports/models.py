"""Files that came in, their rows as they stood, and how each sender's columns are read.

Walls: a file and its rows are seen by whoever manages the unit it came to; a row about a person
only while that person is theirs to see. What a file says of a protected person lies in a table of
its own, open to those responsible for protected identities and to the import itself.
"""

from __future__ import annotations

from typing import Any, ClassVar, override

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stegvis.platform.tenancy.models import Row, SubmittedRow, tenant_key

STORED = ("created", "updated")
UNDO_DAYS = 30  # ours: how long a file can be taken back


class Kind(models.TextChoices):
    PARTICIPANTS = "participants", _("Participants")
    REFERRALS = "referrals", _("Referrals")
    STEP_HISTORY = "step_history", _("Step history")
    EARLIER = "earlier_interventions", _("Earlier measures")
    ORDERS = "customer_orders", _("Customer orders")
    ATTENDANCE = "attendance", _("Attendance")
    CITIZENS = "citizens_dk", _("Danish citizens with hours")
    HOURS = "ordinary_hours", _("Slips of pay")
    WORKPLACES = "workplaces", _("Companies")


class ImportFile(SubmittedRow):
    """One file, once: the same bytes sent again to the same unit are this file again."""

    class State(models.TextChoices):
        TRIAL = "trial"  # judged; nothing of it is in the register
        STORING = "storing"
        STORED = "stored"  # all that was ready; some rows may wait for a person
        UNDONE = "undone"

    kind = models.CharField(max_length=24, choices=Kind.choices)
    name = models.CharField(max_length=120)  # as the sender called it: shown, never opened
    sender = models.CharField(max_length=80, blank=True)
    unit = tenant_key("tenancy.Unit", related_name="+", db_index=False)
    programme = tenant_key("programmes.ProgrammeVersion", related_name="+")
    checksum = models.CharField(max_length=64)
    day = models.DateField()  # the day the file is read against
    state = models.CharField(max_length=8, choices=State.choices, default=State.TRIAL)
    mapping = models.JSONField(default=dict)  # what a person has decided about its columns
    units = models.JSONField(default=dict)  # unit by the name the file gives it
    sheets = models.JSONField(default=list)  # what was found: header rows, columns, fields
    issues = models.JSONField(default=list)  # about the file as a whole
    counts = models.JSONField(default=dict)  # rows by outcome
    size = models.PositiveIntegerField(default=0)  # rows
    done = models.PositiveIntegerField(default=0)  # rows the storing has passed
    by = tenant_key("accounts.Member", null=True, related_name="+")
    stored_at = models.DateTimeField(null=True)

    files: ClassVar[Any] = models.Manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["-created_at", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "unit", "kind", "checksum"], name="file_once"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ImportContent(Row):
    """The file's bytes, sealed, while rows of it may have to be read again."""

    file = tenant_key("imports.ImportFile", related_name="+", db_index=False)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "file"], name="content_once")]


class RowQuerySet(models.QuerySet["ImportRow"]):
    def held(self) -> RowQuerySet:
        return self.filter(outcome="held", queue="")

    def of(self, file: ImportFile) -> RowQuerySet:
        return self.filter(file=file)


class ImportRow(Row):
    """A row as the file had it and what became of it. `values` holds what was read, without the
    number; `sealed` the number and the text of every cell. `answer` (sealed) is what a person has
    said of it. `before`: what it changed, as that stood, for taking the file back."""

    file = tenant_key("imports.ImportFile", related_name="rows", db_index=False)
    unit = tenant_key("tenancy.Unit", related_name="+", db_index=False)
    sheet = models.CharField(max_length=80)  # empty: a text file
    number = models.PositiveIntegerField()  # as a person counts
    outcome = models.CharField(max_length=10)
    codes = ArrayField(models.CharField(max_length=40))
    columns = ArrayField(models.CharField(max_length=80))  # the header each code is about
    queue = models.CharField(max_length=10)
    values = models.JSONField()
    sealed = models.BinaryField(null=True)
    answer = models.BinaryField(null=True)
    answered_by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)
    mark = models.BinaryField(null=True)  # of the number, to find rows about a person again
    person = models.UUIDField(null=True)
    enrolment = models.UUIDField(null=True)
    period = models.UUIDField(null=True)
    referral = models.UUIDField(null=True)
    before = models.JSONField(null=True)
    done = models.BooleanField()  # nothing of it is left to store

    rows: ClassVar[Any] = RowQuerySet.as_manager()

    class Meta:
        ordering = ["sheet", "number", "id"]
        indexes = [
            models.Index(
                fields=["tenant", "person"],
                name="row_of_person",
                condition=Q(person__isnull=False),
            ),
            models.Index(
                fields=["tenant", "file", "outcome"],
                name="row_to_decide",
                condition=Q(outcome="held"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "file", "sheet", "number"], name="row_once"),
            models.CheckConstraint(
                condition=~Q(queue="protected")
                | Q(
                    person__isnull=True,
                    sealed__isnull=True,
                    answer__isnull=True,
                    mark__isnull=True,
                    values={},
                ),
                name="protected_says_nothing",
            ),
        ]


class ShieldedRow(Row):
    """What a row about a protected person says: for those responsible for them alone."""

    row = tenant_key("imports.ImportRow", related_name="+", db_index=False)
    codes = ArrayField(models.CharField(max_length=40))
    columns = ArrayField(models.CharField(max_length=80))
    sealed = models.BinaryField()  # values, number and cells
    answer = models.BinaryField(null=True)
    answered_by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)
    person = models.UUIDField(null=True)
    done = models.BooleanField(default=False)

    shielded: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["tenant", "row"], name="shielded_once")]


class SavedMapping(Row):
    """How a sender's files of a kind are read, as a person last decided it."""

    kind = models.CharField(max_length=24, choices=Kind.choices)
    sender = models.CharField(max_length=80)
    mapping = models.JSONField(default=dict)
    units = models.JSONField(default=dict)
    programme = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["kind", "sender", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "kind", "sender"], name="mapping_once")
        ]
