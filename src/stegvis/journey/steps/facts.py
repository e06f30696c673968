"""What a decision rests on: the case as the core reads it, and the core's judgement of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from stegvis.core.programme.model import Programme
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.judgement import Judgement, judgement
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.facts import programmes
from stegvis.journey.standing import facts as standing
from stegvis.journey.steps.models import StepDecision


@dataclass(frozen=True, slots=True)
class Standing:
    """One enrolment, judged on a day."""

    enrolment: Enrolment
    programme: Programme
    case: tuple[Fact, ...]
    judged: Judgement


def case(enrolment: Enrolment) -> tuple[Fact, ...]:
    """Every dated fact of the enrolment, decisions included. Two queries."""
    decided = StepDecision.objects.filter(enrolment=enrolment).exclude(kind="stay")
    rows = decided.values_list("effective_on", "kind", "ladder", "to_step", "grounds", "own_words")
    decisions = tuple(
        Fact(
            on=on,
            kind="decision",
            values={
                "what": _WHAT.get(kind, "step"),
                "ladder": ladder,
                "to": to,
                "grounds": grounds,
                "own_words": words,
            },
        )
        for on, kind, ladder, to, grounds, words in rows.order_by("created_at", "id")
    )
    return tuple(sorted((*standing.case(enrolment.pk), *decisions), key=lambda f: (f.on, f.kind)))


_WHAT = {"version": "migrate", "leave": "end"}


def judged(enrolment: Enrolment, *, on: dt.date) -> Standing:
    model = programmes({enrolment.programme_id})[enrolment.programme_id]
    facts = case(enrolment)
    return Standing(enrolment, model, facts, judgement(model, facts, on))
