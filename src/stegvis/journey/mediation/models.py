"""The personal job mediator: the offer, who has it and on what terms, and what they help with.

What is kept of a mediator (how to be reached, what they know, how many they have) is about staff.
The rest is a person's: with whom their case is coordinated, what hinders and what was done, what
advice was asked for. It is read as talks are (TALKS), by whoever talks with the person.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

# Of staff


@remembered
class Mediator(Row):
    """A member as a mediator (FM-20, FM-24): profession, authority, how many at most, and how the
    people they work with reach them. `max_caseload` None: what the programme says."""

    member = tenant_key("accounts.Member", related_name="+")
    profession = models.CharField(max_length=40, blank=True)
    has_authority = models.BooleanField(default=False)
    max_caseload = models.PositiveSmallIntegerField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    deputy = tenant_key("accounts.Member", null=True, blank=True, related_name="+")
    deputy_phone = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "member"], name="mediator_once"),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("member")),
                name="nobody_is_their_own_deputy",
            ),
            models.CheckConstraint(
                condition=Q(max_caseload__isnull=True) | Q(max_caseload__range=(1, 200)),
                name="some_number_at_most",
            ),
        ]


@remembered
class Qualification(SubmittedRow):
    """One of what a mediator must have (FM-23), with what shows it."""

    member = tenant_key("accounts.Member", db_index=True, related_name="+")
    code = models.CharField(max_length=40)
    evidence = models.CharField(max_length=300)
    on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["code", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(evidence=""), name="qualified_on_evidence"),
            models.UniqueConstraint(
                fields=["tenant", "member", "code"],
                condition=Q(ended_on__isnull=True),
                name="qualified_once",
            ),
        ]


# Of a person


@remembered
class Offer(SubmittedRow):
    """A personal job mediator was offered, and what the person answered (FM-16)."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted"
        DECLINED = "declined"

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    on = models.DateField()
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-created_at", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__gte=F("on"))),
                name="offer_answered_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["tenant", "enrolment"], condition=Q(answer=""), name="one_open_offer"
            ),
        ]


class Appointment(SubmittedRow):
    """On what terms a mediator was assigned: what they lacked, how many they had, and why the
    number was passed (FM-23, FM-24). Only added to."""

    assignment = tenant_key("intake.Assignment", related_name="+", db_index=False)
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    lacking = ArrayField(models.CharField(max_length=40), default=list)
    caseload = models.PositiveSmallIntegerField()  # with this one
    most = models.PositiveSmallIntegerField(null=True)
    over_because = models.CharField(max_length=300, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "assignment"], name="appointed_once"),
            models.CheckConstraint(
                condition=Q(most__isnull=True) | Q(caseload__lte=F("most")) | ~Q(over_because=""),
                name="over_the_number_with_a_reason",
            ),
        ]


class Touch(SubmittedRow):
    """How a contact went, in one press: well, or more is needed. `contact` holds the rest."""

    class Went(models.TextChoices):
        WELL = "well"
        MORE = "more"

    contact = tenant_key("followups.ContactEvent", related_name="touches", db_index=False)
    enrolment = tenant_key("intake.Enrolment", related_name="+", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    on = models.DateField()
    went = models.CharField(max_length=4, choices=Went.choices)
    acute = models.BooleanField(default=False)

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-created_at", "-id"]
        indexes = [models.Index(fields=["tenant", "enrolment"], name="touch_of_enrolment")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "contact"], name="touched_once"),
        ]


@remembered
class Partner(SubmittedRow):
    """Somebody else who works with the person (FM-22): only while a waiver of the person's covers
    it. `counterpart` is the waiver's kind and `organisation` its name."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    waiver = tenant_key("waivers.Waiver", related_name="+")
    counterpart = models.CharField(max_length=24)
    organisation = models.CharField(max_length=120)
    name = models.CharField(max_length=120, blank=True)
    reach = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="partner_ends_after_it_starts",
            ),
        ]


class Exchange(SubmittedRow):
    """A contact with such a partner, or a meeting of several together. Only added to."""

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    on = models.DateField()
    partners = ArrayField(models.UUIDField())
    joint = models.BooleanField(default=False)  # a meeting together with the person
    words = models.TextField(blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-created_at", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(partners__len__gte=1), name="exchanged_with_somebody"
            ),
        ]


@remembered
class Hindrance(SubmittedRow):
    """A barrier as the person rates it, and the support to master it (FM-40). Primary, or derived:
    it follows from another (transport, money). Solved closes it."""

    class Sort(models.TextChoices):
        PRIMARY = "primary"
        DERIVED = "derived"

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    sort = models.CharField(max_length=8, choices=Sort.choices)
    about = models.CharField(max_length=40, blank=True)  # a derived one's word of the programme
    text = models.CharField(max_length=300)  # as the person says it
    on = models.DateField()
    action = models.TextField(blank=True)
    action_by = models.CharField(max_length=120, blank=True)
    result = models.TextField(blank=True)
    solved_on = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="hindrance_in_words"),
            models.CheckConstraint(
                condition=Q(solved_on__isnull=True) | ~Q(result=""), name="solved_with_a_result"
            ),
        ]


@remembered
class Advice(SubmittedRow):
    """A question to the health coordinator or the medical consultant, on the person's consent, and
    the answer: how to master work. Never a diagnosis (FM-41, N-05)."""

    class Kind(models.TextChoices):
        COORDINATOR = "HEALTH_COORDINATOR"
        CONSULTANT = "MEDICAL_CONSULTANT"

    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    waiver = tenant_key("waivers.Waiver", related_name="+")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    question = models.TextField()
    on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-id"]
        verbose_name_plural = "advice"
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(question=""), name="advice_is_asked"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__gte=F("on"))),
                name="advice_answered_on_a_day",
            ),
        ]


class Sparring(SubmittedRow):
    """Colleagues, or a manager, talk cases over (FM-54). `theme` names nobody: what is said of a
    case stands in its own row, behind that person's wall."""

    class Kind(models.TextChoices):
        PEER = "peer"
        MANAGER = "manager"

    unit = tenant_key("tenancy.Unit", null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    on = models.DateField()
    theme = models.CharField(max_length=200)
    members = ArrayField(models.UUIDField(), default=list)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-created_at", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(theme=""), name="sparring_about_something"),
        ]


class SparredCase(SubmittedRow):
    """One case of such a talk and what came of it."""

    sparring = tenant_key("mediation.Sparring", related_name="cases", db_index=False)
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    result = models.TextField(blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "sparring", "person"], name="sparred_once"),
        ]
