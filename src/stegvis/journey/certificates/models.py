"""A training held on site, who has completed it, and the diploma (KN-38)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key


class TrainingModule(Row):
    """What one learns, and at which workplace."""

    name = models.CharField(max_length=120)
    holds = models.TextField()
    place = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="training_named_once"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(holds=""), name="training_says_what_it_holds"
            ),
        ]


@remembered
class Completion(SubmittedRow):
    """Somebody has done all of it. `name` and `holds` as they were that day."""

    person = tenant_key("people.Person", related_name="+", db_index=False)
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    module = tenant_key("certificates.TrainingModule", related_name="completions")
    name = models.CharField(max_length=120)
    holds = models.TextField()
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "person", "module"], name="training_completed_once"
            ),
        ]


@remembered
class Certificate(SubmittedRow):
    """The diploma: of a completion, and of nothing else. `credential`: where it was taken up among
    the person's certificates."""

    person = tenant_key("people.Person", related_name="+", db_index=False)
    completion = tenant_key("certificates.Completion", related_name="certificates", db_index=False)
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)
    credential = tenant_key("mapping.Credential", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["person", "number", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "completion"], name="one_diploma_each"),
            models.UniqueConstraint(fields=["tenant", "person", "number"], name="diploma_numbered"),
        ]
