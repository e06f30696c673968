"""What a decision rests on: the case as the core reads it, and the core's judgement of it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from stegvis.core.programme.model import Programme
from stegvis.core.progression.events import patterns
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.judgement import Judgement, judgement
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing import facts as standing
from stegvis.journey.standing.models import StepPeriod
from stegvis.journey.steps.models import StepDecision


@dataclass(frozen=True)
class Standing:
    """One enrolment, judged on a day, with the decisions it was judged from, oldest first."""

    enrolment: Enrolment
    programme: Programme
    case: tuple[Fact, ...]
    judged: Judgement
    decisions: tuple[StepDecision, ...]

    @cached_property
    def period(self) -> StepPeriod | None:
        """The open period of the primary ladder. One query, once."""
        rows = StepPeriod.periods.standing().filter(enrolment=self.enrolment, until__isnull=True)
        found: StepPeriod | None = rows.filter(ladder=self.programme.primary.code).first()
        return found


RECORDED = frozenset(
    [
        "referral",
        "enrolment",
        "exit",
        "step",
        "pause",
        "screening",
        "category",
        "scale_reading",
        "income_source",
        "judgement",
        "assignment",
        "decision",
        # told by the rooms of the case worker's week (standing.actions.tell)
        "activity",
        "barrier",
        "contact",
        "document",
        "event",
        "follow_up",
        "goal_review",
        "information",
        "job_goal",
        "mapping_closed",
        "observation",
        "outcome_check",
        "parallel_measure",
        "plan_agreed",
        "report",
        "resource",
        "self_rating",
    ]
)
"""The kinds of facts that the rooms write down today."""


def recordable(event: str) -> bool:
    """Whether a cadence asks for something that can be written down here. What cannot is not asked
    for: a list that is late whatever one does teaches people not to read it."""
    return any(kind in RECORDED for kind, _wanted in patterns(event))


_WHAT = {"version": "migrate", "leave": "end"}


def decisions_of(enrolment: Enrolment) -> tuple[StepDecision, ...]:
    """What has been decided, oldest first. One query."""
    # The advice is kilobytes of JSON for whoever opens the decision itself.
    rows = StepDecision.objects.filter(enrolment=enrolment).defer("advice")
    return tuple(rows.order_by("created_at", "id"))


def case(enrolment: Enrolment) -> tuple[Fact, ...]:
    """Every dated fact of the enrolment, decisions included. Two queries."""
    return case_with(enrolment, decisions_of(enrolment))


def cases(enrolments: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[Fact, ...]]:
    """The same for many enrolments at once. Two queries."""
    keys = list(enrolments)
    decided: dict[uuid.UUID, list[StepDecision]] = {key: [] for key in keys}
    rows = StepDecision.objects.filter(enrolment__in=keys).defer("advice")
    for row in rows.order_by("created_at", "id"):
        decided[row.enrolment_id].append(row)
    found = standing.cases(keys)
    return {key: _joined(found[key], decided[key]) for key in keys}


def case_with(enrolment: Enrolment, decisions: Iterable[StepDecision]) -> tuple[Fact, ...]:
    """The same for a page that has read the decisions already. One query."""
    return _joined(standing.case(enrolment.pk), decisions)


def _joined(facts: tuple[Fact, ...], decisions: Iterable[StepDecision]) -> tuple[Fact, ...]:
    decided = tuple(_fact(row) for row in decisions if row.kind != StepDecision.Kind.STAY)
    return tuple(sorted((*facts, *decided), key=lambda fact: (fact.on, fact.kind)))


def _fact(row: StepDecision) -> Fact:
    values = {
        "what": _WHAT.get(row.kind, "step"),
        "ladder": row.ladder,
        "to": row.to_step,
        "grounds": row.grounds,
        "own_words": row.own_words,
    }
    said = {name: value for name, value in values.items() if value}
    return Fact(on=row.effective_on, kind="decision", values=said)


def judged(enrolment: Enrolment, *, on: dt.date) -> Standing:
    model = programmes({enrolment.programme_id})[enrolment.programme_id]
    decisions = decisions_of(enrolment)
    facts = case_with(enrolment, decisions)
    return Standing(enrolment, model, facts, judgement(model, facts, on), decisions)
