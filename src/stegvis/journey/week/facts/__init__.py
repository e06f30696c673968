"""What the room knows: a unit's week, one person's, and what a planner needs to know of them."""

from stegvis.journey.week.facts.board import (
    Areas,
    Board,
    Open,
    areas_open,
    board,
    days_of,
    halves,
    open_in,
    own_week,
    working_days,
)
from stegvis.journey.week.facts.states import state_of, states

__all__ = [
    "Areas", "Board", "Open", "areas_open", "board", "days_of", "halves", "open_in", "own_week",
    "state_of", "states", "working_days",
]  # fmt: skip
