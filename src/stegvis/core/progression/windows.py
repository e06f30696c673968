"""The windows of a rule that asks for contact so often, for so long, from a start: which were kept.

Windows run from the start and not with the calendar: from 15 January the third is 15 March to 14
April. One is missed on the day after its last, never before. The rule stops when its time is over,
or with what it ran for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from stegvis.core.programme.model import Cadence, Programme
from stegvis.core.progression import exemptions
from stegvis.core.progression.dues import amount
from stegvis.core.progression.measures import View, wholly_paused
from stegvis.core.progression.road import Road
from stegvis.core.values.periods import Period, add_months, monthly_windows

_DAY = timedelta(days=1)


class Kept(StrEnum):
    MET = "met"
    MISSED = "missed"
    NOW = "now"
    AHEAD = "ahead"
    PASSED_OVER = "passed_over"  # paused all of it, or excepted
    OFF = "off"  # what it ran for ended before


@dataclass(frozen=True, slots=True)
class Window:
    """`last`: its last day. `on`: the latest day of contact in it."""

    since: date
    last: date
    kept: Kept
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """`over`: the first day on which the rule asks no more. `ended`: the day what it ran for
    ended before that, if it did."""

    cadence: Cadence
    since: date
    over: date
    windows: tuple[Window, ...]
    ended: date | None = None

    def count(self, kept: Kept) -> int:
        return sum(window.kept is kept for window in self.windows)

    @property
    def asked(self) -> int:
        """Windows that have passed and counted."""
        return sum(w.kept is Kept.MISSED or w.kept is Kept.MET for w in self.windows)


def monthly_rule(programme: Programme) -> Cadence | None:
    """The cadence of a programme that asks for something every month, for a number of months."""
    return next(
        (
            one
            for one in programme.cadences
            if one.starts and "months" in one.every and "months" in one.lasts
        ),
        None,
    )


def series(programme: Programme, road: Road) -> Series | None:
    """The windows from the latest start; None where the programme asks for none, or nothing has
    started."""
    cadence = monthly_rule(programme)
    if cadence is None:
        return None
    view = View(road)
    starts = view.happened(cadence.starts)
    months = int(amount(programme, cadence.lasts["months"]) or 0)
    if not starts or not months:
        return None
    since, until = starts[-1].on, starts[-1].until
    ends = [day for day in (until, road.exited) if day is not None and day <= road.on]
    ended = min(ends, default=None)
    days = sorted(fact.on for fact in view.happened(cadence.event))
    times = int(amount(programme, cadence.every.get("times", 1)) or 1)
    windows = tuple(
        _window(road, cadence, period, days=days, times=times, ended=ended)
        for period in monthly_windows(since, months)
    )
    return Series(cadence, since, add_months(since, months), windows, ended)


def _window(
    road: Road,
    cadence: Cadence,
    period: Period,
    *,
    days: list[date],
    times: int,
    ended: date | None,
) -> Window:
    assert period.until is not None  # noqa: S101  windows are closed
    last = period.until - _DAY
    inside = [day for day in days if day in period]
    kept = _kept(road, period, enough=len(inside) >= times, ended=ended)
    if kept in (Kept.MISSED, Kept.NOW) and (
        wholly_paused(road, period) or exemptions.passes(road, cadence, last)
    ):
        kept = Kept.PASSED_OVER
    return Window(period.since, last, kept, inside[-1] if inside else None)


def _kept(road: Road, period: Period, *, enough: bool, ended: date | None) -> Kept:
    assert period.until is not None  # noqa: S101
    if enough:
        return Kept.MET
    if ended is not None and ended < period.until:
        return Kept.OFF
    if period.until <= road.on:
        return Kept.MISSED
    return Kept.NOW if road.on in period else Kept.AHEAD


def hands_over(found: Series, road: Road) -> bool:
    """Whether the time of the rule is over while what it ran for goes on."""
    return road.on >= found.over and found.ended is None and road.exited is None
