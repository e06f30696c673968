"""When people come, which tasks they have tried, and what trains the language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from stegvis.config.demo.case import Case
from stegvis.config.demo.plan import Plan, days, working_day

STARTS = (dt.time(7), dt.time(8), dt.time(8, 30), dt.time(9))
SHORT = 4  # hours without a break
LENGTHS = (3, 4, 5, 6, 7)  # hours a day
CAN = ("alone", "with_support", "with_support", "not_now")
LIKED = ("yes", "yes", "so_so", "no", "")
LATELY = (19, 12, 5)


def work(made: Plan, going: Sequence[Case]) -> None:
    for case in going:
        began = case.enrolment["since"]
        _hours(made, case, began)
        if made.some(0.6):
            _tried(made, case, began)


def _hours(made: Plan, case: Case, began: dt.date) -> None:
    """Most have had the same hours all the way; some have more now than they began with."""
    since = max(began, made.today - days(200))
    start, length = made.rng.choice(STARTS), made.rng.choice(LENGTHS)
    more = made.today - days(21)
    grown = since < more and made.some(0.3)
    _set(case, since, more if grown else None, start, max(2, length - 2) if grown else length)
    if grown:
        _set(case, more, None, start, length)


def usual_day(case: Case, on: dt.date) -> tuple[dt.time, int]:
    """When somebody begins, and how many minutes they work: every day of their week is the same."""
    rows = [row for row in case.of("work.WorkingTime") if row["until"] is None or row["until"] > on]
    first = next(row for row in case.of("work.WorkingDay") if row["time_id"] == rows[0]["id"])
    return first["start"], rows[0]["minutes"] // 5


def _set(case: Case, since: dt.date, until: dt.date | None, start: dt.time, length: int) -> None:
    rest = 30 if length > SHORT else 0
    row = case.dated(
        "work.WorkingTime",
        since,
        since=since,
        until=until,
        minutes=5 * (length * 60 - rest),
        by_id=case.worker,
    )
    end = dt.time(start.hour + length, start.minute)
    for weekday in range(1, 6):
        case.add(
            "work.WorkingDay",
            since,
            time_id=row["id"],
            weekday=weekday,
            start=start,
            end=end,
            break_minutes=rest,
        )


def _tried(made: Plan, case: Case, began: dt.date) -> None:
    vocabulary = case.programme.vocabularies.get("tasks")
    codes = [term.code for term in vocabulary.terms] if vocabulary else []
    if not codes:
        return
    for back, task in zip(LATELY, made.rng.sample(codes, k=len(LATELY)), strict=True):
        day = working_day(made.today - days(back))
        if not began < day <= made.today:
            continue
        row = case.dated(
            "work.TaskTrial",
            day,
            task=task,
            since=day,
            until=day,
            can_do=made.rng.choice(CAN),
            liked=made.rng.choice(LIKED),
            by_id=case.worker,
        )
        case.tell("activity", row, day, what="task_tried")
