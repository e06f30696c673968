"""The relations that open a person's record, and the shields that close it.

The rooms above write here through `relations`, never directly. The person is a bare key: access
stands below the room of people and knows nothing of them but who may see whom.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import Q

from stegvis.platform.tenancy.models import Row, remembered, tenant_key


class Kind(models.TextChoices):
    """What ties someone to a person. The first group names a member, the second a whole unit."""

    CASE_WORKER = "case_worker"
    WORK_SUPERVISOR = "work_supervisor"
    JOB_MEDIATOR = "job_mediator"
    SELF = "self"
    NAMED = "named"  # on the list of those who may know of a protected person
    BARRED = "barred"  # kin, conflict of interest, or the person's own wish
    UNIT = "unit"  # enrolled in the unit
    INTAKE = "intake"  # a referral lies with the unit, not yet answered
    AFTER = "after"  # held the case when the person left; asks once more how it went


BY_UNIT = frozenset({Kind.UNIT, Kind.INTAKE})


class RelationQuerySet(models.QuerySet["Relation"]):
    def held(self, on: dt.date) -> RelationQuerySet:
        return self.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)


@remembered
class Relation(Row):
    person = models.UUIDField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    member = tenant_key("accounts.Member", null=True)
    unit = tenant_key("tenancy.Unit", null=True, db_index=False)
    since = models.DateField()
    until = models.DateField(null=True)
    because = models.CharField(max_length=200, blank=True)

    relations: ClassVar[Any] = RelationQuerySet.as_manager()

    class Meta:
        indexes = [
            BTreeIndex(fields=["tenant", "member", "kind"], name="relation_of_member"),
            BTreeIndex(fields=["tenant", "unit", "kind"], name="relation_of_unit"),
            BTreeIndex(fields=["tenant", "person"], name="relation_to_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind__in=BY_UNIT, unit__isnull=False, member__isnull=True)
                    | (~Q(kind__in=BY_UNIT) & Q(unit__isnull=True, member__isnull=False))
                ),
                name="relation_has_its_side",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="relation_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["tenant", "person", "kind", "member", "unit"],
                condition=Q(until__isnull=True),
                nulls_distinct=False,
                name="relation_open_once",
            ),
        ]


@remembered
class Shield(Row):
    """A protected identity. It is set by a file or by staff and lifted only by a named person's
    decision: a date that has passed is a task, never an opening."""

    class Grade(models.TextChoices):
        MARKED = "marked"  # sekretessmarkering
        REGISTRATION = "registration"  # skyddad folkbokföring / navne- og adressebeskyttelse
        ASSUMED = "assumed"  # fingerade uppgifter
        UNSAID = "unsaid"  # a list said "protected" and no more

    person = models.UUIDField()
    grade = models.CharField(max_length=16, choices=Grade.choices)
    since = models.DateField()
    review_on = models.DateField(null=True)
    lifted_on = models.DateField(null=True)
    lifted_by = tenant_key("accounts.Member", null=True)
    source = models.CharField(max_length=16, choices=[("staff", "staff"), ("file", "file")])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "person"],
                condition=Q(lifted_on__isnull=True),
                name="shield_once",
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True) | Q(lifted_by__isnull=False),
                name="shield_lifted_by_someone",
            ),
        ]
