"""What someone can do, in two marks: what they say of themselves, and what is seen in work.

Neither is ever changed by the other, and neither is an assessment of work ability (N-01): there is
no score, no sum and no mean here, and no content of anybody's instrument (N-02).
"""

from __future__ import annotations

from typing import Any, ClassVar, override

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

OWN = "own"  # an item the person names themselves
TRIED = "tried"  # what was seen when a rating of the body was tried: the ability is not named


class Ability(Row):
    """An ability the municipality has added to those its programmes name (AJ-15). `criteria`: which
    of a programme's criteria an observation of it says something about."""

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    criteria = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    until = models.DateField(null=True, blank=True)  # from this day it is no longer asked for

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "abilities"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="ability_once"),
            models.UniqueConstraint("tenant", Lower("name"), name="ability_named_once"),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class SelfRating(SubmittedRow):
    """What the person says of one item on a day: a value, or that they would rather not. Nobody
    changes it, not even they: another day has another (INV-19, N-18). `written_for`: staff wrote
    it down because the person asked them to."""

    class Scale(models.TextChoices):
        TEN = "ten"  # 0-10
        FUNCTION = "function"  # 0-4

    enrolment = tenant_key("intake.Enrolment", related_name="ratings", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    item = models.CharField(max_length=40)
    named = models.CharField(max_length=80, blank=True)  # the person's own name of it
    bodily = models.BooleanField(default=False)  # of the body: not for a supervisor to read
    scale = models.CharField(max_length=8, choices=Scale.choices, default=Scale.TEN)
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    declined = models.BooleanField(default=False)
    on = models.DateField()
    words = models.TextField(blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")
    written_for = models.BooleanField(default=False)

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "created_at", "id"]
        indexes = [
            models.Index(fields=["tenant", "enrolment", "item", "on"], name="rating_of_item")
        ]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(declined=True, value__isnull=True)
                | Q(declined=False, value__isnull=False),
                name="rated_or_declined",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True)
                | Q(scale="ten", value__lte=10)
                | Q(scale="function", value__lte=4),
                name="rating_within_its_scale",
            ),
            models.CheckConstraint(
                condition=Q(item=OWN) & ~Q(named="") | ~Q(item=OWN) & Q(named=""),
                name="own_item_is_named",
            ),
        ]

    @property
    def key(self) -> str:
        """What makes two ratings ratings of the same thing."""
        return f"{OWN}:{self.named.casefold()}" if self.item == OWN else self.item


class ObservationQuerySet(models.QuerySet["Observation"]):
    def standing(self) -> ObservationQuerySet:
        return self.filter(struck_on__isnull=True)


@remembered
class Observation(SubmittedRow):
    """What was seen of an ability in work on a day, by someone who was there. It says what
    happened, not what the person is. A slip of the hand is struck by whoever made it."""

    class Seen(models.TextChoices):
        WORKS = "works"
        WITH_SUPPORT = "with_support"
        NOT_NOW = "not_now"

    enrolment = tenant_key("intake.Enrolment", related_name="observations", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    ability = models.CharField(max_length=40)
    seen = models.CharField(max_length=12, choices=Seen.choices)
    situation = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", related_name="+")
    struck_on = models.DateField(null=True, blank=True)

    observations: ClassVar[Any] = ObservationQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "created_at", "id"]
        indexes = [
            models.Index(fields=["tenant", "enrolment", "ability", "on"], name="seen_of_ability")
        ]
        constraints = [*SubmittedRow.Meta.constraints]


@remembered
class Trial(SubmittedRow):
    """A self-rating to be tried in work: what, where, by whom, by when; and then the one later
    observation that came of it (INV-9). It points at both and changes neither. `shown`: the person
    agrees that whoever tries it reads what they rated."""

    enrolment = tenant_key("intake.Enrolment", related_name="trials")
    person = tenant_key("people.Person", related_name="+")
    rating = tenant_key("abilities.SelfRating", related_name="trials")
    rated_on = models.DateField()
    shown = models.BooleanField(default=False)
    what = models.TextField()
    place = models.CharField(max_length=120, blank=True)
    tried_by = tenant_key("accounts.Member", related_name="+")
    by_when = models.DateField()
    ordered_by = tenant_key("accounts.Member", null=True, related_name="+")
    observation = tenant_key("abilities.Observation", null=True, blank=True, related_name="trials")
    observed_on = models.DateField(null=True, blank=True)
    called_off_on = models.DateField(null=True, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["by_when", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "rating"],
                condition=Q(called_off_on__isnull=True),
                name="rating_tried_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "observation"],
                condition=Q(observation__isnull=False),
                name="observation_of_one_trial",
            ),
            models.CheckConstraint(
                condition=Q(observation__isnull=True, observed_on__isnull=True)
                | Q(observation__isnull=False, observed_on__gte=F("rated_on")),
                name="seen_after_it_was_rated",
            ),
            models.CheckConstraint(
                condition=Q(observation__isnull=True) | Q(called_off_on__isnull=True),
                name="tried_or_called_off",
            ),
        ]


class ObservationSummary(SubmittedRow):
    """What has been seen, gathered (KN-70): what works, what does not work right now, and the
    person's own words, or that they wished to say none. It is never an assessment (KN-72)."""

    enrolment = tenant_key("intake.Enrolment", related_name="summaries")
    person = tenant_key("people.Person", related_name="+")
    works = models.TextField()
    not_now = models.TextField()
    own_words = models.TextField(blank=True)
    own_words_missing = models.CharField(max_length=40, blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "created_at", "id"]
        verbose_name_plural = "observation summaries"
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(own_words="") & ~Q(own_words_missing="")
                | ~Q(own_words="") & Q(own_words_missing=""),
                name="summary_has_own_words",
            ),
        ]


@remembered
class Adaptation(SubmittedRow):
    """What makes work possible for the person, and why in their own words (KN-107). It is there
    because they agreed to it; there is no room for a diagnosis (N-15)."""

    enrolment = tenant_key("intake.Enrolment", related_name="adaptations")
    person = tenant_key("people.Person", related_name="+")
    what = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    agreed_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["agreed_on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("agreed_on")),
                name="adaptation_ends_after_it_began",
            ),
        ]


class PlanningDocument(SubmittedRow):
    """One version of a step's planning document (AJ-17, AJ-27, AJ-35). `answers` keep the questions
    as they read then: [{"question": texts, "answer": str, "not_relevant": bool, "picked": codes}].
    """

    enrolment = tenant_key("intake.Enrolment", related_name="planning", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    document = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    on = models.DateField()
    by = tenant_key("accounts.Member", related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["document", "number"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "enrolment", "document", "number"], name="planning_version_once"
            ),
        ]


@remembered
class WorkshopOrder(SubmittedRow):
    """In-depth mapping ordered at a workshop, with its questions (AJ-14). `answers` stand in the
    questions' order. The supervisor there is tied to the person while it lasts: `assignment`."""

    enrolment = tenant_key("intake.Enrolment", related_name="workshop_orders")
    person = tenant_key("people.Person", related_name="+")
    site = models.CharField(max_length=40)
    questions = ArrayField(models.CharField(max_length=300))
    answers = ArrayField(models.TextField(blank=True), default=list, blank=True)
    supervisor = tenant_key("accounts.Member", related_name="+")
    assignment = tenant_key("intake.Assignment", null=True, blank=True, related_name="+")
    since = models.DateField()
    due_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    ordered_by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=Q(questions__len__gt=0), name="order_asks_something"),
            models.CheckConstraint(condition=Q(due_on__gt=F("since")), name="order_has_a_length"),
        ]


class SupportGiven(SubmittedRow):
    """Support on demand, or a share in the workplace's company, as it happened (AJ-34)."""

    class What(models.TextChoices):
        ASKED = "asked"
        OFFERED = "offered"
        COMPANY = "company"

    enrolment = tenant_key("intake.Enrolment", related_name="support_given")
    person = tenant_key("people.Person", related_name="+")
    what = models.CharField(max_length=8, choices=What.choices)
    words = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "created_at", "id"]
        verbose_name_plural = "support given"


@remembered
class StepPlace(SubmittedRow):
    """Where a step is done, and for what (AJ-18). Where the programme calls a place rare, only with
    a reason; the purpose itself stands on the period."""

    enrolment = tenant_key("intake.Enrolment", related_name="step_places")
    person = tenant_key("people.Person", related_name="+")
    period = tenant_key("standing.StepPeriod", related_name="places", db_index=False)
    site = models.CharField(max_length=40)
    rare = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "period"], name="one_place_of_a_step"),
            models.CheckConstraint(
                condition=Q(rare=False) | ~Q(reason=""), name="rare_place_has_a_reason"
            ),
        ]
