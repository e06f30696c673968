"""What counts as an event of a programme's cadences and milestones.

An event is the name of a fact kind, one of the names below (a kind with what its values must
hold), or what a fact of the kind `event` is about. A required list must be contained in the fact's
list; any other value must be equal, or one of several when a tuple of codes is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stegvis.core.progression.facts import Fact
from stegvis.core.progression.kinds import KINDS

type Pattern = tuple[str, Mapping[str, Any]]

EVENTS: Mapping[str, tuple[Pattern, ...]] = {
    "follow_up_three_party": (
        ("follow_up", {"participants": ["participant", "work_supervisor", "case_worker"]}),
    ),
    "goal_follow_up": (("follow_up", {"what": "goals"}), ("goal_review", {})),
    "mediator_contact": (
        ("contact", {"by": "job_mediator"}),
        ("follow_up", {"by": "job_mediator"}),
    ),
    "referrer_report": (("report", {"to": "referrer"}),),
    "feedback_report": (("report", {"to": "enrolling_agency"}),),
    "schedule_week": (("planned_week", {}),),
    "attendance_list": (("attendance", {}),),
    "first_activity": (
        ("activity", {}),
        ("attendance", {"status": ("present", "late")}),
        ("placement", {}),
        ("visit", {}),
    ),
    "group_breakfast": (("activity", {"what": "breakfast"}),),
    "placement_start": (("placement", {}),),
    "screening_talk": (("screening", {}),),
    "mediator_offered": (("assignment", {"role": "job_mediator", "state": "offered"}),),
    "mediator_assigned": (("assignment", {"role": "job_mediator", "state": "assigned"}),),
}


def patterns(event: str) -> tuple[Pattern, ...]:
    """The patterns of an event's name: of the list above, a kind, or else what an `event` holds."""
    known = EVENTS.get(event)
    if known is None:
        known = ((event, {}),) if event in KINDS else (("event", {"what": event}),)
    return known


def holds(fact: Fact, wanted: Mapping[str, Any]) -> bool:
    """Whether the fact's values hold what is wanted."""
    values = fact.values
    for name, want in wanted.items():
        have = values.get(name)
        if isinstance(want, list):
            if not (isinstance(have, list | tuple) and set(want) <= set(have)):
                return False
        elif isinstance(want, tuple):
            if have not in want:
                return False
        elif isinstance(have, list | tuple):
            if want not in have:
                return False
        elif have != want:
            return False
    return True
