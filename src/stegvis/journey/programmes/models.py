"""A published version is the file it was checked as; a running enrolment stays on its version."""

from __future__ import annotations

from typing import Any, ClassVar, override

from django.db import models
from django.db.models import Q

from stegvis.platform.tenancy.models import Row, SubmittedRow, tenant_key


class VersionQuerySet(models.QuerySet["ProgrammeVersion"]):
    def in_force(self) -> VersionQuerySet:
        """The newest published version of each programme."""
        return self.filter(withdrawn_on__isnull=True).order_by("key", "-number").distinct("key")


class ProgrammeVersion(SubmittedRow):
    """Published and then never changed. `text` is the model file as it was checked, with the
    municipality's own names and settings already in it; `number` counts per municipality."""

    key = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    text = models.TextField()
    others = models.JSONField(default=dict)  # texts of models whose ladders this one uses
    checksum = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    published_on = models.DateField()
    published_by = tenant_key("accounts.Member", null=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    versions: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["key", "-number"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "key", "number"], name="version_numbered_once"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.key} {self.number}"


class Scheme(Row):
    """A measure a referral may be made under (V-15). Historic ones keep their rows with an end."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["tenant", "code"], name="scheme_once")]

    @override
    def __str__(self) -> str:
        return self.name


class Term(Row):
    """A word of the trade with its meaning, where it comes from and how it is used here (KN-60)."""

    term = models.CharField(max_length=80)
    language = models.CharField(max_length=2)
    definition = models.TextField()
    source = models.CharField(max_length=200)
    local_practice = models.TextField(blank=True)

    class Meta:
        ordering = ["term", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "language", "term"], name="term_once")
        ]

    @override
    def __str__(self) -> str:
        return self.term


class LicensedService(Row):
    """A service; those only licensed professions may deliver are not deliverable (INV-25, N-01)."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    deliverable = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="service_once"),
            models.CheckConstraint(
                condition=~Q(code="work_ability_assessment") | Q(deliverable=False),
                name="work_ability_is_for_licensed",
            ),
        ]
