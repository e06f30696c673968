"""What is written down of where someone starts, one verb each."""

from __future__ import annotations

from stegvis.journey.mapping.actions.closing import NewAssessment, close_mapping
from stegvis.journey.mapping.actions.goal import NewGoal, NewInterview, set_job_goal
from stegvis.journey.mapping.actions.library import (
    CardText,
    add_card,
    change_card,
    retire_card,
    take_in_starters,
)
from stegvis.journey.mapping.actions.life import (
    EntryText,
    change_entry,
    change_words,
    note_entry,
    note_words,
)
from stegvis.journey.mapping.actions.papers import (
    CredentialText,
    NewPaper,
    change_credential,
    note_credential,
    obtained,
    review_paper,
    write_paper,
)
from stegvis.journey.mapping.actions.told import (
    note_fund,
    note_guidance,
    note_language_need,
    tell_of_methods,
)

__all__ = [
    "CardText",
    "CredentialText",
    "EntryText",
    "NewAssessment",
    "NewGoal",
    "NewInterview",
    "NewPaper",
    "add_card",
    "change_card",
    "change_credential",
    "change_entry",
    "change_words",
    "close_mapping",
    "note_credential",
    "note_entry",
    "note_fund",
    "note_guidance",
    "note_language_need",
    "note_words",
    "obtained",
    "retire_card",
    "review_paper",
    "set_job_goal",
    "take_in_starters",
    "tell_of_methods",
    "write_paper",
]
