"""A waiver of secrecy: what a person has agreed may be told, to or by whom, for what, until when.

A row is what was agreed then. It is added and withdrawn and never changed: the database refuses.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from stegvis.platform.access.authority import reached
from stegvis.platform.access.decision import Actor, FieldClass
from stegvis.platform.tenancy.models import SubmittedRow, tenant_key

MONTHS = 6  # ours: for how long unless something else is said
MOST_MONTHS = 12
REMIND_DAYS = 14
LONGEST = dt.timedelta(days=366, hours=1)  # twelve months with a leap day and a clock put back


class Category(models.TextChoices):
    """What may be told. A closed list: "everything" is not among them, and not all at once."""

    STEPS = "steps"
    GOALS = "goals"
    ATTENDANCE = "attendance"
    ABSENCE_REASONS = "absence_reasons"
    PROGRESS = "progress"
    JOB_SEEKING = "job_seeking"
    CONSIDERATIONS = "considerations"
    CONTACT = "contact"
    ECONOMY = "economy"
    HEALTH = "health"
    LIFE = "life"


class Purpose(models.TextChoices):
    REPORT = "report"
    PLANNING = "planning"
    BENEFIT = "benefit"
    CARE = "care"
    PLACEMENT = "placement"


class Direction(models.TextChoices):
    GIVE = "give"
    RECEIVE = "receive"
    BOTH = "both"


class Basis(models.TextChoices):
    OSL_12_2 = "osl_12_2"
    OSL_10_1 = "osl_10_1"
    RSL_11A = "rsl_11a"
    CONSENT = "consent"


class Form(models.TextChoices):
    SIGNED = "signed"
    E_SIGNED = "e_signed"
    ORAL = "oral"


class Kind(models.TextChoices):
    """Who one tells (V-08). The first six are also those who refer."""

    AF = "AF"
    FK = "FK"
    SOC = "SOC"
    REGION = "REGION"
    JOBCENTER = "JOBCENTER"
    OTHER = "OTHER"
    MUNICIPAL = "MUNICIPAL"
    PRIMARY_CARE = "PRIMARY_CARE"
    PSYCHIATRY = "PSYCHIATRY"
    ADDICTION_CARE = "ADDICTION_CARE"
    OCCUPATIONAL_THERAPIST = "OCCUPATIONAL_THERAPIST"
    PHYSIOTHERAPIST = "PHYSIOTHERAPIST"
    COUNSELLOR = "COUNSELLOR"
    AF_REHAB = "AF_REHAB"
    ENFORCEMENT = "ENFORCEMENT"
    LAWYER = "LAWYER"
    HSO = "HSO"
    EMPLOYER = "EMPLOYER"
    SOCIAL_DK = "SOCIAL_DK"
    HEALTH_DK = "HEALTH_DK"
    REHAB_TEAM = "REHAB_TEAM"
    HEALTH_COORDINATOR = "HEALTH_COORDINATOR"
    MEDICAL_CONSULTANT = "MEDICAL_CONSULTANT"
    HOUSING_SUPPORT = "HOUSING_SUPPORT"
    CONTACT_PERSON = "CONTACT_PERSON"


ONE_AUTHORITY = frozenset({Kind.AF, Kind.FK, Kind.AF_REHAB, Kind.ENFORCEMENT})
"""One authority in the whole country: whichever office, it is the same counterpart."""
EVERYBODY = ("alla", "alle", "all", "everyone", "everybody", "any", "alla myndigheter")


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def visible_to(self, actor: Actor, on: dt.date) -> WaiverQuerySet:
        return self.filter(reached(actor, FieldClass.DISCLOSURE, on=on, column="person_id"))

    def live(self, at: dt.datetime) -> WaiverQuerySet:
        kept = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at)
        return self.filter(kept, valid_from__lte=at, valid_to__gt=at)


class Waiver(SubmittedRow):
    """In force from `valid_from` until `valid_to` or `withdrawn_at`, half-open: the moment it ends
    it is over."""

    person = tenant_key("people.Person", related_name="waivers", db_index=False)
    counterpart_kind = models.CharField(max_length=24, choices=Kind.choices)
    counterpart_name = models.CharField(max_length=120)
    direction = models.CharField(max_length=8, choices=Direction.choices)
    categories = ArrayField(models.CharField(max_length=20))
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    form = models.CharField(max_length=8, choices=Form.choices)
    reservation = models.CharField(max_length=500, blank=True)  # what is not to be told, in words
    language = models.CharField(max_length=40, blank=True)  # in which it was explained
    interpreter = models.BooleanField(default=False)
    copy_given = models.BooleanField(default=False)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    noted_by = tenant_key("accounts.Member", null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = tenant_key("accounts.Member", null=True, blank=True, related_name="+")

    waivers: ClassVar[Any] = WaiverQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["valid_to", "id"]
        indexes = [models.Index(fields=["tenant", "person"], name="waiver_of_person")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(counterpart_kind__in=Kind.values), name="waiver_to_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(counterpart_name__regex=r"[[:alpha:]]")
                & ~Q(counterpart_name__iregex=rf"^\s*({'|'.join(EVERYBODY)})\s*$"),
                name="waiver_to_somebody_named",
            ),
            models.CheckConstraint(
                condition=Q(categories__contained_by=Category.values)
                & Q(categories__len__gt=0)
                & Q(categories__len__lt=len(Category.values)),
                name="waiver_of_named_categories",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values)
                & Q(direction__in=Direction.values)
                & Q(basis__in=Basis.values)
                & Q(form__in=Form.values),
                name="waiver_in_known_words",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from"), valid_to__lte=F("valid_from") + LONGEST),
                name="waiver_ends_within_a_year",
            ),
            models.CheckConstraint(
                condition=~Q(form="oral") | Q(noted_by__isnull=False), name="oral_noted_by_someone"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("created_at")),
                name="withdrawn_after_it_was_given",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="waiver_is_not_changed",
                exclude=["withdrawn_at", "withdrawn_by", "version"],
            ),
            pgtrigger.Protect(
                name="withdrawn_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
        ]

    def in_force(self, at: dt.datetime) -> bool:
        ended = self.withdrawn_at is not None and self.withdrawn_at <= at
        return self.valid_from <= at < self.valid_to and not ended

    @property
    def over_at(self) -> dt.datetime:
        """The moment it ends, or ended."""
        return min(self.valid_to, self.withdrawn_at or self.valid_to)
