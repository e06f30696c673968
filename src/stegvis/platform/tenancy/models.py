"""Tenants, units, and the base classes every row of a municipality stands on."""

from __future__ import annotations

from typing import Any, override

from django.db import models

from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.memory import remembered


class StaleRow(Exception):
    """Somebody else has changed the row since it was read; nothing was written."""


class Tenant(models.Model):
    """A municipality. `slug` names it in commands, never in an address with a person in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2, choices=[("SE", "Sverige"), ("DK", "Danmark")])
    timezone = models.CharField(max_length=40, default="Europe/Stockholm")
    words = models.JSONField(default=dict, blank=True)
    """Its own word for the participant by language (tenancy.speech); none: ours."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(country__in=["SE", "DK"]), name="country"),
        ]

    @override
    def __str__(self) -> str:
        return self.name

    @property
    def language(self) -> str:
        return {"SE": "sv", "DK": "da"}[self.country]


class Row(models.Model):
    """A row of one municipality. The key other rows use is (tenant_id, id), always together:
    plain foreign keys ignore row security and would tell whether a hidden row exists."""

    # "+": nobody walks from a municipality to all its rows; Django would keep a way to each table.
    tenant = models.ForeignKey(
        Tenant, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save_if_unchanged(self, *fields: str) -> None:
        """Write the named fields if the row is still the version that was read.

        Raises StaleRow when another hand was faster; the caller shows both versions.
        """
        values: dict[str, Any] = {name: getattr(self, name) for name in fields}
        rows = type(self)._base_manager.filter(pk=self.pk, version=self.version)
        if rows.update(version=self.version + 1, **values) != 1:
            raise StaleRow
        self.version += 1


class SubmittedRow(Row):
    """A row a person sends in. The same submission, sent twice, is one row."""

    submission = models.UUIDField(default=uuid7, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["tenant", "submission"], name="%(class)s_sent_once")
        ]


def tenant_key(to: str, **options: Any) -> Any:
    """A relation inside one municipality: Django keeps the id, the migration the composite key.

    Who did something is looked up from what was done, hardly ever the other way, and members are
    never deleted: such a key has an index where it says so."""
    options.setdefault("on_delete", models.PROTECT)
    options.setdefault("db_index", to != "accounts.Member")
    return models.ForeignKey(to, db_constraint=False, **options)


class Unit(Row):
    """A unit (enhet / enhed) of a municipality: an AME office, an Arbetscentrum, a jobcentre.

    `track` says which of a programme's name sets is spoken here (AJ-64)."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, default="office")
    track = models.CharField(max_length=20, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["tenant", "name"], name="unit_named_once")]

    @override
    def __str__(self) -> str:
        return self.name


class ClosedDays(Row):
    """Days on which nobody works here beyond weekends and holidays, in one unit or (null) in all,
    half-open. Taken back is `until` = `since`: it is not forgotten that it was said."""

    unit = tenant_key("tenancy.Unit", null=True, blank=True, related_name="closed_days")
    since = models.DateField()
    until = models.DateField()
    why = models.CharField(max_length=80)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="closed_days_in_order"
            ),
        ]


__all__ = [
    "ClosedDays",
    "Row",
    "StaleRow",
    "SubmittedRow",
    "Tenant",
    "Unit",
    "remembered",
    "tenant_key",
]
