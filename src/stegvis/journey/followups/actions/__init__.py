"""The verbs of talks: what was said, followed up, sought, and how it went afterwards."""

from stegvis.journey.followups.actions.jobs import (
    NewJobSearch,
    answer_job_search,
    log_job_search,
    say_ready_soon,
)
from stegvis.journey.followups.actions.leaving import (
    NewEvaluation,
    NewNeed,
    answer_need,
    check_outcome,
    evaluate,
    tie_after,
)
from stegvis.journey.followups.actions.reviews import NewFollowUp, NewPulse, follow_up
from stegvis.journey.followups.actions.talks import (
    NewContact,
    contact,
    correct_note,
    note,
    part_of,
)

__all__ = [
    "NewContact",
    "NewEvaluation",
    "NewFollowUp",
    "NewJobSearch",
    "NewNeed",
    "NewPulse",
    "answer_job_search",
    "answer_need",
    "check_outcome",
    "contact",
    "correct_note",
    "evaluate",
    "follow_up",
    "log_job_search",
    "note",
    "part_of",
    "say_ready_soon",
    "tie_after",
]
