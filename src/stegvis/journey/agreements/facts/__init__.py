"""Questions about agreements."""

from __future__ import annotations

from stegvis.journey.agreements.facts.answers import said_hours, side_by_side
from stegvis.journey.agreements.facts.reading import (
    agreed_minutes,
    in_force,
    latest_signed,
    on_the_way,
    placements_of,
    signed_by,
    versions_of,
)
from stegvis.journey.agreements.facts.shares import shares, told_now
from stegvis.journey.agreements.facts.waiting import calls_waiting, follow_ups_ahead

__all__ = [
    "agreed_minutes",
    "calls_waiting",
    "follow_ups_ahead",
    "in_force",
    "latest_signed",
    "on_the_way",
    "placements_of",
    "said_hours",
    "shares",
    "side_by_side",
    "signed_by",
    "told_now",
    "versions_of",
]
