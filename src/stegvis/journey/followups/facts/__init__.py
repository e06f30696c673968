"""What the rooms after this one and the portals ask about talks and follow-ups."""

from stegvis.journey.followups.facts.counted import (
    Dose,
    Kept,
    PulseCell,
    dose,
    evaluations,
    exit_reasons,
    gaps,
    kept_in_work,
    pulse_trend,
)
from stegvis.journey.followups.facts.known import (
    AfContact,
    Since,
    af_contact,
    ask_again_on,
    current_step,
    job_search_count,
    may_seek,
    open_needs,
    ready_soon,
    self_ratings,
    since_last,
)

__all__ = [
    "AfContact",
    "Dose",
    "Kept",
    "PulseCell",
    "Since",
    "af_contact",
    "ask_again_on",
    "current_step",
    "dose",
    "evaluations",
    "exit_reasons",
    "gaps",
    "job_search_count",
    "kept_in_work",
    "may_seek",
    "open_needs",
    "pulse_trend",
    "ready_soon",
    "self_ratings",
    "since_last",
]
