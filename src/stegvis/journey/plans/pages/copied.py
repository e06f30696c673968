"""What the mapping knows already, to be copied into the draft by whoever writes it: nothing is
entered twice, and nothing is copied that the writer may not read.

The plan is read by more people than the mapping is. So nothing goes by itself: what would be copied
is shown first, what concerns health or money stays where it is, and barriers go only in the
person's own terms.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from stegvis.core.progression.plans import GOAL, HEAD, units
from stegvis.core.values.merging import Document
from stegvis.journey.mapping.facts import job_goal, life_entries, situation
from stegvis.journey.mapping.models import JobGoal, LifeEntry
from stegvis.journey.plans import facts
from stegvis.journey.plans.models import Goal
from stegvis.platform.access.authority import may
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.journal.visit import Visit
from stegvis.platform.tenancy.keys import uuid7

SHARED = frozenset({"work", "education", "language", "home", "leisure", "transport", "future"})
"""Areas of life that a press may bring to those who read the plan. Body, mind, money, relations and
any area that is not named here stay in the mapping."""
CITIZEN = "citizen"
FIRST_LOOK = dt.timedelta(weeks=26)  # ours: a job goal's date where the programme asks for one


@dataclass(frozen=True, slots=True)
class Known:
    """Lines that are not in the draft yet. False where there is nothing to copy."""

    resources: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    goal: JobGoal | None = None

    def __bool__(self) -> bool:
        return bool(self.resources or self.barriers or self.goal)


def offered(row: Any, visit: Visit, text: Document) -> Known:
    """Two queries, one for who may not read the life areas."""
    on, person = visit.scope.on, row.person_id
    reads = may(visit.actor, Act.READ, person, FieldClass.SENSITIVE, on=on)
    said = situation(life_entries(row) if reads else ())
    head = text[HEAD]
    goal = job_goal(row)
    there = {unit["source_key"] for unit in units(text, GOAL).values()}
    return Known(
        resources=tuple(_lines(said.resources, head["resources"])),
        barriers=tuple(_lines((one for one in said.barriers if _own_terms(one)), head["barriers"])),
        goal=goal if goal and str(goal.pk) not in there else None,
    )


def _own_terms(row: LifeEntry) -> bool:
    return row.source == CITIZEN and row.state != LifeEntry.State.SOLVED


def _lines(rows: Any, there: str) -> list[str]:
    return [row.text for row in rows if row.area in SHARED and row.text not in there]


def filled(text: Document, known: Known, *, on: dt.date, dates: bool) -> Document:
    """The draft with the lines after what was typed; nothing typed is written over."""
    head = dict(text[HEAD])
    for name, lines in (("resources", known.resources), ("barriers", known.barriers)):
        head[name] = "\n".join(part for part in (head[name].strip(), *lines) if part)
    if known.barriers:
        head["no_barriers"] = ""
    found: Document = {**text, HEAD: head}
    if known.goal is None:
        return found
    unit = dict.fromkeys(facts.GOAL_FIELDS, "") | {
        "kind": Goal.Kind.JOB.value,
        "text": known.goal.text,
        "source": Goal.Source.MAPPING.value,
        "source_key": str(known.goal.pk),
        "due": (on + FIRST_LOOK).isoformat() if dates else "",
    }
    return {**found, f"{GOAL}{uuid7()}": unit}
