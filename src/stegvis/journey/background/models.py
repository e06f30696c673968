"""What happened before, who takes the person's time now, and what they bring along.

Everything here belongs to the person: another road in another programme finds it there. Nothing is
a medical record (N-15): no diagnoses, no prescriptions, no questions of a test.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

PRECISIONS = [(each, each) for each in ("day", "week", "month", "half", "year")]


class NoteQuerySet(models.QuerySet[Any]):
    def standing(self) -> NoteQuerySet:
        """Those that have not been struck out as a mistake."""
        return self.filter(struck=False)


class Note(SubmittedRow):
    """Something written down about a person, by somebody, that may turn out to be a mistake."""

    person = tenant_key("people.Person", related_name="+")
    by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)
    struck = models.BooleanField(default=False)

    notes: ClassVar[Any] = NoteQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        abstract = True


class Spell(Note):
    """Time with an agency, half-open, with how exactly its ends are known. Agencies overlap."""

    agency = models.CharField(max_length=16)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    since_precision = models.CharField(max_length=5, choices=PRECISIONS, default="day")
    until_precision = models.CharField(max_length=5, choices=PRECISIONS, default="day")
    imported = models.BooleanField(default=False)

    class Meta(Note.Meta):
        abstract = True


def _ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(until__isnull=True) | Q(until__gt=F("since")), name=name
    )


@remembered
class AgencyPeriod(Spell):
    """Enrolled with an agency (JI-03)."""

    what = models.CharField(max_length=120, blank=True)

    class Meta(Spell.Meta):
        ordering = ["since", "id"]
        constraints = [*Spell.Meta.constraints, _ends_after_it_starts("agencyperiod_ends_after")]


@remembered
class EarlierIntervention(Spell):
    """What an agency did, how it went, and what was learnt of it (JI-04). `helps` is false where
    there was only money: nothing was tried, so nothing could be learnt."""

    kind = models.CharField(max_length=120)
    helps = models.BooleanField(default=True)
    result = models.CharField(max_length=12, blank=True)
    result_words = models.CharField(max_length=120, blank=True)
    learnt = models.TextField(blank=True)
    source = models.CharField(max_length=120, blank=True)

    class Meta(Spell.Meta):
        ordering = ["since", "id"]
        constraints = [
            *Spell.Meta.constraints,
            _ends_after_it_starts("intervention_ends_after"),
            models.CheckConstraint(condition=~Q(kind=""), name="intervention_says_what"),
        ]


@remembered
class AgencyHandler(Note):
    """One of the agency's own handlers, as the person met them (KN-118, KN-140)."""

    agency = models.CharField(max_length=16)
    name = models.CharField(max_length=80, blank=True)
    since = models.DateField(null=True, blank=True)
    since_precision = models.CharField(max_length=5, choices=PRECISIONS, default="day")
    left = models.BooleanField(default=False)  # another has taken over
    last_meeting = models.DateField(null=True, blank=True)
    foresight = models.CharField(max_length=3, blank=True)

    class Meta(Note.Meta):
        ordering = ["agency", "since", "id"]
        constraints = [*Note.Meta.constraints]


@remembered
class ContactSurface(Note):
    """Somebody who takes the person's time and strength (kontaktyta, JI-06). Hours that nobody
    knows are empty, never zero."""

    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=200, blank=True)
    hours_month = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    cooperates = models.CharField(max_length=9, default="not_asked")
    ended_on = models.DateField(null=True, blank=True)

    class Meta(Note.Meta):
        ordering = ["id"]
        constraints = [
            *Note.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="contact_is_named"),
            models.CheckConstraint(
                condition=Q(hours_month__isnull=True) | Q(hours_month__gte=0, hours_month__lte=744),
                name="contact_hours_fit_a_month",
            ),
        ]


@remembered
class CooperationInvite(SubmittedRow):
    """A contact is invited to the cooperation, on a waiver of the person's and never without one
    (JI-08)."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    contact = tenant_key("background.ContactSurface", related_name="invites")
    waiver = tenant_key("waivers.Waiver", related_name="+", db_index=False)
    invited_on = models.DateField()
    result = models.CharField(max_length=3, blank=True)  # yes, no
    answered_on = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)

    class Meta(SubmittedRow.Meta):
        ordering = ["invited_on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "contact"],
                condition=Q(result=""),
                name="contact_invited_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(result="") | Q(answered_on__isnull=False),
                name="invite_answered_on_a_day",
            ),
        ]


@remembered
class CoordinationMeeting(Note):
    """The parties meet about someone's development and agree on a picture of it (samsyn, JI-09)."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    on = models.DateField()
    parties = ArrayField(models.CharField(max_length=24))
    person_was_there = models.BooleanField()
    picture = models.TextField()  # as all parties see it
    differs = models.TextField(blank=True)  # where they do not agree, whoever it is
    agreed = models.TextField(blank=True)  # who does what until when

    class Meta(Note.Meta):
        ordering = ["-on", "-id"]
        constraints = [
            *Note.Meta.constraints,
            models.CheckConstraint(condition=~Q(picture=""), name="meeting_has_a_picture"),
        ]


@remembered
class Critique(Note):
    """One item of the future workshop's first phase: what was wrong, in whose words (JI-11). It
    becomes a goal later; `goal` is the row of the room of plans that took it up."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    on = models.DateField()
    words = models.CharField(max_length=400)
    said_by = models.CharField(max_length=12, default="participant")
    instead = models.CharField(max_length=400, blank=True)  # how it would be if it were good
    goal = models.UUIDField(null=True, blank=True)

    class Meta(Note.Meta):
        ordering = ["on", "id"]
        constraints = [
            *Note.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="critique_has_words"),
        ]


@remembered
class Asset(Note):
    """A line of the forward mapping: a strength, a weakness, a competence or a skill (JI-12)."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    on = models.DateField()
    sort = models.CharField(max_length=10)
    words = models.CharField(max_length=300)
    said_by = models.CharField(max_length=12, default="participant")

    class Meta(Note.Meta):
        ordering = ["sort", "id"]
        constraints = [
            *Note.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="asset_has_words"),
        ]


@remembered
class OutsideAnalysis(Note):
    """The occupational role of today and the one ahead, and what is lacking for it (JI-12)."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    on = models.DateField()
    role_now = models.CharField(max_length=120, blank=True)
    role_ahead = models.CharField(max_length=120)
    demand = models.CharField(max_length=4, blank=True)
    lacking = models.TextField(blank=True)  # competence to be developed

    class Meta(Note.Meta):
        ordering = ["-on", "-id"]
        constraints = [*Note.Meta.constraints]
        verbose_name_plural = "outside analyses"


@remembered
class Inventory(SubmittedRow):
    """A part of the inventory is done, or a plan is made before it, with the reason (JI-05)."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    part = models.CharField(max_length=24)  # "" : whatever is lacking
    done = models.BooleanField()
    why = models.TextField(blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        verbose_name_plural = "inventories"
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(done=True) | ~Q(why=""), name="set_aside_with_a_reason"
            ),
            models.UniqueConstraint(
                fields=["tenant", "enrolment", "part"],
                condition=Q(done=True),
                name="inventory_part_done_once",
            ),
        ]


@remembered
class TestOrder(Note):
    """A test that is ordered because it is needed, with the person's consent to this one (JI-21).
    Of a drug test everything goes on `delete_on`, the order as well: that there was one is health.
    """

    __test__ = False  # nothing for the test runner

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    kind = models.CharField(max_length=10)
    why = models.CharField(max_length=400)
    provider = models.CharField(max_length=120)
    consent = models.CharField(max_length=7, choices=[("written", "written"), ("oral", "oral")])
    consent_on = models.DateField()
    ordered_on = models.DateField()
    cost = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    delete_on = models.DateField(null=True, blank=True)

    class Meta(Note.Meta):
        ordering = ["-ordered_on", "-id"]
        indexes = [
            models.Index(
                fields=["tenant", "delete_on"],
                condition=Q(delete_on__isnull=False),
                name="test_to_delete",
            )
        ]
        constraints = [
            *Note.Meta.constraints,
            models.CheckConstraint(
                condition=Q(consent_on__lte=F("ordered_on")), name="test_agreed_before_ordered"
            ),
            models.CheckConstraint(
                condition=~Q(kind="drug") | Q(delete_on__isnull=False, consent="written"),
                name="drug_test_agreed_in_writing_and_goes",
            ),
        ]


@remembered
class TestOutcome(SubmittedRow):
    """The provider's summary, and nothing else of the test."""

    __test__ = False

    order = tenant_key("background.TestOrder", related_name="outcomes", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    came_on = models.DateField()
    summary = models.TextField()
    by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)

    class Meta(SubmittedRow.Meta):
        ordering = ["came_on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "order"], name="test_has_one_outcome"),
            models.CheckConstraint(condition=~Q(summary=""), name="outcome_says_something"),
        ]


@remembered
class TeamRequest(SubmittedRow):
    """Somebody of the resource team is asked for (KN-123)."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    role = models.CharField(max_length=20)
    what = models.CharField(max_length=400)
    asked_on = models.DateField()
    asked_by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=8, default="asked")
    answer = models.CharField(max_length=400, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = tenant_key("accounts.Member", null=True, related_name="+", db_index=False)

    requests: ClassVar[Any] = models.Manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["-asked_on", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(what=""), name="team_request_says_what"),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(answered_on__isnull=False),
                name="team_request_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""),
                name="team_request_declined_with_a_reason",
            ),
        ]


class RetentionRule(Row):
    """How many days the municipality keeps a class of data; without a row, ours (X-11)."""

    data_class = models.CharField(max_length=20)
    days = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["data_class"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "data_class"], name="one_rule_per_class"),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=365), name="rule_keeps_no_longer_than_a_year"
            ),
        ]
