"""What the room knows: a unit's week, one person's, and what a planner needs to know of them."""

from stegvis.journey.week.facts.board import (
    USUAL,
    Areas,
    Board,
    Open,
    areas_open,
    board,
    days_of,
    halves,
    open_in,
    own_week,
    times,
    working_days,
)
from stegvis.journey.week.facts.states import state_of, states

__all__ = [
    "USUAL", "Areas", "Board", "Open", "areas_open", "board", "days_of", "halves", "open_in",
    "own_week", "state_of", "states", "times", "working_days",
]  # fmt: skip
