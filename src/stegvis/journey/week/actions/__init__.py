"""The verbs of the room."""

from stegvis.journey.week.actions.planning import (
    NewSlot,
    copy_week,
    end_apart,
    end_lead,
    go_through,
    keep_apart,
    lead,
    plan,
    publish,
    take,
    wish,
)
from stegvis.journey.week.actions.proposals import Absence, ask, cancel, take_over, throw, undo

__all__ = [
    "Absence", "NewSlot", "ask", "cancel", "copy_week", "end_apart", "end_lead", "go_through",
    "keep_apart", "lead", "plan", "publish", "take", "take_over", "throw", "undo", "wish",
]  # fmt: skip
