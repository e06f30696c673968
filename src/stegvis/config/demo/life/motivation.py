"""Talks about a behaviour with one in six of those whose road goes on."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, days, working_day

STAGES = ("precontemplation", "contemplation", "preparation")
ONE_IN = 6


@cache
def _talks(country: str) -> list[dict[str, Any]]:
    file = Path(__file__).with_name("motivation.toml")
    found: list[dict[str, Any]] = tomllib.loads(file.read_text("utf-8"))[country]["talks"]
    return found


def motivation(made: Plan, going: Sequence[Case]) -> None:
    for case in going[::ONE_IN]:
        agreed = working_day(made.today - days(made.rng.randint(36, 50)))
        if agreed <= case.enrolment["since"]:
            continue
        _talk(made, case, made.rng.choice(_talks(made.country)), agreed)


def _talk(made: Plan, case: Case, told: dict[str, Any], agreed: dt.date) -> None:
    says: dict[str, Any] = {"by_id": case.worker}
    row = case.dated(
        "motivation.TargetBehaviour",
        agreed,
        behaviour=told["behaviour"],
        context=told["context"],
        frequency=told["frequency"],
        problem=told["problem"],
        proposed_by=made.rng.choice(("person", "staff")),
        agreed_on=agreed,
        **says,
    )
    about = {"behaviour_id": row["id"], **says}
    importance, confidence = made.rng.randint(1, 4), made.rng.randint(1, 4)
    reached = made.rng.randint(1, len(STAGES))
    for turn in range(4):
        day = working_day(agreed + days(11 * turn))
        if day > made.today:
            return
        case.add(
            "motivation.Ruler",
            day,
            on=day,
            importance=importance,
            confidence=confidence,
            **about,
        )
        importance = min(importance + made.rng.randint(0, 2), 10)
        confidence = min(confidence + made.rng.randint(0, 1), 10)
        if turn < reached:
            sign = told["signs"][turn]
            case.add("motivation.Stage", day, on=day, stage=STAGES[turn], sign=sign, **about)
        if turn == 1:
            _tools(case, told, day, about)


def _tools(case: Case, told: dict[str, Any], day: dt.date, about: dict[str, Any]) -> None:
    fields = ("now_good", "now_less", "change_good", "change_less")
    cross = dict(zip(fields, told["cross"], strict=True))
    case.add(
        "motivation.Cross", day, on=day, areas=["body", "money"], shared=True, **cross, **about
    )
    parts = ("situation", "act", "consequence", "reinforcer")
    seen = dict(zip(parts, told["analysis"], strict=True))
    case.add("motivation.Analysis", day, on=day, **seen, **about)
    situation, instead = told["coping"]
    case.add("motivation.Coping", day, on=day, situation=situation, instead=instead, **about)
