"""The plan in versions: what both have acknowledged is never changed, a revision is a copy.

A version's text lies in rows, so that a goal can be asked for; every saving of a draft is kept
whole beside them, so that nothing that was written is lost and two hands can be put together. What
the person says, who has acknowledged which saving, and what became of a goal are rows that are only
ever added to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, override

from django.db import models
from django.db.models import F, Q

from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key


class Plan(SubmittedRow):
    """The plan of one enrolment: its row is the lock of all its versions."""

    enrolment = tenant_key("intake.Enrolment", related_name="plans", db_index=False)
    person = tenant_key("people.Person", related_name="+")

    class Meta(SubmittedRow.Meta):
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "enrolment"], name="plan_of_enrolment"),
        ]


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def agreed(self) -> PlanVersionQuerySet:
        return self.filter(state=PlanVersion.State.AGREED)

    def drafts(self) -> PlanVersionQuerySet:
        return self.filter(state=PlanVersion.State.DRAFT)


class PlanVersion(SubmittedRow):
    """One version. A draft until both have acknowledged the same saving of it (AJ-09); then the
    database refuses every change (INV-26). `revision` counts the savings of the draft."""

    class State(models.TextChoices):
        DRAFT = "draft"
        AGREED = "agreed"

    class Aim(models.TextChoices):
        WORK = "work"
        STUDIES = "studies"
        OTHER = "other"

    plan = tenant_key("plans.Plan", related_name="versions", db_index=False)
    enrolment = tenant_key("intake.Enrolment", related_name="plan_versions", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    situation = models.TextField(blank=True)
    resources = models.TextField(blank=True)
    barriers = models.TextField(blank=True)  # in the person's own terms (FM-07)
    no_barriers = models.BooleanField(default=False)  # asked, and none stated
    aim = models.CharField(max_length=7, choices=Aim.choices, blank=True)
    aim_text = models.CharField(max_length=200, blank=True)
    change_note = models.TextField(blank=True)
    otherwise = models.TextField(blank=True)  # why it applies though something is lacking
    begun_by = tenant_key("accounts.Member", null=True, related_name="+")
    agreed_on = models.DateField(null=True, blank=True)

    versions: ClassVar[Any] = PlanVersionQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["number", "id"]
        indexes = [models.Index(fields=["tenant", "enrolment"], name="plan_version_of_enrolment")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "plan", "number"], name="plan_version_numbered"
            ),
            models.UniqueConstraint(
                fields=["tenant", "plan"], condition=Q(state="draft"), name="plan_one_draft"
            ),
            models.CheckConstraint(  # AJ-10
                condition=~Q(aim="other") | ~Q(aim_text=""), name="plan_other_aim_says_which"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", agreed_on__isnull=True)
                | (Q(state="agreed", agreed_on__isnull=False) & ~Q(aim="")),
                name="plan_agreed_with_an_aim_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(number=1) | ~Q(change_note=""),
                name="plan_a_revision_says_why",
            ),
        ]


class InVersion(Row):
    """A line of one version. `thread` is the same line through all versions; one that was taken
    out of a draft is `left_out`, never deleted."""

    of = tenant_key("plans.PlanVersion", related_name="%(class)ss", db_index=False)
    enrolment = tenant_key("intake.Enrolment", related_name="+", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    thread = models.UUIDField()
    position = models.PositiveSmallIntegerField(default=0)
    left_out = models.BooleanField(default=False)
    text = models.CharField(max_length=500)
    due = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class Goal(InVersion):
    """A goal, or a sub-goal under one. `behaviour` is the target behaviour's key in the room of
    motivation; `source_key` the form's answer or other row the goal was made from (JI-18)."""

    class Kind(models.TextChoices):
        MAIN = "main"
        SUB = "sub"
        BEHAVIOUR = "behaviour"
        JOB = "job"

    class Source(models.TextChoices):
        TALK = "talk"
        FORM = "form"
        FOLLOW_UP = "follow_up"
        MAPPING = "mapping"
        PERSON = "person"

    under = models.UUIDField(null=True, blank=True)  # the thread of the goal above
    kind = models.CharField(max_length=9, choices=Kind.choices)
    done_when = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=9, choices=Source.choices, default=Source.TALK)
    source_key = models.UUIDField(null=True, blank=True)
    behaviour = models.UUIDField(null=True, blank=True)

    class Meta(InVersion.Meta):
        indexes = [models.Index(fields=["tenant", "enrolment", "thread"], name="goal_thread")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "of", "thread"], name="goal_once"),
            models.CheckConstraint(condition=~Q(text=""), name="goal_says_what"),
            models.CheckConstraint(
                condition=Q(kind="sub", under__isnull=False)
                | Q(kind__in=["main", "job"], under__isnull=True)
                | Q(kind="behaviour"),
                name="goal_sub_stands_under_one",
            ),
        ]


class PlanActivity(InVersion):
    """What is to be done: for everybody, or by somebody by a day (JI-14). Social competence is a
    topic the person has wished for themselves; there is nothing to rate here (JI-20, N-06)."""

    class Scope(models.TextChoices):
        GENERAL = "general"
        INDIVIDUAL = "individual"

    class Owner(models.TextChoices):
        PERSON = "person"
        WORKER = "worker"
        BOTH = "both"
        OTHER = "other"

    goal = models.UUIDField(null=True, blank=True)  # the thread of its goal
    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.INDIVIDUAL)
    owner = models.CharField(max_length=6, choices=Owner.choices, default=Owner.PERSON)
    owner_name = models.CharField(max_length=120, blank=True)
    times = models.CharField(max_length=80, blank=True)  # "every Friday", "Tuesdays 13.00"
    topic = models.CharField(max_length=20, blank=True)  # of social competence
    own_wish = models.BooleanField(default=False)

    class Meta(InVersion.Meta):
        indexes = [
            models.Index(fields=["tenant", "enrolment", "thread"], name="plan_activity_thread")
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "of", "thread"], name="plan_activity_once"),
            models.CheckConstraint(condition=~Q(text=""), name="plan_activity_says_what"),
            models.CheckConstraint(
                condition=~Q(owner="other") | ~Q(owner_name=""), name="plan_activity_owner_named"
            ),
            models.CheckConstraint(
                condition=Q(topic="") | Q(own_wish=True), name="plan_activity_topic_own_wish"
            ),
        ]


class DocumentField(models.JSONField):
    """A text with its units in their order, which the database's own objects would lose."""

    @override
    def get_db_prep_value(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        pairs = list(value.items()) if isinstance(value, Mapping) else value
        return super().get_db_prep_value(pairs, *args, **kwargs)

    @override
    def from_db_value(self, value: Any, *args: Any) -> Any:
        found = super().from_db_value(value, *args)
        return dict(found) if found is not None else None


class Saving(Row):
    """The whole text of a draft as it was saved; the last one is what was agreed."""

    of = tenant_key("plans.PlanVersion", related_name="savings", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    revision = models.PositiveIntegerField()
    document = DocumentField()
    by = tenant_key("accounts.Member", null=True, related_name="+")
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["revision", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "of", "revision"], name="plan_saved_once"),
        ]


class Acknowledgement(SubmittedRow):
    """One side has read or heard exactly this saving, and how. Changed afterwards, the text waits
    for them again."""

    class Side(models.TextChoices):
        PARTICIPANT = "participant"
        CASE_WORKER = "case_worker"

    class How(models.TextChoices):
        DECIDED = "decided"  # the case worker's side
        OWN_PAGE = "own_page"
        PAPER = "paper"
        READ_OUT = "read_out"

    of = tenant_key("plans.PlanVersion", related_name="acknowledgements", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    side = models.CharField(max_length=11, choices=Side.choices)
    revision = models.PositiveIntegerField()
    how = models.CharField(max_length=8, choices=How.choices)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "of", "side", "revision"], name="plan_acknowledged_once"
            ),
            models.CheckConstraint(
                condition=Q(side="case_worker", how="decided")
                | (Q(side="participant") & ~Q(how="decided")),
                name="plan_each_side_in_its_way",
            ),
        ]


class Saying(SubmittedRow):
    """The person's own words beside the text, or their disagreement with it; nobody edits them
    (INV-19). Said anew, it names what it replaces; taken back, it is empty. An answer is the case
    worker's, under what it answers."""

    class Kind(models.TextChoices):
        WORDS = "words"
        DISAGREEMENT = "disagreement"
        ANSWER = "answer"

    class How(models.TextChoices):
        OWN_PAGE = "own_page"
        WRITTEN_DOWN = "written_down"

    of = tenant_key("plans.PlanVersion", related_name="sayings")
    enrolment = tenant_key("intake.Enrolment", related_name="+", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.TextField(blank=True)
    about = models.UUIDField(null=True, blank=True)  # the thread of a goal
    replaces = tenant_key("plans.Saying", null=True, related_name="replaced_by")
    answers = tenant_key("plans.Saying", null=True, related_name="answered_by")
    how = models.CharField(max_length=12, choices=How.choices)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["tenant", "enrolment"], name="saying_of_enrolment")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(text="") | Q(replaces__isnull=False), name="saying_is_said"
            ),
            models.UniqueConstraint(
                fields=["tenant", "replaces"],
                condition=Q(replaces__isnull=False),
                name="saying_replaced_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="answer", answers__isnull=False)
                | (~Q(kind="answer") & Q(answers__isnull=True)),
                name="saying_answer_answers",
            ),
        ]


class GoalReview(SubmittedRow):
    """Somebody has looked at a goal: how it goes, on a day (AJ-48). It follows the goal's thread
    through the versions."""

    class Status(models.TextChoices):
        GOING = "going"
        SLOW = "slow"
        REACHED = "reached"
        DROPPED = "dropped"

    CLOSED: ClassVar[tuple[str, ...]] = (Status.REACHED, Status.DROPPED)

    goal = tenant_key("plans.Goal", related_name="reviews")
    enrolment = tenant_key("intake.Enrolment", related_name="goal_reviews", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    thread = models.UUIDField()
    status = models.CharField(max_length=7, choices=Status.choices)
    comment = models.TextField(blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "created_at", "id"]
        indexes = [
            models.Index(fields=["tenant", "enrolment", "thread"], name="goal_review_thread")
        ]


class ActivityMark(SubmittedRow):
    """What became of something that was to be done."""

    class State(models.TextChoices):
        BEGUN = "begun"
        DONE = "done"
        NOT_DONE = "not_done"

    activity = tenant_key("plans.PlanActivity", related_name="marks")
    enrolment = tenant_key("intake.Enrolment", related_name="+", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    thread = models.UUIDField()
    state = models.CharField(max_length=8, choices=State.choices)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["on", "created_at", "id"]
        indexes = [models.Index(fields=["tenant", "enrolment", "thread"], name="plan_mark_thread")]


class MeasureQuerySet(models.QuerySet["ParallelMeasure"]):
    def unanswered(self) -> MeasureQuerySet:
        """Asked of another actor who has not answered yet (KN-33)."""
        return self.filter(requested_on__isnull=False, answered_on__isnull=True, since=None)

    def to_ask(self) -> MeasureQuerySet:
        """A supervisor has seen that another's support is needed; nobody has been asked."""
        return self.filter(flagged_on__isnull=False, requested_on__isnull=True, since=None)


@remembered
class ParallelMeasure(SubmittedRow):
    """What another actor does beside the road, at the same time and never before it (FM-14, N-12).
    `health`: it tells of the person's health, so only who may know that is shown what it is."""

    class Answer(models.TextChoices):
        YES = "yes"
        NO = "no"
        WAITS = "waits"  # in a queue

    enrolment = tenant_key("intake.Enrolment", related_name="parallel_measures", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    kind = models.CharField(max_length=40)
    what = models.CharField(max_length=200)
    owner = models.CharField(max_length=120, blank=True)  # the organisation
    legal_basis = models.CharField(max_length=40, blank=True)
    health = models.BooleanField(default=False)
    flagged_on = models.DateField(null=True, blank=True)
    requested_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    by = tenant_key("accounts.Member", null=True, related_name="+")

    measures: ClassVar[Any] = MeasureQuerySet.as_manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["tenant", "enrolment"], name="measure_of_enrolment")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=False, until__gte=F("since")),
                name="measure_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="")
                | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="measure_answered_with_answer",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True)
                | Q(requested_on__isnull=True)
                | Q(answered_on__gte=F("requested_on")),
                name="measure_answered_after_asked",
            ),
            models.CheckConstraint(
                condition=Q(flagged_on__isnull=False)
                | ((Q(requested_on__isnull=False) | Q(since__isnull=False)) & ~Q(owner="")),
                name="measure_asked_or_begun",
            ),
        ]

    @property
    def state(self) -> str:
        """flagged, asked, queued, refused, going or ended: read from what is written down."""
        if self.until is not None:
            return "ended"
        if self.since is not None:
            return "going"
        if self.requested_on is None:
            return "flagged"
        return {"": "asked", "yes": "queued", "waits": "queued", "no": "refused"}[self.answer]


class Choice(SubmittedRow):
    """What was offered and what the person chose, or that they declined and why (KN-139). It is
    told to nobody: no report, no fact, no message is made of it."""

    class Answer(models.TextChoices):
        CHOSEN = "chosen"
        DECLINED = "declined"
        UNDECIDED = "undecided"

    enrolment = tenant_key("intake.Enrolment", related_name="+", db_index=False)
    person = tenant_key("people.Person", related_name="+")
    offered = models.CharField(max_length=300)
    answer = models.CharField(max_length=9, choices=Answer.choices)
    chosen = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", null=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-created_at", "id"]
        indexes = [models.Index(fields=["tenant", "enrolment"], name="choice_of_enrolment")]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=~Q(offered=""), name="choice_was_offered"),
        ]
