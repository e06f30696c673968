"""The road out, and the proposals of who could go where."""

from __future__ import annotations

from stegvis.journey.placements.models.road import (
    BEST,
    WORST,
    Adjustment,
    DropOut,
    DropOutException,
    EarlyTrial,
    FirstMeasures,
    Match,
    MatchProfile,
    MatchQuerySet,
    Placement,
    PlacementDecision,
    PlacementLine,
    PlacementQuerySet,
    Reminder,
    Said,
    Visit,
    VisitQuerySet,
)
from stegvis.journey.placements.models.rounds import (
    MatchRound,
    RoundOpening,
    RoundPerson,
)

__all__ = [
    "BEST",
    "WORST",
    "Adjustment",
    "DropOut",
    "DropOutException",
    "EarlyTrial",
    "FirstMeasures",
    "Match",
    "MatchProfile",
    "MatchQuerySet",
    "MatchRound",
    "Placement",
    "PlacementDecision",
    "PlacementLine",
    "PlacementQuerySet",
    "Reminder",
    "RoundOpening",
    "RoundPerson",
    "Said",
    "Visit",
    "VisitQuerySet",
]
