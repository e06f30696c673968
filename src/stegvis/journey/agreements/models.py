"""What is agreed for a placement, in versions that are signed; the link by which a company signs
and answers; and what company and person say of how it goes. Every row is the person's.

What is signed is a document and its hash: a version that has changed since is signed anew, and one
that all have signed is never changed again; another version takes over from its first day.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from stegvis.core.progression import agreements as core
from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

LINK_DAYS = 60  # ours: for how long a company's link stands open
TRIES = 5  # ours: wrong codes before a link closes
LINE = 300
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"


class Side(models.TextChoices):
    PARTICIPANT = "participant"
    EMPLOYER = "employer"
    MUNICIPALITY = "municipality"


class AgreementVersionQuerySet(models.QuerySet["AgreementVersion"]):
    def signed(self) -> AgreementVersionQuerySet:
        return self.filter(state=AgreementVersion.State.SIGNED)

    def on_the_way(self) -> AgreementVersionQuerySet:
        return self.filter(state__in=["draft", "ready"])


@remembered
class AgreementVersion(SubmittedRow):
    """One version of the agreement on a placement, holding from `since` until a later one does.
    `document` is what all sign, as it was when it was laid out, and `digest` its hash: both are
    made when the version is made ready. `ordinary_*`: paid hours; `practice_*`: hours of practice,
    in another function (FM-32, FM-56). `considered`: regard for health has been gone through."""

    class State(models.TextChoices):
        DRAFT = "draft"
        READY = "ready"
        SIGNED = "signed"
        DROPPED = "dropped"

    class Rhythm(models.TextChoices):
        TAPER = "taper"
        FORTNIGHTLY = "fortnightly"
        MONTHLY = "monthly"

    class Per(models.TextChoices):
        WEEK = "week"
        MONTH = "month"

    enrolment = tenant_key("intake.Enrolment", related_name="agreements")
    person = tenant_key("people.Person", related_name="+", db_index=False)
    placement = tenant_key("placements.Placement", related_name="agreements", db_index=False)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)  # counts the savings of a draft
    since = models.DateField()
    change_note = models.CharField(max_length=LINE, blank=True)
    tasks = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    grows_into = models.CharField(max_length=LINE, blank=True)
    times = models.CharField(max_length=LINE, blank=True)
    ordinary_minutes = models.PositiveIntegerField(default=0)
    ordinary_per = models.CharField(max_length=5, choices=Per.choices, default=Per.WEEK)
    ordinary_function = models.CharField(max_length=120, blank=True)
    practice_minutes = models.PositiveIntegerField(default=0)  # a week
    practice_function = models.CharField(max_length=120, blank=True)
    practice_ends = models.DateField(null=True, blank=True)
    ordinary_on = models.DateField(null=True, blank=True)  # when paid hours are to begin
    ordinary_if = models.CharField(max_length=LINE, blank=True)  # or on what condition
    discussed_on = models.DateField(null=True, blank=True)
    sub_goals = models.JSONField(default=list, blank=True)  # [{"text": str, "by": day or ""}]
    considered = models.BooleanField(default=False)
    rhythm = models.CharField(max_length=11, choices=Rhythm.choices, default=Rhythm.TAPER)
    topics = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    contact = tenant_key("employers.ContactPerson", null=True, blank=True, related_name="+")
    guide = models.CharField(max_length=120, blank=True)  # who guides day by day (JI-52)
    document = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")
    signed_on = models.DateField(null=True, blank=True)

    versions: ClassVar[Any] = AgreementVersionQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["number", "id"]
        indexes = [models.Index(fields=["tenant", "person"], name="agreement_of_person")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "placement", "number"], name="agreement_numbered"
            ),
            models.UniqueConstraint(
                fields=["tenant", "placement"],
                condition=Q(state__in=["draft", "ready"]),
                name="agreement_one_on_the_way",
            ),
            models.CheckConstraint(  # FM-33
                condition=Q(state__in=["draft", "dropped"])
                | Q(ordinary_minutes__gt=0)
                | Q(discussed_on__isnull=False, practice_minutes__gt=0)
                & (Q(ordinary_on__isnull=False) | ~Q(ordinary_if="")),
                name="agreement_says_whether_and_when",
            ),
            models.CheckConstraint(  # FM-56
                condition=Q(ordinary_minutes=0)
                | Q(practice_minutes=0)
                | Q(state__in=["draft", "dropped"])
                | (
                    ~Q(Exact(Lower("ordinary_function"), Lower("practice_function")))
                    & ~Q(ordinary_function="")
                    & ~Q(practice_function="")
                ),
                name="agreement_two_functions",
            ),
            models.CheckConstraint(  # FM-31
                condition=Q(state__in=["draft", "dropped"])
                | (
                    Q(considered=True, contact__isnull=False, tasks__len__gt=0)
                    & ~Q(sub_goals=[])
                    & ~Q(document={})
                    & ~Q(digest="")
                ),
                name="agreement_ready_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="signed", signed_on__isnull=False)
                | ~Q(state="signed") & Q(signed_on__isnull=True),
                name="agreement_signed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | Q(state__in=["draft", "dropped"]) | ~Q(change_note=""),
                name="agreement_change_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_for_good",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="signed"),
            ),
        ]

    @property
    def ordinary(self) -> core.Hours | None:
        if not self.ordinary_minutes:
            return None
        return core.Hours(self.ordinary_minutes, self.ordinary_per, self.ordinary_function)

    @property
    def practice(self) -> core.Hours | None:
        if not self.practice_minutes:
            return None
        return core.Hours(self.practice_minutes, core.WEEK, self.practice_function)

    @property
    def terms(self) -> core.Terms:
        return core.Terms(
            tasks=self.tasks,
            ordinary=self.ordinary,
            practice=self.practice,
            ordinary_on=self.ordinary_on,
            ordinary_if=self.ordinary_if,
            discussed_on=self.discussed_on,
            sub_goals=[one["text"] for one in self.sub_goals],
            considered=self.considered,
            follow_up=bool(self.rhythm and self.topics),
            contact=self.contact_id is not None,
        )


class Signature(SubmittedRow):
    """One side has signed exactly this document. On paper, and by the person beside a colleague:
    `by` is who saw it."""

    class How(models.TextChoices):
        OWN_PAGE = "own_page"
        BESIDE = "beside"  # on the screen of a colleague who sits beside
        PAPER = "paper"
        LINK = "link"
        SIGNED_IN = "signed_in"

    of = tenant_key("agreements.AgreementVersion", related_name="signatures", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    side = models.CharField(max_length=12, choices=Side.choices)
    role = models.CharField(max_length=20)  # as the programmes call whoever signed
    name = models.CharField(max_length=120)
    how = models.CharField(max_length=9, choices=How.choices)
    digest = models.CharField(max_length=64)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")
    link = tenant_key("agreements.EmployerLink", null=True, blank=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "of", "side", "digest"], name="signed_once"),
            models.CheckConstraint(
                condition=Q(side="participant", how__in=["own_page", "beside", "paper"])
                | Q(side="employer", how="paper", by__isnull=False)
                | Q(side="employer", how="link", link__isnull=False)
                | Q(side="municipality", how="signed_in"),
                name="signed_in_a_way_of_its_side",
            ),
        ]


class ShareAnswer(SubmittedRow):
    """Whether the person lets one consideration be told to this company: their consent, one by one,
    the latest counts. `aloud`: a colleague wrote down what they said."""

    person = tenant_key("people.Person", related_name="+")
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    placement = tenant_key("placements.Placement", related_name="share_answers")
    adaptation = tenant_key("abilities.Adaptation", related_name="+")
    shared = models.BooleanField()
    aloud = models.BooleanField(default=False)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        constraints = [*SubmittedRow.Meta.constraints]


@remembered
class FollowUpDate(Row):
    """A day of the follow-up plan. One that a later version replaced is `dropped`."""

    class State(models.TextChoices):
        PLANNED = "planned"
        HELD = "held"
        DROPPED = "dropped"

    of = tenant_key("agreements.AgreementVersion", related_name="dates", db_index=False)
    person = tenant_key("people.Person", related_name="+", db_index=False)
    placement = tenant_key("placements.Placement", related_name="follow_up_dates")
    on = models.DateField()
    way = models.CharField(max_length=7)  # visit, phone, meeting
    phase = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.PLANNED)
    held_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["tenant", "person", "on"], name="follow_up_date_of")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "of", "on"], name="follow_up_date_once"),
            models.CheckConstraint(
                condition=Q(state="held", held_on__isnull=False)
                | ~Q(state="held") & Q(held_on__isnull=True),
                name="follow_up_held_on_a_day",
            ),
        ]


@remembered
class EmployerLink(Row):
    """A company's way to one placement. The token is kept as a hash; the code is worked out from a
    key of the municipality and kept nowhere. The first browser with both keeps the link."""

    class Mail(models.TextChoices):
        NONE = "none"  # handed over otherwise
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    person = tenant_key("people.Person", related_name="+")
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    placement = tenant_key("placements.Placement", related_name="links")
    contact = tenant_key("employers.ContactPerson", related_name="+")
    token_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.CharField(max_length=64, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(max_length=7, choices=Mail.choices, default=Mail.NONE)
    by = tenant_key("accounts.Member", null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "token_hash"], name="employer_link_once"),
            models.UniqueConstraint(
                fields=["tenant", "placement"],
                condition=Q(revoked_at__isnull=True),
                name="employer_link_one_open",
            ),
        ]

    def stands(self, at: dt.datetime) -> bool:
        return self.revoked_at is None and at < self.expires_at and self.wrong_codes < TRIES


class EmployerHours(SubmittedRow):
    """What the company says was worked in a month: a proposal for the ledger, a row for each kind,
    the latest counts. `weeks`: minutes by the ISO week they lie in."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary"
        PRACTICE = "practice"

    person = tenant_key("people.Person", related_name="+")
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    placement = tenant_key("placements.Placement", related_name="employer_hours", db_index=False)
    link = tenant_key("agreements.EmployerLink", related_name="+")
    month = models.CharField(max_length=7)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    minutes = models.PositiveIntegerField()
    weeks = models.JSONField(default=dict)
    as_agreed = models.BooleanField(default=False)  # nothing was changed in what was filled in

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        verbose_name_plural = "employer hours"
        indexes = [models.Index(fields=["tenant", "placement", "month"], name="employer_hours_of")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(month__regex=MONTH), name="employer_hours_of_a_month"
            ),
        ]


class WorkplaceForm(SubmittedRow):
    """The same questions, answered once a month by the company and by the person (JI-16). Reasons
    for absence are those that were stated, with how often (JI-17); nobody says a diagnosis."""

    class Respondent(models.TextChoices):
        EMPLOYER = "employer"
        PARTICIPANT = "participant"

    person = tenant_key("people.Person", related_name="+")
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    placement = tenant_key("placements.Placement", related_name="forms", db_index=False)
    link = tenant_key("agreements.EmployerLink", null=True, blank=True, related_name="+")
    respondent = models.CharField(max_length=11, choices=Respondent.choices)
    written_for = models.BooleanField(default=False)  # a colleague wrote it down
    month = models.CharField(max_length=7)
    came = models.CharField(max_length=6)
    days_agreed = models.PositiveSmallIntegerField(null=True, blank=True)
    days_came = models.PositiveSmallIntegerField(null=True, blank=True)
    reasons = models.JSONField(default=dict, blank=True)  # code → how many times
    guided = models.CharField(max_length=6)  # right guidance day by day (JI-52)
    tasks_go = models.CharField(max_length=6)
    belongs = models.CharField(max_length=6)
    hours_fit = models.CharField(max_length=6)
    regard_fits = models.CharField(max_length=6)
    goes_well = models.TextField(blank=True)
    needs_more = models.TextField(blank=True)
    other = models.TextField(blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["month", "respondent", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "placement", "month", "respondent"], name="workplace_form_once"
            ),
            models.CheckConstraint(
                condition=Q(month__regex=MONTH), name="workplace_form_of_a_month"
            ),
            models.CheckConstraint(
                condition=Q(days_agreed__isnull=True)
                | Q(days_came__isnull=True)
                | Q(days_came__lte=F("days_agreed")),
                name="workplace_form_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(respondent="participant", link__isnull=True)
                | Q(respondent="employer", link__isnull=False),
                name="workplace_form_by_its_respondent",
            ),
        ]


@remembered
class CallAsked(SubmittedRow):
    """A company asks to be called, without saying why (FM-46)."""

    person = tenant_key("people.Person", related_name="+")
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    placement = tenant_key("placements.Placement", related_name="calls_asked")
    link = tenant_key("agreements.EmployerLink", related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = tenant_key("accounts.Member", null=True, blank=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["at", "id"]
        verbose_name_plural = "calls asked"
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "placement"],
                condition=Q(handled_at__isnull=True),
                name="one_call_waits",
            ),
        ]
