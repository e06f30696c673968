"""How far ahead somebody plans their own days, and what came of it (AJ-26, AJ-31)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

type HalfDay = tuple[date, str]


def own_days(
    own: Collection[HalfDay],
    others: Collection[HalfDay],
    taken: Collection[HalfDay] = (),
    free: Collection[HalfDay] | None = None,
) -> frozenset[date]:
    """The days somebody has planned alone: nothing of the day is planned by another, and every half
    day they can be there is planned, or taken by something else. `free`: the half days they can be
    there by their hours; None: not known, and then any plan of the day is the day's."""
    planned, not_own = {day for day, _half in own}, {day for day, _half in others}
    filled = {*own, *taken}
    left = set() if free is None else {day for day, half in free if (day, half) not in filled}
    return frozenset(planned - not_own - left)


def horizon(days: Collection[date], working: Sequence[date]) -> int:
    """How many working days on end: a day off between two of them breaks nothing."""
    longest = run = 0
    for day in sorted(working):
        run = run + 1 if day in days else 0
        longest = max(longest, run)
    return longest


def carried_out(days: Collection[date], came: Mapping[date, bool]) -> int | None:
    """On how many of the days that were planned alone somebody came. None while one of them is not
    marked and the rest were kept: nobody knows yet; a day that was missed is known at once."""
    done = sum(came.get(day, False) for day in days)
    unmarked = sum(day not in came for day in days)
    return None if unmarked and done + unmarked == len(days) else done
