"""The verbs of the plan: writing it, agreeing on it, following it, and what goes on beside it."""

from stegvis.journey.plans.actions.agreeing import (
    acknowledge,
    answer,
    disagree,
    say_words,
    take_back,
)
from stegvis.journey.plans.actions.beside import (
    NewChoice,
    NewMeasure,
    answer_measure,
    ask_measure,
    begin_measure,
    choose,
    end_measure,
    need_support,
)
from stegvis.journey.plans.actions.following import mark_activity, review_goal
from stegvis.journey.plans.actions.writing import Clashing, NewGoal, Seen, add_goal, save

__all__ = [
    "Clashing",
    "NewChoice",
    "NewGoal",
    "NewMeasure",
    "Seen",
    "acknowledge",
    "add_goal",
    "answer",
    "answer_measure",
    "ask_measure",
    "begin_measure",
    "choose",
    "disagree",
    "end_measure",
    "mark_activity",
    "need_support",
    "review_goal",
    "save",
    "say_words",
    "take_back",
]
