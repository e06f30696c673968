"""What the room knows, in a query or two."""

from stegvis.journey.placements.facts.answers import Answer, OpeningFit
from stegvis.journey.placements.facts.early import early_days, trial_of
from stegvis.journey.placements.facts.fitting import LIMITS, fits_for, lacking
from stegvis.journey.placements.facts.lists import (
    Inside,
    Needing,
    OpenSearch,
    long_inside,
    needs_place,
    open_searches,
    reminder,
)
from stegvis.journey.placements.facts.site import employees, grade_of, placed_at
from stegvis.journey.placements.facts.starting import Starting, started

__all__ = [
    "LIMITS",
    "Answer",
    "Inside",
    "Needing",
    "OpenSearch",
    "OpeningFit",
    "Starting",
    "early_days",
    "employees",
    "fits_for",
    "grade_of",
    "lacking",
    "long_inside",
    "needs_place",
    "open_searches",
    "placed_at",
    "reminder",
    "started",
    "trial_of",
]
