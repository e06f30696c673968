"""Small hands for the tests of talks: the enrolment of one of the cast, a follow-up in one line."""

from __future__ import annotations

from typing import Any

from stegvis.journey.followups import actions
from stegvis.journey.followups.models import FollowUp
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.models import DatedFact
from tests.cast.people import Cast


def road(cast: Cast, key: str = "own") -> Enrolment:
    """At work: the enrolment."""
    key_of = cast.person(key).enrolment
    assert key_of is not None
    found: Enrolment = Enrolment.enrolments.get(pk=key_of)
    return found


def new(cast: Cast, **said: Any) -> actions.NewFollowUp:
    given = {"kind": FollowUp.Kind.WEEKLY, "on": cast.on, "participants": ("participant",)}
    return actions.NewFollowUp(**{**given, **said})


def told(row: Any) -> dict[str, Any]:
    """What the core was told of a row: kind and values."""
    facts = DatedFact.objects.filter(source=row.pk, struck=False).order_by("kind")
    return {fact.kind: fact.values for fact in facts}
