"""Companies outside the municipality's own workplaces: their sites, who answers there, and the
openings they offer. No participant is in here; who is placed where is told in `placements`, behind
each person's wall."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, override

from django.db import models
from django.db.models import F, Q

from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

NAME = 120
LINE = 300
CODE = 40


class StandingQuerySet(models.QuerySet[Any]):
    def standing(self, on: dt.date) -> StandingQuerySet:
        """Those that are there that day."""
        return self.filter(
            Q(until__isnull=True) | Q(until__gt=on), Q(since__isnull=True) | Q(since__lte=on)
        )


class Spanned(models.Model):
    """Half-open: whoever reads is told the last day."""

    until: dt.date | None

    class Meta:
        abstract = True

    @property
    def last(self) -> dt.date | None:
        return self.until - dt.timedelta(days=1) if self.until else None


class Access(models.TextChoices):
    """Whether a place is accessible in one of the four aspects (V-27)."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


ASPECTS = ("physical", "communicative", "informative", "reception")


@remembered
class Company(SubmittedRow):
    """A company or an organisation, once. `number`: its organisation number (Sweden) or CVR number
    (Denmark), digits only; blank when nobody has it yet."""

    class Sector(models.TextChoices):
        PRIVATE = "private"
        PUBLIC = "public"
        ASSOCIATION = "association"
        UNKNOWN = "unknown"

    name = models.CharField(max_length=NAME)
    number = models.CharField(max_length=12, blank=True)
    sector = models.CharField(max_length=12, choices=Sector.choices, default=Sector.UNKNOWN)
    until = models.DateField(null=True, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["name", "id"]
        verbose_name_plural = "companies"
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="company_is_named"),
            models.UniqueConstraint(
                fields=["tenant", "number"], condition=~Q(number=""), name="company_numbered_once"
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


@remembered
class Site(SubmittedRow):
    """One place where a company works. `number`: the Danish P-number; blank elsewhere. `entrance`:
    the one member through whom the municipality speaks with it (FM-47). `looked_by`: the expert who
    has signed for what is said of accessibility, and from which organisation; `plan`: what is done
    when somebody is in need of it there, `preparedness`: whether that is ready (JI-46).
    """

    company = tenant_key("employers.Company", related_name="sites", db_index=False)
    name = models.CharField(max_length=NAME)
    number = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=LINE, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    physical = models.CharField(max_length=8, choices=Access.choices, default=Access.UNKNOWN)
    communicative = models.CharField(max_length=8, choices=Access.choices, default=Access.UNKNOWN)
    informative = models.CharField(max_length=8, choices=Access.choices, default=Access.UNKNOWN)
    reception = models.CharField(max_length=8, choices=Access.choices, default=Access.UNKNOWN)
    access_note = models.CharField(max_length=LINE, blank=True)
    looked_by = models.CharField(max_length=NAME, blank=True)
    looked_from = models.CharField(max_length=NAME, blank=True)
    looked_on = models.DateField(null=True, blank=True)
    plan = models.TextField(blank=True)
    preparedness = models.CharField(max_length=8, choices=Access.choices, default=Access.UNKNOWN)
    entrance = tenant_key("accounts.Member", null=True, blank=True, related_name="+")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    sites: ClassVar[Any] = StandingQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["name", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="site_is_named"),
            models.UniqueConstraint(fields=["tenant", "company", "name"], name="site_named_once"),
            models.UniqueConstraint(
                fields=["tenant", "number"], condition=~Q(number=""), name="site_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(looked_by="", looked_on__isnull=True)
                | (~Q(looked_by="") & Q(looked_on__isnull=False)),
                name="site_looked_at_by_somebody",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


@remembered
class ContactPerson(SubmittedRow):
    """Somebody at a site whom the municipality speaks with; half-open while they are there."""

    site = tenant_key("employers.Site", related_name="contacts")
    name = models.CharField(max_length=NAME)
    title = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    contacts: ClassVar[Any] = StandingQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["name", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="contact_person_is_named"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="contact_person_leaves_later",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


@remembered
class Opening(SubmittedRow):
    """Work a site offers: tasks that can grow (FM-30), hours a week from and to, and how many at
    once. Hours and places null: not known, never zero (INV-21). `area`: the kind of work, as the
    municipality calls it. `free`: how many places the company says are free, and when it said so;
    never counted from who is there (0040). `shared`: others with whom there is an agreement see it.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed"  # said by the company, not looked at yet
        OPEN = "open"
        PAUSED = "paused"

    site = tenant_key("employers.Site", related_name="openings")
    name = models.CharField(max_length=NAME)
    area = models.CharField(max_length=CODE, blank=True)
    tasks = models.TextField(blank=True)
    can_grow_into = models.CharField(max_length=LINE, blank=True)
    hours_from = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    hours_to = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    free = models.PositiveSmallIntegerField(null=True, blank=True)
    free_on = models.DateField(null=True, blank=True)
    shared = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    openings: ClassVar[Any] = StandingQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["name", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="opening_is_named"),
            models.CheckConstraint(
                condition=Q(hours_from__isnull=True)
                | Q(hours_to__isnull=True)
                | Q(hours_to__gte=F("hours_from")),
                name="opening_hours_in_order",
            ),
            models.CheckConstraint(
                condition=Q(places__isnull=True) | Q(places__gt=0),
                name="opening_places_are_not_zero",
            ),
            models.CheckConstraint(
                condition=Q(free__isnull=True, free_on__isnull=True)
                | Q(free__isnull=False, free_on__isnull=False),
                name="free_places_said_on_a_day",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


@remembered
class OpeningRequirement(Row):
    """What the work asks (KN-65), as `workplaces.Requirement` says it of a task."""

    opening = tenant_key("employers.Opening", related_name="requirements", db_index=False)
    function = models.CharField(max_length=CODE)
    level = models.PositiveSmallIntegerField()
    hard = models.BooleanField(default=False)
    why = models.CharField(max_length=LINE, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["-hard", "function", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "opening", "function"], name="opening_asks_once"
            ),
            models.CheckConstraint(condition=Q(level__lte=4), name="opening_asks_within_the_scale"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=5), name="opening_requirement_weighs"
            ),
        ]


@remembered
class AmbassadorModule(SubmittedRow):
    """A part of the training for those who meet participants at a company. `selected`: meant for
    the whole workforce of an example company; what it was once is not changed afterwards, so that
    no grade that was is worked out anew."""

    name = models.CharField(max_length=NAME)
    selected = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    modules: ClassVar[Any] = StandingQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["-selected", "name", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="ambassador_module_is_named"),
            models.UniqueConstraint(
                fields=["tenant", "name"],
                condition=Q(until__isnull=True),
                name="ambassador_module_named_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="ambassador_module_ends_later",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


@remembered
class Employee(SubmittedRow):
    """One of a site's own staff, of whom it is known what training they have (JI-26)."""

    site = tenant_key("employers.Site", related_name="employees")
    name = models.CharField(max_length=NAME)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    employees: ClassVar[Any] = StandingQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["name", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="employee_is_named"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="employee_leaves_later",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


@remembered
class Completed(Row):
    """A module somebody has gone through; `on` null: nobody knows the day any more."""

    employee = tenant_key("employers.Employee", related_name="completed", db_index=False)
    module = tenant_key("employers.AmbassadorModule", related_name="completed")
    on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "employee", "module"], name="module_completed_once"
            ),
        ]
