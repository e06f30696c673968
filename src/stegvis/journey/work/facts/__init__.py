"""What the room knows, in a query or two."""

from stegvis.journey.work.facts.hours import Expected, hours_on
from stegvis.journey.work.facts.tried import Tried, language_left, task_names, tasks_of, tried

__all__ = [
    "Expected",
    "Tried",
    "hours_on",
    "language_left",
    "task_names",
    "tasks_of",
    "tried",
]
