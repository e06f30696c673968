"""Small hands for the tests of the plan: a text, a draft, and both saying yes."""

from __future__ import annotations

import uuid
from typing import Any

from stegvis.core.progression.plans import ACTION, GOAL, HEAD
from stegvis.core.values.merging import Document
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.plans import actions, facts
from stegvis.journey.plans.actions import Seen
from stegvis.journey.plans.models import PlanVersion
from tests.cast.people import Cast, Colleague

MAIN, SUB, DOING = (uuid.UUID(int=n + 1) for n in range(3))


def goal(text: str = "Ett jobb i ett kök", **fields: str) -> dict[str, str]:
    given = dict.fromkeys(facts.GOAL_FIELDS, "")
    return {**given, "kind": "main", "text": text, "due": "2027-06-30", "source": "talk", **fields}


def action(text: str = "Skriver av schemat", **fields: str) -> dict[str, str]:
    given = dict.fromkeys(facts.ACTION_FIELDS, "")
    return {
        **given, "scope": "individual", "text": text, "owner": "person",
        "due": "2027-01-15", "goal": str(SUB), **fields,
    }  # fmt: skip


def text(**head: str) -> Document:
    """A whole plan: nothing is lacking."""
    given = {
        "situation": "Tränar i köket.", "resources": "Lagar mat hemma.",
        "barriers": "Svårt med tidiga morgnar.", "aim": "work",
    }  # fmt: skip
    return {
        HEAD: {**facts.EMPTY[HEAD], **given, **head},
        f"{GOAL}{MAIN}": goal(),
        f"{GOAL}{SUB}": goal("Hålla min vecka", kind="sub", under=str(MAIN)),
        f"{ACTION}{DOING}": action(),
    }


def enrolment_of(cast: Cast, key: str = "own") -> Enrolment:
    found: Enrolment = Enrolment.enrolments.get(pk=cast.person(key).enrolment)
    return found


def seen(draft: PlanVersion | None) -> Seen:
    return Seen(draft.number, draft.revision) if draft else Seen()


def drafted(
    cast: Cast, who: Colleague, document: Document | None = None, **head: str
) -> PlanVersion:
    """At work: the text saved as the draft there is, whoever wrote it before."""
    row = enrolment_of(cast)
    return actions.save(row, document or text(**head), seen=seen(facts.draft(row)), by=who.actor)


def agreed(cast: Cast, who: Colleague, document: Document | None = None, **head: str) -> Any:
    """At work: drafted, and both have said yes."""
    draft = drafted(cast, who, document, **head)
    actions.acknowledge(draft, by=who.actor, how="paper")
    actions.acknowledge(draft, by=who.actor, how="decided")
    return PlanVersion.versions.get(pk=draft.pk)
