"""Small hands for the tests of the road: a new person with a referral, a decision in one line."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from stegvis.journey.intake import actions as intake
from stegvis.journey.intake.models import Enrolment, Referral
from stegvis.journey.people.actions import NewPerson, register
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.journey.standing.models import StepPeriod
from stegvis.journey.steps import actions as steps
from stegvis.journey.steps.models import StepDecision
from tests.cast.people import Cast, Colleague

ORDER = intake.Order(verb="train", what="Hålla tider", why="Inför arbete", uses=("job_matching",))
Job = Callable[..., Any]


def a_person(cast: Cast) -> uuid.UUID:
    return register(NewPerson("Nyman", "Provsson"), country="SE", on=cast.on).pk


def a_referral(cast: Cast, person: uuid.UUID | None = None, **fields: Any) -> Referral:
    """Within a job: a referral to Asta's unit, received today, with its purpose."""
    given = {"unit": cast.ekdala.units[0], "referrer_kind": "SOC", "received_on": cast.on}
    new = intake.NewReferral(
        person=person or a_person(cast), **{**given, "orders": (ORDER,), **fields}
    )
    return intake.receive_referral(new)


def an_enrolment(cast: Cast, person: uuid.UUID | None = None, **fields: Any) -> Enrolment:
    """Within a job: accepted and enrolled today in the town's programme, with Asta."""
    referral = a_referral(cast, person)
    intake.accept(referral, by=None, on=cast.on)
    return intake.enrol(referral, enrolling(cast, **fields), by=None)


def enrolling(cast: Cast, **fields: Any) -> intake.NewEnrolment:
    given = {
        "programme": ProgrammeVersion.versions.get(pk=cast.ekdala.version),
        "since": cast.on,
        "agency": "SOC",
        "case_worker": cast["asta"].member,
    }
    return intake.NewEnrolment(**{**given, **fields})


NEW = steps.NewDecision(
    to_step="", effective_on=None, grounds="Vi ser det så.", own_words="Jag vill."
)  # type: ignore[arg-type]


def new(cast: Cast, to_step: str, **fields: Any) -> steps.NewDecision:
    return replace(NEW, **{"to_step": to_step, "effective_on": cast.on, **fields})


def stood_on(enrolment: uuid.UUID | None) -> StepPeriod:
    rows = StepPeriod.periods.standing().filter(enrolment=enrolment, until__isnull=True)
    found: StepPeriod = rows.get()
    return found


def decide(cast: Cast, who: Colleague, key: str, to_step: str, **fields: Any) -> StepDecision:
    """At work: the next decision on what is open now."""
    one = cast.person(key)
    assert one.enrolment is not None
    fields.setdefault("seen", stood_on(one.enrolment).pk)
    return steps.decide(one.enrolment, new(cast, to_step, **fields), by=who.actor)


def steps_of(enrolment: uuid.UUID | None) -> list[tuple[str, bool]]:
    """The periods that count, in order: the step, and whether it is open."""
    rows = StepPeriod.periods.standing().filter(enrolment=enrolment).order_by("since", "id")
    return [(row.step, row.until is None) for row in rows]
