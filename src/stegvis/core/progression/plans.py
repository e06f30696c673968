"""What a plan lacks, and which of its goals nobody has looked at for too long.

A plan is a document (core/values/merging): the unit `plan` is its head, `goal:…` and `action:…`
its goals and what is to be done. What is lacking is said; a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from stegvis.core.programme.model import Programme
from stegvis.core.progression.dues import amount
from stegvis.core.values.merging import Document, Unit
from stegvis.core.values.periods import Period

HEAD = "plan"
GOAL, ACTION = "goal:", "action:"
DATES = "plan_dates_required"
"""The setting of a programme that refuses goals and individual activities without a date."""
INTERVALS = 2  # AJ-48: a goal is forgotten when two follow-ups have passed it by
REVIEWS = ("goal_review", "goal_follow_up")


def dates_required(programme: Programme) -> bool:
    setting = programme.settings.get(DATES)
    return bool(setting and setting.value)


def units(plan: Document, sort: str) -> dict[str, Unit]:
    """The goals or the actions of a plan by their own key."""
    return {key.removeprefix(sort): unit for key, unit in plan.items() if key.startswith(sort)}


def lacking(plan: Document) -> tuple[str, ...]:
    """What a plan should have before it applies, as codes, in the order one would write it."""
    head, goals = plan.get(HEAD, {}), units(plan, GOAL).values()
    barriers = bool(head.get("barriers") or head.get("no_barriers"))
    main = any(goal.get("kind") != "sub" for goal in goals)
    found = {
        "situation": bool(head.get("situation")),
        "resources": bool(head.get("resources")),
        "barriers": barriers,
        "aim": bool(head.get("aim")),
        "goal": main,
        "sub_goal": any(goal.get("kind") == "sub" for goal in goals),
        "dates": all(goal.get("due") for goal in goals),
    }
    return tuple(code for code, is_there in found.items() if not is_there)


def undated(plan: Document) -> tuple[str, ...]:
    """The units that a programme with set times refuses: goals, and what one person is to do."""
    return tuple(
        key
        for key, unit in plan.items()
        if not unit.get("due")
        and (key.startswith(GOAL) or (key.startswith(ACTION) and unit.get("scope") != "general"))
    )


def review_days(programme: Programme) -> int | None:
    """How often the programme looks at goals; None where it sets no time."""
    for cadence in programme.cadences:
        if cadence.event not in REVIEWS:
            continue
        weeks = amount(programme, cadence.every.get("weeks"))
        days = amount(programme, cadence.every.get("days"))
        months = amount(programme, cadence.every.get("months"))
        if weeks or days or months:
            return int((weeks or 0) * 7 + (days or 0) + (months or 0) * 31)
    return None


def forgotten(
    set_on: date, reviews: Iterable[date], *, every: int | None, on: date, pauses: Iterable[Period]
) -> bool:
    """Whether a goal has not been looked at in two intervals (AJ-48). Days of a pause do not
    count; a review that lies ahead is none."""
    if every is None:
        return False
    last = max((day for day in reviews if set_on <= day <= on), default=set_on)
    waited = (on - last).days - sum(_within(pause, last, on) for pause in _apart(pauses))
    return waited > INTERVALS * every


def _within(pause: Period, last: date, on: date) -> int:
    """Days of the pause after `last`, up to and with `on`."""
    since = max(pause.since, last + timedelta(days=1))
    until = min(pause.until or date.max, on + timedelta(days=1))
    return max((until - since).days, 0)


def _apart(pauses: Iterable[Period]) -> list[Period]:
    """The pauses without what two of them share."""
    found: list[Period] = []
    for pause in sorted(pauses, key=lambda one: one.since):
        last = found[-1].until if found else date.min
        if last is None:
            break
        since = max(pause.since, last)
        if pause.until is None or since < pause.until:
            found.append(Period(since, pause.until))
    return found
