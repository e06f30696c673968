"""Where somebody is placed outside, as what, from when until when. The rows are the person's."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from stegvis.platform.tenancy.models import SubmittedRow, remembered, tenant_key


class PlacementQuerySet(models.QuerySet["Placement"]):
    def held(self, on: dt.date) -> PlacementQuerySet:
        """Those that hold on a day. A last day that has passed ends nothing: a person does."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)


@remembered
class Placement(SubmittedRow):
    """Somebody at a site outside (FM-27). `aim`: what it is to lead to in ordinary hours, always
    said. `ends`: the last day as agreed; `until`: the first day it no longer holds, by a person.
    `kind` is a code of the municipality's country: practice, work_trial, subsidised, ordinary …
    (JI-50)."""

    enrolment = tenant_key("intake.Enrolment", related_name="placements")
    person = tenant_key("people.Person", related_name="+")
    site = tenant_key("employers.Site", related_name="placements")
    opening = tenant_key("employers.Opening", null=True, blank=True, related_name="placements")
    kind = models.CharField(max_length=40)
    aim = models.CharField(max_length=300)
    tasks = models.TextField(blank=True)
    contact = tenant_key("employers.ContactPerson", null=True, blank=True, related_name="+")
    guide = models.CharField(max_length=120, blank=True)  # who guides day by day (JI-52)
    since = models.DateField()
    ends = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    placements: ClassVar[Any] = PlacementQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(aim=""), name="placement_says_its_aim"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("since")),
                name="placement_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="placement_over_after_it_starts",
            ),
        ]
