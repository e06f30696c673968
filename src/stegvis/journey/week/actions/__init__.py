"""The verbs of the room."""

from stegvis.journey.week.actions.aims import aim
from stegvis.journey.week.actions.feeds import end_feed, feed_of, open_feed, token_of
from stegvis.journey.week.actions.planning import (
    NewSlot,
    copy_week,
    end_apart,
    end_lead,
    go_through,
    keep_apart,
    lead,
    plan,
    plan_own,
    publish,
    take,
    week_told,
    wish,
)
from stegvis.journey.week.actions.proposals import Absence, ask, cancel, take_over, throw, undo

__all__ = [
    "Absence", "NewSlot", "aim", "ask", "cancel", "copy_week", "end_apart", "end_feed", "end_lead",
    "feed_of", "go_through", "keep_apart", "lead", "open_feed", "plan", "plan_own",
    "publish", "take", "take_over", "throw", "token_of", "undo", "week_told", "wish",
]  # fmt: skip
