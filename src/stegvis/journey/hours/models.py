"""The ledger of hours, self-support, the hand-over after the first year, and after-care."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from stegvis.core.values import paid
from stegvis.platform.tenancy.models import SubmittedRow, remembered, tenant_key

NAME = 120
LINE = 300


class EntryQuerySet(models.QuerySet["HoursEntry"]):
    def standing(self) -> EntryQuerySet:
        """Those in whose place no other stands."""
        return self.filter(corrected_by__isnull=True)


class HoursEntry(SubmittedRow):
    """What a source says of one calendar month at one employer, of one kind. Written once and never
    changed: a correction is a row of its own that stands in its place (FM-44).

    `amount`: parts of an hour (core/values/paid), exact for minutes and for hundredths. `employer`:
    the name as it was said; `employer_key` the same for every spelling of it. `voucher`: the number
    of a slip of pay; slips of one month add up, and only a slip may take away. `said`: what the
    company confirmed on its page, where the row was taken over from there."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary"
        SUBSIDISED = "subsidised"
        PRACTICE = "practice"

    class Source(models.TextChoices):
        PAY_SLIP = "pay_slip"
        EMPLOYER = "employer"
        PERSON = "person"
        LIST = "list"

    enrolment = tenant_key("intake.Enrolment", related_name="hours")
    person = tenant_key("people.Person", related_name="+")
    month = models.DateField()
    employer = models.CharField(max_length=NAME)
    employer_key = models.CharField(max_length=NAME)
    company = tenant_key("employers.Company", null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ORDINARY)
    source = models.CharField(max_length=8, choices=Source.choices)
    amount = models.IntegerField()
    voucher = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=LINE, blank=True)
    corrects = tenant_key(
        "hours.HoursEntry", null=True, blank=True, related_name="corrected_by", db_index=False
    )
    said = tenant_key(
        "agreements.EmployerHours", null=True, blank=True, related_name="taken", db_index=False
    )
    imported = models.BooleanField(default=False)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    entries: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["month", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=Q(month__day=1), name="hours_of_a_whole_month"),
            models.CheckConstraint(
                condition=~Q(employer="") & ~Q(employer_key=""), name="hours_at_an_employer"
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0) | Q(source="pay_slip", amount__gte=-paid.MOST),
                name="only_a_slip_takes_hours_away",
            ),
            models.CheckConstraint(
                condition=Q(amount__lte=paid.MOST), name="hours_that_a_month_holds"
            ),
            models.UniqueConstraint(fields=["tenant", "corrects"], name="hours_corrected_once"),
            models.UniqueConstraint(fields=["tenant", "said"], name="hours_taken_over_once"),
            models.CheckConstraint(
                condition=Q(said__isnull=True) | Q(source="employer"),
                name="hours_taken_over_from_the_employer",
            ),
            models.UniqueConstraint(
                fields=[
                    "tenant", "enrolment", "month", "employer_key", "kind", "source", "voucher"
                ],
                condition=Q(corrects__isnull=True),
                name="hours_stated_once",
            ),
        ]  # fmt: skip


@remembered
class SelfSupport(SubmittedRow):
    """Somebody supports themselves, through a job or an education, from a day on (FM-48). What was
    a mistake is struck and stays to be read."""

    class Through(models.TextChoices):
        JOB = "job"
        EDUCATION = "education"

    enrolment = tenant_key("intake.Enrolment", related_name="self_support")
    person = tenant_key("people.Person", related_name="+")
    through = models.CharField(max_length=10, choices=Through.choices)
    since = models.DateField()
    struck_on = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "enrolment"],
                condition=Q(struck_on__isnull=True),
                name="self_support_once",
            ),
        ]


class HandOver(SubmittedRow):
    """After the first year the monthly rule stops, and somebody has said who goes on in the
    ordinary course of contact (FM-37). `year`: the day that year began."""

    enrolment = tenant_key("intake.Enrolment", related_name="handed_over", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    year = models.DateField()
    on = models.DateField()
    to = tenant_key("accounts.Member", related_name="+")
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "enrolment", "year"], name="a_year_handed_over_once"
            ),
            models.CheckConstraint(condition=Q(on__gt=F("year")), name="handed_over_afterwards"),
        ]


@remembered
class AfterCare(SubmittedRow):
    """After-care that the person wants, until a day, with its contacts (FM-49). `ended_on`: the
    person wanted no more."""

    enrolment = tenant_key("intake.Enrolment", related_name="after_care")
    person = tenant_key("people.Person", related_name="+")
    since = models.DateField()
    until = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="after_care_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["tenant", "enrolment"],
                condition=Q(ended_on__isnull=True),
                name="one_after_care_plan",
            ),
        ]


class ContactQuerySet(models.QuerySet["AfterCareContact"]):
    def due(self, on: dt.date) -> ContactQuerySet:
        """Those whose day has come and that nobody has had, of plans that hold."""
        return self.filter(planned__lte=on, held_on__isnull=True, plan__ended_on__isnull=True)


@remembered
class AfterCareContact(SubmittedRow):
    """One contact of an after-care plan: the day it is planned for and the day it was."""

    plan = tenant_key("hours.AfterCare", related_name="contacts", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    planned = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    contacts: ClassVar[Any] = ContactQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["planned", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "plan", "planned"], name="one_contact_a_day"),
        ]
