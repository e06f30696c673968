"""The verbs of the room."""

from stegvis.journey.placements.actions.deciding import (
    NewTurn,
    begin_placement,
    end_placement,
    extend_placement,
)
from stegvis.journey.placements.actions.dropping import (
    NewDropOut,
    NewException,
    drop_out,
    set_exception,
)
from stegvis.journey.placements.actions.first import (
    NewMeasures,
    NewTrial,
    plan_first,
    register_trial,
    set_reminder,
)
from stegvis.journey.placements.actions.law import LawRefuses
from stegvis.journey.placements.actions.matching import (
    NewMatch,
    adjust,
    answer_for_company,
    answer_match,
    propose_match,
    set_aside,
)
from stegvis.journey.placements.actions.placing import NewLine, NewPlacement, place
from stegvis.journey.placements.actions.visiting import (
    NewVisit,
    call_off,
    judge_visit,
    plan_visit,
    say_visit,
    write_profile,
)

__all__ = [
    "LawRefuses",
    "NewDropOut",
    "NewException",
    "NewLine",
    "NewMatch",
    "NewMeasures",
    "NewPlacement",
    "NewTrial",
    "NewTurn",
    "NewVisit",
    "adjust",
    "answer_for_company",
    "answer_match",
    "begin_placement",
    "call_off",
    "drop_out",
    "end_placement",
    "extend_placement",
    "judge_visit",
    "place",
    "plan_first",
    "plan_visit",
    "propose_match",
    "register_trial",
    "say_visit",
    "set_aside",
    "set_exception",
    "set_reminder",
    "write_profile",
]
