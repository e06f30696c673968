"""Asta, a case worker, at work with the person called "own"; hours in one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.work.actions import DayHours, NewHours
from tests.cast.people import Cast

Work = Callable[..., Any]
EVERY_DAY = (1, 2, 3, 4, 5)


@pytest.fixture
def asta(cast: Cast, at_work: Work) -> Iterator[Any]:
    with at_work(cast["asta"]):
        yield cast["asta"].actor


@pytest.fixture
def enrolment(cast: Cast, asta: Any) -> Enrolment:
    row: Enrolment = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
    return row


def hours(
    since: dt.date, start: int, end: int, *, days: tuple[int, ...] = EVERY_DAY, rest: int = 0
) -> NewHours:
    """The same hours, by the clock, on each of the days."""
    each = (DayHours(day, dt.time(start), dt.time(end), rest) for day in days)
    return NewHours(since, tuple(each))


def next_open(cast: Cast, weekday: int, *, after: int = 0) -> dt.date:
    """The first such weekday of an ordinary week, well away from holidays: in February."""
    day = dt.date(cast.on.year + 1, 2, 2) + dt.timedelta(days=after)
    return day + dt.timedelta(days=(weekday - day.isoweekday()) % 7)
