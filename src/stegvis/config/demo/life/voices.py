"""What people have said on their own pages: late, ill, call me, a few words, and how they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, days, working_day

DAYS, OF_TEN = 21, 3
MINUTES = (5, 15, 15, 30)
KINDS = ("late", "late", "late", "sick", "call", "words")


def voices(made: Plan, going: Sequence[Case]) -> None:
    """About three in ten use their page; most of what they have said has been heard."""
    for case in going:
        if made.rng.randrange(10) < OF_TEN:
            _moods(made, case)
            for _turn in range(made.rng.randrange(1, 4)):
                _message(made, case, made.rng.randrange(0, DAYS))
            if made.some(0.5) and case.step:
                _placing(made, case)


def _day(made: Plan, ago: int) -> dt.date:
    return min(working_day(made.today - days(ago)), made.today)


def _message(made: Plan, case: Case, ago: int) -> None:
    on, kind = _day(made, ago), made.rng.choice(KINDS)
    if on < case.enrolment["since"]:
        return
    heard = ago > 1 or made.some(0.4)
    row = case.dated(
        "voices.Message",
        on,
        kind=kind,
        on=on,
        minutes=made.rng.choice(MINUTES) if kind == "late" else None,
        words=made.rng.choice(case.texts["voices"]["words"]) if kind == "words" else "",
    )
    if heard:
        row["heard_by_id"] = case.worker
        row["heard_at"] = row["created_at"] + dt.timedelta(minutes=made.rng.randrange(2, 90))
        answers = case.texts["voices"]["answers"]
        row["answer"] = made.rng.choice(answers) if kind in {"words", "call"} else ""


def _moods(made: Plan, case: Case) -> None:
    for ago in range(DAYS, -1, -4):
        on = _day(made, ago)
        if on >= case.enrolment["since"] and made.some(0.6):
            case.dated("voices.Mood", on, face=made.rng.choice((2, 3, 3, 4, 4, 4, 5)), on=on)


def _placing(made: Plan, case: Case) -> None:
    """Most say what the decision says; some feel one step ahead, some one behind."""
    steps = case.programme.primary.steps
    here = case.step.ordinal if case.step else 1
    wanted = here + made.rng.choice((0, 0, 0, 1, -1))
    step = steps[min(max(wanted, 1), len(steps)) - 1]
    on = _day(made, 5)
    if on >= case.enrolment["since"]:
        case.dated(
            "voices.Placing",
            on,
            ladder=case.programme.primary.code,
            step=step.code,
            ordinal=step.ordinal,
            on=on,
        )
