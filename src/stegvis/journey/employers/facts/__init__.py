"""What other rooms ask of companies. Nothing here knows a participant."""

from stegvis.journey.employers.facts.register import (
    EDITORS,
    READERS,
    Crew,
    ambassadors,
    ambassadors_at,
    areas,
    companies,
    crews,
    grade,
    openings,
)
from stegvis.journey.employers.facts.talking import (
    Knocks,
    employees,
    knocks,
    paused,
    rule,
    silent,
)

__all__ = [
    "EDITORS", "READERS", "Crew", "Knocks", "ambassadors", "ambassadors_at", "areas", "companies",
    "crews", "employees", "grade", "knocks", "openings", "paused", "rule", "silent",
]  # fmt: skip
