"""The road out to a company: the profile, visits, matches, the placement and how it ended. Every
row here is the person's; what a company offers lies with the employers, where nobody is named."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

CODE, LINE = 40, 300
WORST, BEST = 1, 5  # the person's own faces


class Said(models.TextChoices):
    """How a side has answered; blank: not asked, or has not answered."""

    YES = "yes"
    NO = "no"


@remembered
class MatchProfile(SubmittedRow):
    """What the person looks for and brings, for the talk with a company (FM-28). There is no room
    for health in it. One of each enrolment; what it said before is remembered."""

    enrolment = tenant_key("intake.Enrolment", related_name="match_profiles", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    workplaces = models.TextField(blank=True)
    tasks = models.TextField(blank=True)
    functions = models.TextField(blank=True)
    wishes = models.TextField(blank=True)
    competences = models.TextField(blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    PARTS: ClassVar[tuple[str, ...]] = (
        "workplaces", "tasks", "functions", "wishes", "competences",
    )  # fmt: skip

    class Meta(SubmittedRow.Meta):
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "enrolment"], name="one_match_profile"),
        ]


class VisitQuerySet(models.QuerySet["Visit"]):
    def done(self) -> VisitQuerySet:
        return self.filter(state=Visit.State.DONE)

    def planned(self) -> VisitQuerySet:
        return self.filter(state=Visit.State.PLANNED)


@remembered
class Visit(SubmittedRow):
    """Going there together: to look, to try (FM-29), on the first day, and once it has begun
    (KN-137). `rating` and `words` are the person's own view; `own`: they said it themselves, and
    then nobody else changes it (INV-19). `fit`: how whoever went with them sees it."""

    class Kind(models.TextChoices):
        VISIT = "visit"
        TASTER = "taster"
        START = "start"  # the first day, accompanied
        KEEP = "keep"  # a contact once it has begun, so that it lasts

    class State(models.TextChoices):
        PLANNED = "planned"
        DONE = "done"
        CALLED_OFF = "called_off"

    class Fit(models.TextChoices):
        GOOD = "good"
        PARTLY = "partly"
        NO = "no"

    enrolment = tenant_key("intake.Enrolment", related_name="visits", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    site = tenant_key("employers.Site", related_name="visits")
    opening = tenant_key("employers.Opening", null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    company = tenant_key("accounts.Member", null=True, blank=True, related_name="+")  # who goes too
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    own = models.BooleanField(default=False)
    fit = models.CharField(max_length=6, choices=Fit.choices, blank=True)
    fit_why = models.CharField(max_length=LINE, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    visits: ClassVar[Any] = VisitQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["tenant", "enrolment", "on"], name="visit_of_enrolment")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=WORST, rating__lte=BEST),
                name="visit_rated_by_a_face",
            ),
            models.CheckConstraint(
                condition=Q(state="done") | Q(rating__isnull=True, fit=""),
                name="visit_seen_before_it_is_judged",
            ),
        ]


@remembered
class Adjustment(SubmittedRow):
    """What is done about one requirement of an opening for this person: an adaptation, a task left
    out, a trial to come; or that the person does not want it."""

    class Kind(models.TextChoices):
        ADAPT = "adapt"
        LEAVE_OUT = "leave_out"
        TRY = "try"
        UNWANTED = "unwanted"

    enrolment = tenant_key("intake.Enrolment", related_name="adjustments", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    opening = tenant_key("employers.Opening", related_name="+")
    function = models.CharField(max_length=CODE)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    words = models.CharField(max_length=LINE)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["function", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="adjustment_says_what"),
            models.UniqueConstraint(
                fields=["tenant", "enrolment", "opening", "function"], name="adjusted_once"
            ),
        ]


class MatchQuerySet(models.QuerySet["Match"]):
    def going(self) -> MatchQuerySet:
        """Those that are proposed or accepted: not said no to, not set aside."""
        return self.filter(state__in=(Match.State.PROPOSED, Match.State.ACCEPTED))


@remembered
class Match(SubmittedRow):
    """A person and a site, said yes to by each for themselves (FM-30). With one yes it stays
    proposed. `despite`: functions that must be there and are not, as far as is known;
    `despite_why`: why all the same. `why`: why it is proposed, or set aside."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        SET_ASIDE = "set_aside"

    enrolment = tenant_key("intake.Enrolment", related_name="matches")
    person = tenant_key("people.Person", related_name="+")
    site = tenant_key("employers.Site", related_name="matches")
    opening = tenant_key("employers.Opening", null=True, blank=True, related_name="matches")
    visit = tenant_key("placements.Visit", null=True, blank=True, related_name="matches")
    tasks = models.TextField(blank=True)
    can_grow_into = models.CharField(max_length=LINE, blank=True)
    why = models.CharField(max_length=LINE, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED)
    person_said = models.CharField(max_length=3, choices=Said.choices, blank=True)
    person_on = models.DateField(null=True, blank=True)
    own = models.BooleanField(default=False)  # the person answered themselves
    employer_said = models.CharField(max_length=3, choices=Said.choices, blank=True)
    employer_on = models.DateField(null=True, blank=True)
    contact = tenant_key("employers.ContactPerson", null=True, blank=True, related_name="+")
    despite = ArrayField(models.CharField(max_length=CODE), default=list, blank=True)
    despite_why = models.CharField(max_length=LINE, blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    matches: ClassVar[Any] = MatchQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-id"]
        verbose_name_plural = "matches"
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(person_said="yes", employer_said="yes"),
                name="match_accepted_by_both",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | Q(person_said="no") | Q(employer_said="no"),
                name="match_declined_by_one",
            ),
            models.CheckConstraint(
                condition=~Q(state="set_aside") | ~Q(why=""), name="match_set_aside_says_why"
            ),
            models.CheckConstraint(
                condition=Q(person_said="", person_on__isnull=True)
                | ~Q(person_said="") & Q(person_on__isnull=False),
                name="match_person_answers_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(employer_said="", employer_on__isnull=True)
                | ~Q(employer_said="") & Q(employer_on__isnull=False),
                name="match_employer_answers_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(despite__len=0) | ~Q(despite_why=""), name="match_against_says_why"
            ),
            models.UniqueConstraint(
                fields=["tenant", "enrolment", "opening"],
                condition=Q(state__in=["proposed", "accepted"], opening__isnull=False),
                name="one_match_of_an_opening",
            ),
        ]


class PlacementQuerySet(models.QuerySet["Placement"]):
    def held(self, on: dt.date) -> PlacementQuerySet:
        """Those that hold on a day. A last day that has passed ends nothing: a person does."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)

    def standing(self, on: dt.date) -> PlacementQuerySet:
        """Those that hold or are to begin."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=on))


@remembered
class Placement(SubmittedRow):
    """Somebody at a site outside (FM-27). `aim`: what it is to lead to in ordinary hours, always
    said. `ends`: the last day as agreed; `until`: the first day it no longer holds, by a person.
    `kind` is a code of the municipality's country: practice, work_trial, subsidised, ordinary …
    (JI-50). `planned`: the start as first agreed, `begun_on`: when it began (JI-10). `early` by
    `early_days`, which was fixed before (JI-31). `group`, `job_ready`, `talked_on`: what Danish law
    asks of a practice; `fte`: ordinary full-time employees of the site, as the company says."""

    enrolment = tenant_key("intake.Enrolment", related_name="placements")
    person = tenant_key("people.Person", related_name="+")
    site = tenant_key("employers.Site", related_name="placements")
    opening = tenant_key("employers.Opening", null=True, blank=True, related_name="placements")
    match = tenant_key("placements.Match", null=True, blank=True, related_name="placements")
    kind = models.CharField(max_length=CODE)
    site_kind = models.CharField(max_length=CODE, default="external_employer")  # AJ-24
    aim = models.CharField(max_length=LINE)
    tasks = models.TextField(blank=True)
    contact = tenant_key("employers.ContactPerson", null=True, blank=True, related_name="+")
    guide = models.CharField(max_length=120, blank=True)  # who guides day by day (JI-52)
    since = models.DateField()
    ends = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    planned = models.DateField(null=True, blank=True)
    begun_on = models.DateField(null=True, blank=True)
    grade = models.CharField(max_length=12, blank=True)  # the employer's that day
    early = models.BooleanField(default=False)
    early_days = models.PositiveSmallIntegerField(null=True, blank=True)
    group = models.PositiveSmallIntegerField(null=True, blank=True)
    job_ready = models.BooleanField(null=True, blank=True)
    talked_on = models.DateField(null=True, blank=True)
    fte = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    placements: ClassVar[Any] = PlacementQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(aim=""), name="placement_says_its_aim"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("since")),
                name="placement_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="placement_over_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(begun_on__isnull=True) | Q(begun_on=F("since")),
                name="placement_since_it_began",
            ),
        ]


class PlacementLine(Row):
    """Hours of one kind in one function: ordinary hours and practice are two lines that are never
    added (FM-56), and never in the same function."""

    class Pay(models.TextChoices):
        ORDINARY = "ordinary"
        SUBSIDISED = "subsidised"
        PRACTICE = "practice"

    placement = tenant_key("placements.Placement", related_name="lines", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    pay = models.CharField(max_length=10, choices=Pay.choices)
    function = models.CharField(max_length=120)
    hours_week = models.DecimalField(max_digits=4, decimal_places=1)

    class Meta:
        ordering = ["pay", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(function=""), name="line_says_its_function"),
            models.CheckConstraint(condition=Q(hours_week__gt=0), name="line_has_hours"),
            models.UniqueConstraint(fields=["tenant", "placement", "pay"], name="line_of_each_pay"),
            models.UniqueConstraint(
                "tenant", "placement", Lower("function"), name="line_in_its_own_function"
            ),
        ]


class PlacementDecision(SubmittedRow):
    """It began, goes on longer, or ends: by somebody, with grounds, and on which paragraph where
    the law has one."""

    class What(models.TextChoices):
        BEGIN = "begin"
        EXTEND = "extend"
        END = "end"

    placement = tenant_key("placements.Placement", related_name="decisions")
    person = tenant_key("people.Person", related_name="+")
    what = models.CharField(max_length=6, choices=What.choices)
    day = models.DateField()  # the first day, or the last
    assessed = models.BooleanField(default=False)  # somebody has looked at this case
    special = models.BooleanField(default=False)  # a very special need
    paragraph = models.CharField(max_length=80, blank=True)
    grounds = models.TextField(blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(what="begin") | ~Q(grounds=""), name="placement_decided_with_grounds"
            ),
        ]


class DropOut(SubmittedRow):
    """The placement was broken off: when, why, by whom. It moves nobody; the core proposes the next
    attempt, and a person decides (FM-50, INV-13). `words`: read by those alone who read talks."""

    class Side(models.TextChoices):
        PERSON = "person"
        COMPANY = "company"
        MUNICIPALITY = "municipality"
        TOGETHER = "together"

    enrolment = tenant_key("intake.Enrolment", related_name="drop_outs")
    person = tenant_key("people.Person", related_name="+")
    placement = tenant_key("placements.Placement", related_name="drop_outs", db_index=False)
    step = models.CharField(max_length=CODE, blank=True)  # on which step they stood
    on = models.DateField()
    reason = models.CharField(max_length=CODE)
    side = models.CharField(max_length=12, choices=Side.choices)
    words = models.TextField(blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "placement"], name="dropped_out_once"),
        ]


class DropOutException(SubmittedRow):
    """The coordinating case worker judges that the road is broken off instead (FM-51)."""

    drop_out = tenant_key("placements.DropOut", related_name="exceptions", db_index=False)
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    code = models.CharField(max_length=CODE)
    grounds = models.TextField()
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(grounds=""), name="exception_has_grounds"),
            models.UniqueConstraint(fields=["tenant", "drop_out"], name="excepted_once"),
        ]


class FirstMeasures(SubmittedRow):
    """What is done first, as much as the person can, and how early a placement could begin (JI-10).
    `condition` is health and read by those alone who may; the latest row counts."""

    enrolment = tenant_key("intake.Enrolment", related_name="first_measures")
    person = tenant_key("people.Person", related_name="+")
    condition = models.TextField(blank=True)
    measures = models.CharField(max_length=LINE)
    hours_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    earliest = models.DateField()
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "created_at", "id"]
        verbose_name_plural = "first measures"
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(measures=""), name="first_measures_say_what"),
        ]


class EarlyTrial(SubmittedRow):
    """A trial of early placement (JI-31), written down before it begins: what "early" is in days
    from the enrolment, for those enrolled from when until when; `step`: the number of the step it
    is to lead to. Nobody changes it afterwards."""

    name = models.CharField(max_length=120)
    early_days = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    since = models.DateField()
    until = models.DateField()
    registered_on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["-since", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "name"], name="early_trial_named_once"),
            models.CheckConstraint(
                condition=Q(registered_on__lt=F("since")), name="early_trial_registered_before"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="early_trial_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(early_days__gt=0), name="early_trial_says_early"),
        ]


class Reminder(Row):
    """After how many days one of the room's lists names somebody, where the municipality has set
    it. What is not set has the programme's days, or ours."""

    code = models.CharField(max_length=CODE)
    days = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="reminder_once"),
            models.CheckConstraint(condition=Q(days__gt=0), name="reminder_after_some_days"),
        ]
