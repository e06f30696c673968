"""What the room knows: a unit's week, one person's, and what a planner needs to know of them."""

from stegvis.journey.week.facts.board import (
    USUAL,
    Areas,
    Board,
    Open,
    OwnWeek,
    areas_open,
    board,
    days_of,
    halves,
    open_in,
    own_areas,
    own_week,
    own_weeks,
    times,
)
from stegvis.journey.week.facts.states import state_of, states

__all__ = [
    "USUAL", "Areas", "Board", "Open", "OwnWeek", "areas_open", "board", "days_of", "halves",
    "open_in", "own_areas", "own_week", "own_weeks", "state_of", "states", "times",
]  # fmt: skip
