"""The board of a workplace and what its meetings lead to. It is about things and work: no row here
says who was away, and a person's key stands in two tables of their own, each behind its wall."""

from __future__ import annotations

from typing import override

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key


class Board(SubmittedRow):
    """`breaks`: when there is coffee, in the order of the day. `box`: the address of the idea box,
    which opens nothing but the box. `apt_months` unknown: every month, a default of ours."""

    unit = tenant_key("tenancy.Unit", related_name="+")
    name = models.CharField(max_length=60)
    breaks = ArrayField(models.TimeField(), default=list, blank=True)
    box = models.CharField(max_length=64)
    apt_months = models.PositiveSmallIntegerField(null=True, blank=True)
    since = models.DateField()

    class Meta(SubmittedRow.Meta):
        ordering = ["name", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "name"], name="board_named_once"),
            models.UniqueConstraint(fields=["tenant", "box"], name="box_once"),
            models.CheckConstraint(
                condition=Q(apt_months__isnull=True) | Q(apt_months__gte=1, apt_months__lte=12),
                name="apt_at_least_yearly",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class Screen(Row):
    """A screen on the wall: the device it is, and the board it shows."""

    board = tenant_key("boards.Board", related_name="screens")
    device = tenant_key("accounts.SharedDevice", related_name="+", db_index=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "device"], name="screen_shows_one_board")
        ]


class Pictured(SubmittedRow):
    """What stands on the board with a picture: one of ours by its name, or the unit's own."""

    board = tenant_key("boards.Board", related_name="+")
    title = models.CharField(max_length=60)
    words = models.CharField(max_length=120, blank=True)
    picture = models.CharField(max_length=20, default="flag")
    symbol = tenant_key("workplaces.Symbol", null=True, blank=True, related_name="+")

    class Meta(SubmittedRow.Meta):
        abstract = True


@remembered
class BoardGoal(Pictured):
    """What the workplace wants to reach, looked at each day; half-open."""

    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta(Pictured.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="goal_in_order"
            ),
        ]


class GoalDay(Row):
    """How it went on a day. No row is: not yet."""

    class Mark(models.TextChoices):
        YES = "yes"
        PARTLY = "partly"
        NO = "no"

    goal = tenant_key("boards.BoardGoal", related_name="days", db_index=False)
    on = models.DateField()
    mark = models.CharField(max_length=6, choices=Mark.choices)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "goal", "on"], name="goal_day_once"),
            models.CheckConstraint(
                condition=Q(mark__in=["yes", "partly", "no"]), name="goal_mark_known"
            ),
        ]


@remembered
class BoardDeviation(Pictured):
    """Something that went wrong with things or work. What happened to people is an incident, which
    is for the few; nothing of it comes here."""

    count = models.PositiveSmallIntegerField(default=1)
    solver = tenant_key("accounts.Member", null=True, blank=True, related_name="+")
    on = models.DateField()
    solved_on = models.DateField(null=True, blank=True)

    @property
    def solver_first(self) -> str:
        """A board shows no surnames, of colleagues either."""
        return self.solver.name.split(maxsplit=1)[0] if self.solver else ""

    class Meta(Pictured.Meta):
        ordering = ["-on", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(condition=Q(count__gte=1), name="deviation_counts"),
            models.CheckConstraint(
                condition=Q(solved_on__isnull=True) | Q(solved_on__gte=F("on")),
                name="deviation_solved_after",
            ),
        ]


class TodayLine(Pictured):
    """One area's work on a day, as the supervisor has written it. `people` unknown is not zero."""

    on = models.DateField()
    people = models.PositiveSmallIntegerField(null=True, blank=True)
    supervisor = tenant_key("accounts.Member", null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    @property
    def supervisor_first(self) -> str:
        return self.supervisor.name.split(maxsplit=1)[0] if self.supervisor else ""

    class Meta(Pictured.Meta):
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["tenant", "board", "on"], name="today_of_board")]


class Improvement(Row):
    """An idea, or something to get better at. Of one that came through the box nothing is kept of
    when or by whom: its key is drawn by chance, its day is the Monday of its week, and it has no
    submission and no time of making (docs/decisions/0030)."""

    class Kind(models.TextChoices):
        IDEA = "idea"
        AREA = "area"

    class Source(models.TextChoices):
        STAFF = "staff"
        PARTICIPANT = "participant"
        BOX = "box"

    class State(models.TextChoices):
        IDEA = "idea"
        TRYING = "trying"
        CHECKING = "checking"
        STANDARD = "standard"
        NOT_NOW = "not_now"

    board = tenant_key("boards.Board", related_name="+")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    source = models.CharField(max_length=12, choices=Source.choices)
    title = models.CharField(max_length=60)
    words = models.TextField(blank=True)
    picture = models.CharField(max_length=20, default="bulb")
    by = tenant_key("accounts.Member", null=True, blank=True, related_name="+")
    week = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.IDEA)
    effect = models.CharField(max_length=200, blank=True)
    answer = models.TextField(blank=True)
    answered_by = tenant_key("accounts.Member", null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-week", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source="staff", by__isnull=False) | Q(by__isnull=True),
                name="improvement_by_staff_alone",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="improvement_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(week__iso_week_day=1), name="improvement_week_is_a_monday"
            ),
            models.CheckConstraint(
                condition=~Q(state="standard") | ~Q(effect=""), name="standard_has_an_effect"
            ),
        ]


class Proposer(SubmittedRow):
    """Which participant an idea is from, where they have signed it."""

    person = tenant_key("people.Person", related_name="+")
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    improvement = tenant_key("boards.Improvement", related_name="proposers", db_index=False)

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "improvement"], name="idea_of_one_person"),
        ]


class Turn(SubmittedRow):
    """A quarter of the wheel more, or back: who turned it, when, and what was seen."""

    improvement = tenant_key("boards.Improvement", related_name="turns")
    state = models.CharField(max_length=8, choices=Improvement.State.choices)
    words = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    by = tenant_key("accounts.Member", related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]


class NameConsent(SubmittedRow):
    """The person's own yes to their first name on a board, until they take it back (half-open)."""

    person = tenant_key("people.Person", related_name="+")
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    since = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "person"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_yes_to_a_name",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("since")),
                name="name_consent_in_order",
            ),
        ]


class CouncilStaff(SubmittedRow):
    """A colleague in the board's user council; half-open. Where one sits, there is a council."""

    board = tenant_key("boards.Board", related_name="+")
    member = tenant_key("accounts.Member", related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "board", "member"],
                condition=Q(until__isnull=True),
                name="colleague_sits_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="council_staff_in_order",
            ),
        ]


class CouncilSeat(SubmittedRow):
    """A participant in the user council, by their own dated yes until they leave it (half-open). It
    ends with the enrolment, and of somebody shielded it is shown to nobody."""

    board = tenant_key("boards.Board", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    since = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["since", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "board", "person"],
                condition=Q(left_on__isnull=True),
                name="one_seat_in_a_council",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("since")),
                name="council_seat_in_order",
            ),
        ]


@remembered
class Meeting(SubmittedRow):
    """A board meeting, a workplace meeting (APT) or the user council's. How many came, not who."""

    class Kind(models.TextChoices):
        BOARD = "board"
        APT = "apt"
        COUNCIL = "council"

    board = tenant_key("boards.Board", related_name="+", db_index=False)
    kind = models.CharField(max_length=7, choices=Kind.choices)
    on = models.DateField()
    came = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    by = tenant_key("accounts.Member", related_name="+")

    class Meta(SubmittedRow.Meta):
        ordering = ["-on", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "board", "kind", "on"], name="meeting_once"),
        ]


@remembered
class MeetingItem(SubmittedRow):
    """What was taken up. `heading`: where in the workplace's plan it belongs, by the guide's four
    areas, the plan's own heading beside. A decision has somebody who does it, till it is done."""

    meeting = tenant_key("boards.Meeting", related_name="items")
    heading = models.CharField(max_length=20, blank=True)
    own_heading = models.CharField(max_length=80, blank=True)
    words = models.TextField()
    improvement = tenant_key("boards.Improvement", null=True, blank=True, related_name="items")
    decision = models.BooleanField(default=False)
    doer = tenant_key("accounts.Member", null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)

    class Meta(SubmittedRow.Meta):
        ordering = ["created_at", "id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(decision=False, doer__isnull=True, done_on__isnull=True)
                | Q(decision=True, doer__isnull=False),
                name="decision_has_a_doer",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(outcome=""), name="done_says_what_came"
            ),
        ]
