"""What the room knows, in a query or two."""

from stegvis.journey.work.facts.given import lacking, other_owners, step_of
from stegvis.journey.work.facts.hours import Expected, hours_on
from stegvis.journey.work.facts.tried import Tried, language_left, task_names, tasks_of, tried

__all__ = [
    "Expected",
    "Tried",
    "hours_on",
    "lacking",
    "language_left",
    "other_owners",
    "step_of",
    "task_names",
    "tasks_of",
    "tried",
]
