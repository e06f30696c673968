"""Breaks are no work: the one place where the time of somebody's day is counted (KN-52)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

type Span = tuple[dt.time, dt.time]
"""From, until."""


def resting(start: dt.time, end: dt.time, breaks: Iterable[Span]) -> int:
    """Minutes between start and end that lie in a break. Two breaks at once are one."""
    at, last, found = minute(start), minute(end), 0
    for begins, ends in sorted((minute(one), minute(other)) for one, other in breaks):
        rests = min(ends, last) - max(begins, at)
        if rests > 0:
            found, at = found + rests, min(ends, last)
    return found


def worked(start: dt.time, end: dt.time, breaks: Iterable[Span] = (), *, agreed: int = 0) -> int:
    """Minutes of work between start and end. `agreed`: minutes of break somebody has in their own
    hours; they are the same breaks, so the longer of the two counts, never their sum."""
    span = max(0, minute(end) - minute(start))
    return max(0, span - max(agreed, resting(start, end, breaks)))


def minute(at: dt.time) -> int:
    return at.hour * 60 + at.minute
