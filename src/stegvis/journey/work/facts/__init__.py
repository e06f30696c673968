"""What the room knows, in a query or two."""

from stegvis.journey.work.facts.fits import (
    Against,
    Known,
    TaskFit,
    known_of,
    limits_of,
    speaks_against,
    task_fit,
    tasks_in,
    what_fits,
)
from stegvis.journey.work.facts.given import lacking, other_owners, step_of
from stegvis.journey.work.facts.hours import Expected, hours_on
from stegvis.journey.work.facts.offers import Offer, chosen_areas, offers, saw_all
from stegvis.journey.work.facts.tried import Tried, language_left, task_names, tasks_of, tried

__all__ = [
    "Against",
    "Expected",
    "Known",
    "Offer",
    "TaskFit",
    "Tried",
    "chosen_areas",
    "hours_on",
    "known_of",
    "lacking",
    "language_left",
    "limits_of",
    "offers",
    "other_owners",
    "saw_all",
    "speaks_against",
    "step_of",
    "task_fit",
    "task_names",
    "tasks_in",
    "tasks_of",
    "tried",
    "what_fits",
]
