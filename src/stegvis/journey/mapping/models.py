"""Where someone starts: what carries them, what stands in the way, in their own words; what they
want to work with; their papers; and the assessment that closes the mapping.

A mapping is not a row: it begins with the enrolment and ends with an assessment (decision 0013).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from stegvis.platform.tenancy.models import SubmittedRow, remembered, tenant_key

CODE = 40
LINE = 300


def codes() -> ArrayField:  # type: ignore[type-arg]
    return ArrayField(models.CharField(max_length=CODE), default=list, blank=True)


@remembered
class LifeEntry(SubmittedRow):
    """One thing in one area of life that carries the person or stands in the way, as staff wrote it
    down. What the person said about it stands beside, in OwnWords: nobody else's to change."""

    class Sort(models.TextChoices):
        RESOURCE = "resource"
        BARRIER = "barrier"

    class State(models.TextChoices):
        OPEN = "open"
        UNDER_WAY = "under_way"
        SOLVED = "solved"

    enrolment = tenant_key("intake.Enrolment", related_name="+", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    sort = models.CharField(max_length=8, choices=Sort.choices)
    area = models.CharField(max_length=CODE)
    text = models.CharField(max_length=LINE)
    more = models.TextField(blank=True)
    source = models.CharField(max_length=12)  # citizen, professional, employer
    derived = models.BooleanField(default=False)  # follows from another barrier (V-12)
    worry = models.BooleanField(default=False)
    helper = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        verbose_name_plural = "life entries"
        indexes = [models.Index(fields=["tenant", "enrolment"], name="life_of_enrolment")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="life_entry_says_something"),
            models.CheckConstraint(
                condition=Q(sort="barrier")
                | Q(worry=False, derived=False, helper="", state="open"),
                name="only_a_barrier_is_helped_with",
            ),
        ]


@remembered
class OwnWords(SubmittedRow):
    """What the person said, word for word. Only the person changes it; the wording before stays.
    `heard_by` empty: they wrote it themselves."""

    enrolment = tenant_key("intake.Enrolment", related_name="+", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    entry = tenant_key("mapping.LifeEntry", null=True, related_name="words")
    text = models.TextField()
    on = models.DateField()
    heard_by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        verbose_name_plural = "own words"
        indexes = [models.Index(fields=["tenant", "enrolment"], name="words_of_enrolment")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="own_words_are_said"),
        ]


class Assessment(SubmittedRow):
    """What the mapping came to: four answers (AJ-08). Closed again is a new row. `unanswered`: what
    was left open, and why a person closed it all the same."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    on = models.DateField()
    which_step = models.CharField(max_length=CODE, blank=True)
    which_measures = codes()
    measures_words = models.TextField(blank=True)
    training_or_ready = models.CharField(max_length=10, blank=True)
    summary = models.TextField(blank=True)
    unanswered = codes()
    despite = models.TextField(blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(unanswered__len=0) | ~Q(despite=""), name="closed_despite_in_writing"
            ),
        ]


class Cited(SubmittedRow):
    """One thing an assessment rests on: the row that was told, by its kind and key (AJ-16)."""

    assessment = tenant_key("mapping.Assessment", related_name="cited", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    kind = models.CharField(max_length=32)
    source = models.UUIDField()
    on = models.DateField()

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        verbose_name_plural = "cited"
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "assessment", "kind", "source"], name="cited_once"
            ),
        ]


class Interview(SubmittedRow):
    """A talk to find a direction: what the person has done and likes, from work, school, leisure
    and home (FM-11). `done` are the codes that were ticked, `answers` their words by source."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    done = codes()
    answers = models.JSONField(default=dict)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]


class JobGoal(SubmittedRow):
    """What the person wants to work with, or wants to study. The latest counts, the earlier ones
    are the history (FM-12). `by` empty: the person set it themselves."""

    STUDIES: ClassVar[str] = "studies"

    enrolment = tenant_key("intake.Enrolment", related_name="+", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    kind = models.CharField(max_length=CODE)  # position, function, area (V-11), or studies
    area = models.CharField(max_length=CODE, blank=True)  # picked from the proposals
    text = models.CharField(max_length=LINE)
    strength = models.CharField(max_length=CODE)  # own, chosen_with_worker, to_try
    why = models.TextField(blank=True)
    interview = tenant_key("mapping.Interview", null=True, related_name="+")
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["tenant", "enrolment"], name="goal_of_enrolment")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="goal_says_something"),
        ]


class Paper(SubmittedRow):
    """A version of the CV or of the application letter: each saving is a row, none is overwritten.
    It is made here, or it exists elsewhere, or there is a written reason why not (AJ-12)."""

    class Kind(models.TextChoices):
        CV = "cv"
        LETTER = "application_letter"  # as the programmes' documents call it

    class State(models.TextChoices):
        MADE = "made"
        ELSEWHERE = "elsewhere"
        NOT_MADE = "not_made"

    enrolment = tenant_key("intake.Enrolment", related_name="+", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    source = models.CharField(max_length=10, blank=True)  # own, jobnet, other
    sections = models.JSONField(default=dict)  # text by section's code
    reason = models.TextField(blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["kind", "number"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "enrolment", "kind", "number"], name="paper_numbered_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="not_made") | ~Q(reason=""), name="not_made_with_a_reason"
            ),
        ]


class PaperReview(SubmittedRow):
    """The CV or the letter was gone through again together."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    kind = models.CharField(max_length=20, choices=Paper.Kind.choices)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]


@remembered
class Credential(SubmittedRow):
    """Grades, a certificate or a reference: there, or a task to obtain it (AJ-13). How a referee is
    reached is kept only once the person has agreed that we may ask."""

    class Exists(models.TextChoices):
        YES = "yes"
        NO = "no"
        UNKNOWN = "unknown"

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    kind = models.CharField(max_length=12)  # grades, certificate, reference, licence
    what = models.CharField(max_length=LINE)
    exists = models.CharField(max_length=8, choices=Exists.choices)
    owner = models.CharField(max_length=20, blank=True)  # who sees to it that it comes
    due = models.DateField(null=True, blank=True)
    obtained_on = models.DateField(null=True, blank=True)
    contact = models.CharField(max_length=LINE, blank=True)
    consent_on = models.DateField(null=True, blank=True)
    classes = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    valid_to = models.DateField(null=True, blank=True)  # the last day
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["kind", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(exists="no") | (~Q(owner="") & Q(due__isnull=False)),
                name="missing_has_an_owner_and_a_day",
            ),
            models.CheckConstraint(
                condition=Q(contact="") | Q(kind="reference", consent_on__isnull=False),
                name="referee_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(kind="licence") | Q(classes__len=0), name="classes_of_a_licence"
            ),
            models.CheckConstraint(
                condition=~Q(kind="licence", exists="yes")
                | Q(classes__len__gt=0, valid_to__isnull=False),
                name="licence_was_looked_at",
            ),
        ]


class ToldOfMethods(SubmittedRow):
    """The person was told which methods and tools there are (AJ-11): on which day, which cards."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    cards = ArrayField(models.UUIDField(), default=list, blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        verbose_name_plural = "told of methods"


@remembered
class FundStatus(SubmittedRow):
    """Told of the unemployment fund, helped to apply, a member or not (AJ-44). Which fund is not
    asked: it would come close to saying which trade union."""

    class Member(models.TextChoices):
        YES = "yes"
        NO = "no"
        UNKNOWN = "unknown"

    enrolment = tenant_key("intake.Enrolment", related_name="+", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    told_on = models.DateField(null=True, blank=True)
    applied_on = models.DateField(null=True, blank=True)
    member = models.CharField(max_length=8, choices=Member.choices, default=Member.UNKNOWN)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["id"]
        verbose_name_plural = "fund statuses"
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "enrolment"], name="one_fund_status"),
        ]


class Guidance(SubmittedRow):
    """A study guidance session (AJ-45)."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    about = models.CharField(max_length=LINE)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        verbose_name_plural = "guidance"


class LanguageNeed(SubmittedRow):
    """Whether extra training in the language is needed, and what it can be trained by."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    need = models.CharField(max_length=12)  # none, extra, vocational, both
    how = models.TextField(blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]


@remembered
class MethodCard(SubmittedRow):
    """A card of the unit's working material (KN-11). Content is our own or the municipality's, or
    used under a licence that is named."""

    class Licence(models.TextChoices):
        OWN = "own"
        LICENSED = "licensed"

    title = models.CharField(max_length=120)
    text = models.TextField()
    tags = codes()
    licence = models.CharField(max_length=8, choices=Licence.choices, default=Licence.OWN)
    licence_words = models.CharField(max_length=LINE, blank=True)
    ours = models.BooleanField(default=False)  # a starter card, as it came
    retired_on = models.DateField(null=True, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["title", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "title"],
                condition=Q(retired_on__isnull=True),
                name="card_titled_once",
            ),
            models.CheckConstraint(
                condition=Q(licence="own") | ~Q(licence_words=""), name="licence_is_named"
            ),
        ]
