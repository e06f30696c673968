"""The dialogue with a site: what was said, who knocked and whether there was an answer; pauses; how
often we knock; and the partnership agreements. No participant is named in any of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from stegvis.journey.employers.models.register import CODE, LINE, NAME, Spanned, StandingQuerySet
from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key


class KnockRule(Row):
    """How often a site may be asked for places in a calendar month, and after how many working days
    without an answer it counts as silent. Both are ours until the municipality says otherwise."""

    most = models.PositiveSmallIntegerField(default=2, validators=[MinValueValidator(1)])
    silent_after = models.PositiveSmallIntegerField(default=10, validators=[MinValueValidator(1)])
    ours = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="one_rule_for_knocking"),
            models.CheckConstraint(
                condition=Q(most__gte=1, silent_after__gte=1), name="knock_rule_is_some"
            ),
        ]


class PostalArea(Row):
    """Where the middle of a postal area lies, as the municipality has written it down: no map is
    asked. From it one tells which place is nearer, never an address."""

    code = models.CharField(max_length=CODE)
    name = models.CharField(max_length=NAME)
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)

    class Meta:
        ordering = ["code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="postal_area_once"),
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="postal_area_on_earth",
            ),
        ]


@remembered
class Dialogue(SubmittedRow):
    """Something said to or by a site. `asks`: it asked for places (a knock); then the answer may be
    written on it. `over`: why it was asked though the month's knocks were used up."""

    class Kind(models.TextChoices):
        VISIT = "visit"
        CALL = "call"
        LETTER = "letter"
        MEETING = "meeting"

    class Answer(models.TextChoices):
        NONE = ""
        YES = "yes"
        LATER = "later"
        NO = "no"

    site = tenant_key("employers.Site", related_name="dialogue", db_index=False)
    contact = tenant_key("employers.ContactPerson", null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    on = models.DateField()
    asks = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    answer = models.CharField(max_length=5, blank=True, choices=Answer.choices)
    answered_on = models.DateField(null=True, blank=True)
    over = models.CharField(max_length=LINE, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-created_at", "id"]
        verbose_name_plural = "dialogue"
        indexes = [models.Index(fields=["tenant", "site", "on"], name="dialogue_of_site")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | (
                    ~Q(answer="")
                    & Q(asks=True, answered_on__isnull=False, answered_on__gte=F("on"))
                ),
                name="only_what_was_asked_is_answered",
            ),
        ]


@remembered
class SitePause(Spanned, SubmittedRow):
    """The site takes nobody for a while, and nobody knocks. Half-open; open end: until further
    notice."""

    site = tenant_key("employers.Site", related_name="pauses")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=LINE, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    pauses: ClassVar[Any] = StandingQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="site_pause_in_order",
            ),
        ]


class PartnershipVersion(Spanned, SubmittedRow):
    """One version of a partnership agreement with a company (FM-55); a new one never changes the
    one before."""

    company = tenant_key("employers.Company", related_name="partnerships", db_index=False)
    number = models.PositiveSmallIntegerField()
    company_does = models.TextField()
    we_do = models.TextField()
    together = models.TextField(blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["number", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "company", "number"], name="partnership_version_once"
            ),
            models.CheckConstraint(
                condition=~Q(company_does="") & ~Q(we_do=""), name="partnership_binds_both"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="partnership_in_order",
            ),
        ]


class PartnershipSigned(SubmittedRow):
    """Both have put their names under a version, on paper. `signed_by`: for the company."""

    version_of = tenant_key(
        "employers.PartnershipVersion", related_name="signatures", db_index=False
    )
    signed_by = models.CharField(max_length=NAME)
    signed_for_us = models.CharField(max_length=NAME)
    signed_on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["signed_on", "id"]
        verbose_name_plural = "partnerships signed"
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "version_of"], name="partnership_version_signed_once"
            ),
            models.CheckConstraint(
                condition=~Q(signed_by="") & ~Q(signed_for_us=""),
                name="partnership_signed_by_both",
            ),
        ]


class Headcount(SubmittedRow):
    """How many work at a site, as it was said on a day: heads, how many of them are trained in the
    parts meant for all, and full-time equivalents as the mean of the last four months (what the
    Danish limits on numbers ask for). A figure nobody has given is null (INV-21)."""

    class Source(models.TextChoices):
        COMPANY = "company"
        REGISTER = "register"
        LIST = "list"

    site = tenant_key("employers.Site", related_name="headcounts")
    on = models.DateField()
    heads = models.PositiveIntegerField(null=True, blank=True)
    trained = models.PositiveIntegerField(null=True, blank=True)
    fte = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.COMPANY)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(heads__isnull=False) | Q(fte__isnull=False),
                name="headcount_says_something",
            ),
            models.CheckConstraint(
                condition=Q(trained__isnull=True) | Q(heads__isnull=False, trained__lte=F("heads")),
                name="no_more_trained_than_work_there",
            ),
        ]


class AmbassadorAsked(SubmittedRow):
    """One round of questions to one of the staff (JI-53): asked, and answered or not. Answers 1-4:
    prepared enough, supported by us, would do it again."""

    employee = tenant_key("employers.Employee", related_name="asked")
    on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    prepared = models.PositiveSmallIntegerField(null=True, blank=True)
    supported = models.PositiveSmallIntegerField(null=True, blank=True)
    again = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        verbose_name_plural = "ambassadors asked"
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    answered_on__isnull=True, prepared__isnull=True, supported__isnull=True,
                    again__isnull=True,
                )
                | Q(
                    answered_on__gte=F("on"), prepared__range=(1, 4), supported__range=(1, 4),
                    again__range=(1, 4), answered_on__isnull=False, prepared__isnull=False,
                    supported__isnull=False, again__isnull=False,
                ),
                name="ambassador_answers_whole",
            ),
        ]  # fmt: skip
