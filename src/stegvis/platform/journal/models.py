"""The journal's rows. The table is partitioned by month and only ever added to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from stegvis.platform.tenancy.models import Tenant


class Sort(models.TextChoices):
    READ = "read"
    WRITE = "write"
    DENIED = "denied"
    SEARCH = "search"
    BATCH = "batch"


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, person: Any) -> EventQuerySet:
        return self.filter(persons__contains=[person])


class Event(models.Model):
    """One event. `hash` covers the previous hash, the number and everything said here, so that an
    edit, a removal or a swap shows (journal/chain.py)."""

    pk = models.CompositePrimaryKey("tenant_id", "at", "seq")
    tenant = models.ForeignKey(
        Tenant, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    sort = models.CharField(max_length=8, choices=Sort.choices)
    what = models.CharField(max_length=60)
    member = models.UUIDField(null=True)
    service = models.CharField(max_length=20)
    unit = models.UUIDField(null=True)
    purpose = models.CharField(max_length=20)
    basis = models.CharField(max_length=20)
    shows = models.CharField(max_length=20)
    persons = ArrayField(models.UUIDField())
    request = models.UUIDField(null=True)
    details = models.JSONField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    events: ClassVar[Any] = EventQuerySet.as_manager()

    class Meta:
        managed = False  # partitioned: made by migration 0001 in SQL
        db_table = "journal_event"
        ordering = ["-at", "-seq"]


class Submission(models.Model):
    """Answers already given: the same submission sent again gets the same answer and does nothing.

    A table of its own because the journal's partitions cannot carry the unique key."""

    pk = models.CompositePrimaryKey("tenant_id", "member_id", "key")
    tenant = models.ForeignKey(
        Tenant, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    member_id = models.UUIDField()
    key = models.UUIDField()
    page = models.CharField(max_length=60)
    answer = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = models.Manager()
