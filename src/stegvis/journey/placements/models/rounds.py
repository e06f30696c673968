"""Many who look for a place beside few openings: a proposal of who could go where.

It is its asker's own, and no match before they take a line over (0046). Persons stand in
`RoundPerson` alone, behind their wall; an opening and how many it is asked for name nobody.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from stegvis.platform.tenancy.models import Row, SubmittedRow, remembered, tenant_key

LINE, MARK = 300, 64


class MatchRound(SubmittedRow):
    """`on`: the day it was worked out; `proven`: no other proposal reaches more."""

    class State(models.TextChoices):
        OPEN = "open"
        THROWN = "thrown"

    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    on = models.DateField()
    proven = models.BooleanField(default=False)
    by = tenant_key("accounts.Member", related_name="+")

    rounds: ClassVar[Any] = models.Manager()

    class Meta(SubmittedRow.Meta):
        ordering = ["-created_at", "-id"]
        constraints = [
            *SubmittedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "by"], condition=Q(state="open"), name="one_round_at_a_time"
            ),
        ]


class RoundOpening(Row):
    """`places`: how many the asker counts on here, in this proposal."""

    round = tenant_key("placements.MatchRound", related_name="openings", db_index=False)
    opening = tenant_key("employers.Opening", related_name="+")
    places = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "round", "opening"], name="round_opening_once"
            ),
        ]


@remembered
class RoundPerson(Row):
    """`opening`: where they could go; none: nowhere yet. `hand`: put there, or kept out of it, by
    the asker, who says `why`. `mark`: of all it was worked out from; another now: it is old."""

    class Hand(models.TextChoices):
        PIN = "pin"
        WAIT = "wait"

    class State(models.TextChoices):
        OPEN = "open"
        TAKEN = "taken"  # there is a match to ask both about

    round = tenant_key("placements.MatchRound", related_name="people", db_index=False)
    enrolment = tenant_key("intake.Enrolment", related_name="+")
    person = tenant_key("people.Person", related_name="+")
    opening = tenant_key("employers.Opening", null=True, blank=True, related_name="+")
    hand = models.CharField(max_length=4, choices=Hand.choices, blank=True)
    why = models.CharField(max_length=LINE, blank=True)
    mark = models.CharField(max_length=MARK, blank=True)
    state = models.CharField(max_length=5, choices=State.choices, default=State.OPEN)
    match = tenant_key("placements.Match", null=True, blank=True, related_name="+")

    lines: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "round people"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "round", "enrolment"], name="round_person_once"
            ),
            models.CheckConstraint(condition=Q(hand="") | ~Q(why=""), name="round_hand_says_why"),
            models.CheckConstraint(
                condition=~Q(hand="wait") | Q(opening__isnull=True), name="round_wait_is_nowhere"
            ),
            models.CheckConstraint(
                condition=~Q(hand="pin") | Q(opening__isnull=False), name="round_pin_is_somewhere"
            ),
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(match__isnull=False), name="round_taken_is_a_match"
            ),
        ]
