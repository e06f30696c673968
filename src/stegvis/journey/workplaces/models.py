"""Where people work and train: workplaces, their areas and tasks, how each is done, what it asks.

No participant is in here but in an `Idea`, which is its person's and stands behind their wall.
A figure nobody has given is null, and is shown as not known: never as zero (INV-21).
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, override

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

CODE = 40
NAME = 120
LINE = 300


class StandingQuerySet(models.QuerySet[Any]):
    def standing(self, on: dt.date) -> StandingQuerySet:
        """Those that are in use that day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=on))


class WorkplaceKind(Row):
    """A kind of practical workplace (V-16): the list is the municipality's own to change."""

    code = models.SlugField(max_length=CODE)
    name = models.CharField(max_length=NAME)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="workplace_kind_once"),
            models.UniqueConstraint("tenant", Lower("name"), name="workplace_kind_named_once"),
        ]

    @override
    def __str__(self) -> str:
        return self.name


@remembered
class Workplace(Row):
    """A practical workplace of a unit (KN-02). `hours`: seven pairs, Monday first, of opening and
    closing time ("07:00"), or null for closed; an empty list is not known."""

    class Financing(models.TextChoices):
        UNIT = "unit"
        CUSTOMER = "customer"
        OTHER_UNIT = "other_unit"
        GRANT = "grant"
        UNKNOWN = "unknown"

    unit = tenant_key("tenancy.Unit", related_name="workplaces", db_index=False)
    name = models.CharField(max_length=NAME)
    kind = tenant_key("workplaces.WorkplaceKind", null=True, blank=True, related_name="workplaces")
    offer = models.TextField(blank=True)
    target_group = models.CharField(max_length=LINE, blank=True)
    financing = models.CharField(
        max_length=12, choices=Financing.choices, default=Financing.UNKNOWN
    )
    hours = models.JSONField(default=list, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint("tenant", "unit", Lower("name"), name="workplace_named_once"),
        ]

    @override
    def __str__(self) -> str:
        return self.name


@remembered
class BreakTime(Row):
    """When a unit rests: lunch, coffee. `counted`: a break that is work time all the same."""

    unit = tenant_key("tenancy.Unit", related_name="breaks", db_index=False)
    name = models.CharField(max_length=40)
    start = models.TimeField()
    end = models.TimeField()
    counted = models.BooleanField(default=False)

    class Meta:
        ordering = ["start", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "unit", "start"], name="break_begins_once"),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")) & ~Q(name=""), name="break_ends_after_it_begins"
            ),
        ]


@remembered
class WorkArea(Row):
    """A part of a workplace that people are given (AJ-50). `hours_week` and `places` null: not
    known. `licence`: the class whoever works there must have, since they drive (KN-51). `since` and
    `until` are half-open."""

    class Manual(models.TextChoices):
        YES = "yes"
        NO = "no"
        UNKNOWN = "unknown"

    workplace = tenant_key("workplaces.Workplace", related_name="areas", db_index=False)
    code = models.SlugField(max_length=CODE)
    name = models.CharField(max_length=NAME)
    hours_week = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    demands = models.TextField(blank=True)
    risks = models.TextField(blank=True)
    manual = models.CharField(max_length=8, choices=Manual.choices, default=Manual.UNKNOWN)
    pictogram = models.CharField(max_length=CODE, blank=True)
    licence = models.CharField(max_length=2, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    areas: ClassVar[Any] = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "workplace", "code"], name="area_once"),
            models.CheckConstraint(
                condition=Q(hours_week__isnull=True) | Q(hours_week__gt=0),
                name="area_hours_are_not_zero",
            ),
            models.CheckConstraint(
                condition=Q(places__isnull=True) | Q(places__gt=0), name="area_places_are_not_zero"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="area_ends_after_it_began",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class Symbol(SubmittedRow):
    """A picture of a unit's own, drawn anew by us before it is kept (`image`: our PNG), with the
    words it says. Only the unit's people see it; others read its words."""

    unit = tenant_key("tenancy.Unit", related_name="+")
    words = models.CharField(max_length=60)
    image = models.BinaryField()
    by = tenant_key("accounts.Member", null=True, related_name="+")
    removed_on = models.DateField(null=True, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["words", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="symbol_says_something"),
            models.UniqueConstraint(
                "tenant",
                "unit",
                Lower("words"),
                condition=Q(removed_on__isnull=True),
                name="symbol_named_once",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.words


@remembered
class Task(Row):
    """Something there is to do (AJ-55). `from_month`–`to_month`: its season, both or neither, and
    it may run over New Year. `min_step`: not shown to those on an earlier step of their road."""

    class Kind(models.TextChoices):
        FIXED = "fixed"
        IF_POSSIBLE = "if_possible"
        CRAFT = "craft"
        OTHER = "other"

    class Source(models.TextChoices):
        STANDING = "standing"
        ORDER = "order"
        OWN_IDEA = "own_idea"

    workplace = tenant_key("workplaces.Workplace", related_name="tasks", db_index=False)
    area = tenant_key("workplaces.WorkArea", null=True, blank=True, related_name="tasks")
    name = models.CharField(max_length=NAME)
    group = models.CharField(max_length=NAME, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.FIXED)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.STANDING)
    from_month = models.PositiveSmallIntegerField(null=True, blank=True)
    to_month = models.PositiveSmallIntegerField(null=True, blank=True)
    pictogram = models.CharField(max_length=CODE, blank=True)
    symbol = tenant_key("workplaces.Symbol", null=True, blank=True, related_name="+")
    like_a_job = models.BooleanField(default=False)
    min_step = models.PositiveSmallIntegerField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    tasks: ClassVar[Any] = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["group", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                "tenant", "workplace", "group", Lower("name"), name="task_named_once"
            ),
            models.CheckConstraint(
                condition=Q(from_month__isnull=True, to_month__isnull=True)
                | Q(from_month__range=(1, 12), to_month__range=(1, 12)),
                name="season_has_both_ends",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name

    def in_season(self, month: int) -> bool:
        if self.from_month is None or self.to_month is None:
            return True
        if self.from_month <= self.to_month:
            return self.from_month <= month <= self.to_month
        return month >= self.from_month or month <= self.to_month


class JobDescription(SubmittedRow):
    """One version of how an area or a task is done (AJ-56); a new one never changes the one before.
    `steps`: one line each."""

    area = tenant_key(
        "workplaces.WorkArea", null=True, blank=True, related_name="descriptions", db_index=False
    )
    task = tenant_key("workplaces.Task", null=True, blank=True, related_name="descriptions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    steps = ArrayField(models.CharField(max_length=LINE), default=list, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")
    on = models.DateField()

    class Meta(SubmittedRow.Meta):
        ordering = ["number", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(area__isnull=False, task__isnull=True)
                | Q(area__isnull=True, task__isnull=False),
                name="described_is_an_area_or_a_task",
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(steps__len__gt=0), name="description_says_something"
            ),
            models.UniqueConstraint(
                fields=["tenant", "area", "task", "number"],
                nulls_distinct=False,
                name="description_version_once",
            ),
        ]


@remembered
class Service(Row):
    """What a unit offers, to whom, and what it does not deliver alone (KN-59). `needs`: alone; with
    a partner; or never without a licensed profession, and then not delivered here (INV-25)."""

    class Needs(models.TextChoices):
        NOBODY = "nobody"
        PARTNER = "partner"
        LICENSED = "licensed"

    unit = tenant_key("tenancy.Unit", related_name="services", db_index=False)
    name = models.CharField(max_length=NAME)
    definition = models.TextField(blank=True)
    includes = models.TextField(blank=True)
    excludes = models.TextField(blank=True)
    target_group = models.CharField(max_length=LINE, blank=True)
    needs = models.CharField(max_length=8, choices=Needs.choices, default=Needs.NOBODY)
    partner = models.CharField(max_length=NAME, blank=True)
    contributes = models.CharField(max_length=LINE, blank=True)
    assesses_work_ability = models.BooleanField(default=False)
    until = models.DateField(null=True, blank=True)

    services: ClassVar[Any] = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint("tenant", "unit", Lower("name"), name="service_named_once"),
            models.CheckConstraint(
                condition=~Q(needs="partner") | ~Q(partner=""), name="partner_is_named"
            ),
            models.CheckConstraint(
                condition=Q(assesses_work_ability=False) | Q(needs="licensed"),
                name="work_ability_by_the_licensed",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class Function(Row):
    """Something work can ask of whoever does it (V-19). `abilities`: codes of what is observed and
    rated, so that an observation of one says something about the other."""

    code = models.SlugField(max_length=CODE)
    name = models.CharField(max_length=80)
    group = models.SlugField(max_length=CODE)
    abilities = ArrayField(models.CharField(max_length=CODE), default=list, blank=True)
    ours = models.BooleanField(default=False)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["group", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="function_once"),
            models.UniqueConstraint("tenant", Lower("name"), name="function_named_once"),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class WorkAnalysis(SubmittedRow):
    """One version of a task taken apart (KN-64); only the review is written on it afterwards.
    `occupations`: free references, "SSYK 9412" or "ESCO …", with what they are called."""

    class Context(models.TextChoices):
        INTERNAL = "internal"
        EXTERNAL = "external"
        CUSTOMER = "customer"

    task = tenant_key("workplaces.Task", related_name="analyses", db_index=False)
    number = models.PositiveSmallIntegerField()
    context = models.CharField(max_length=8, choices=Context.choices, default=Context.INTERNAL)
    occupations = ArrayField(models.CharField(max_length=LINE), default=list, blank=True)
    tools = ArrayField(models.CharField(max_length=LINE), default=list, blank=True)
    risks = models.TextField(blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")
    reviewed_by = tenant_key("accounts.Member", null=True, blank=True, related_name="+")
    reviewed_on = models.DateField(null=True, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["number", "id"]
        verbose_name_plural = "work analyses"
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "task", "number"], name="analysis_version_once"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_on__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_on__gte=F("on")),
                name="analysis_reviewed_by_someone",
            ),
        ]


class AnalysisStep(Row):
    """One step of doing the task, in order."""

    analysis = tenant_key("workplaces.WorkAnalysis", related_name="steps", db_index=False)
    ordinal = models.PositiveSmallIntegerField()
    pictogram = models.CharField(max_length=CODE, blank=True)
    text = models.CharField(max_length=LINE)

    class Meta:
        ordering = ["ordinal", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "analysis", "ordinal"], name="analysis_step_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="analysis_step_says_something"),
        ]


class Requirement(Row):
    """What the task, or one step of it, asks (KN-65). `hard`: must be known before; else it is
    trained here. `level` 0-4 as on the scale of function; `weight` is for matching: 1 is usual."""

    analysis = tenant_key("workplaces.WorkAnalysis", related_name="requirements", db_index=False)
    step = tenant_key("workplaces.AnalysisStep", null=True, blank=True, related_name="requirements")
    function = models.CharField(max_length=CODE)
    level = models.PositiveSmallIntegerField()
    hard = models.BooleanField(default=False)
    why = models.CharField(max_length=LINE, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["-hard", "function", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "analysis", "step", "function"],
                nulls_distinct=False,
                name="requirement_once",
            ),
            models.CheckConstraint(condition=Q(level__lte=4), name="required_within_the_scale"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=5), name="requirement_weighs"
            ),
        ]


@remembered
class Idea(SubmittedRow):
    """What a participant would like to make or do (AJ-57). It is theirs: whoever may not see them
    does not see it. Accepted it becomes a task, which does not say whose idea it was. The person
    is a bare key, as in `access`: this room stands below the room of people."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    person = models.UUIDField()
    text = models.CharField(max_length=NAME)
    more = models.TextField(blank=True)
    on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    answer = models.CharField(max_length=LINE, blank=True)
    answered_by = tenant_key("accounts.Member", null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    task = tenant_key("workplaces.Task", null=True, blank=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["tenant", "person"], name="idea_of_person")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="idea_says_something"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "withdrawn"], answered_on__isnull=True)
                | Q(state__in=["accepted", "declined"], answered_on__isnull=False),
                name="idea_is_answered",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", task__isnull=False)
                | ~Q(state="accepted") & Q(task__isnull=True),
                name="accepted_idea_is_a_task",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""), name="declined_idea_is_told_why"
            ),
        ]
