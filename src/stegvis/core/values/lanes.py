"""The years before, agency by agency: merged, with their gaps and with what went on at once.

Days that were said roughly are taken as widely as they may mean, so that a gap that is named is
one: it is at least as long as it is said to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from stegvis.core.values.periods import Period, add_months

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time with one agency, half-open; until None goes on. `helps`: something was done, not only
    an enrolment or a benefit. `rough`: whether its first and its last day are said roughly."""

    agency: str
    period: Period
    helps: bool = True
    rough: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without. `at_least`: an edge beside it is rough, so that it may be longer."""

    period: Period
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Together:
    """Days on which two agencies or more did something at once."""

    period: Period
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """`by_agency` in the order they were first met. `gaps` are days on which nobody is known;
    `without` days on which nothing was done, whoever paid."""

    window: Period
    by_agency: tuple[tuple[str, tuple[Period, ...]], ...]
    gaps: tuple[Gap, ...]
    without: tuple[Gap, ...]
    together: tuple[Together, ...]
    covered_days: int

    @property
    def window_days(self) -> int:
        return _length(self.window)

    @property
    def uncovered_years(self) -> tuple[int, ...]:
        """Calendar years of the window of which not one day is known."""
        return tuple(
            year
            for year in _years(self.window)
            if any(_holds(gap.period, _part(self.window, year)) for gap in self.gaps)
        )


def looked_back(today: date, years: int) -> Period:
    """The window of so many years up to and with today."""
    return Period(add_months(today, -12 * years), today + _DAY)


def lay(stretches: Iterable[Stretch], window: Period) -> Lanes:
    """Everything there is to know of the window from what was written down. A stretch outside it is
    left out, one that reaches in is cut."""
    known = sorted(_cut(stretches, window), key=lambda one: (one.period.since, one.agency))
    helping = [one for one in known if one.helps]
    agencies = tuple(dict.fromkeys(one.agency for one in known))
    covered = union(one.period for one in known)
    return Lanes(
        window,
        tuple(
            (agency, union(o.period for o in known if o.agency == agency)) for agency in agencies
        ),
        _gaps(known, window),
        _gaps(helping, window),
        tuple(_together(helping)),
        sum(_length(period) for period in covered),
    )


def union(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Disjoint, in order; those that overlap or touch are one. None of them open."""
    made: list[Period] = []
    for period in sorted(periods, key=lambda one: one.since):
        if made and period.since <= _end(made[-1]):
            if _end(period) > _end(made[-1]):
                made[-1] = Period(made[-1].since, period.until)
        else:
            made.append(period)
    return tuple(made)


def _cut(stretches: Iterable[Stretch], window: Period) -> Iterator[Stretch]:
    for one in stretches:
        inside = one.period.overlap(window)
        if inside is not None:
            yield Stretch(one.agency, inside, one.helps, one.rough)


def _gaps(known: Sequence[Stretch], window: Period) -> tuple[Gap, ...]:
    covered = union(one.period for one in known)
    ends = [window.since, *(_end(period) for period in covered)]
    starts = [*(period.since for period in covered), _end(window)]
    return tuple(
        Gap(Period(since, until), _is_rough(known, since, until))
        for since, until in zip(ends, starts, strict=True)
        if since < until
    )


def _is_rough(known: Sequence[Stretch], since: date, until: date) -> bool:
    before = any(one.rough[1] and _end(one.period) == since for one in known)
    return before or any(one.rough[0] and one.period.since == until for one in known)


def _together(helping: Sequence[Stretch]) -> Iterator[Together]:
    """Between every two days on which something begins or ends: who is there."""
    edges = sorted({day for one in helping for day in (one.period.since, _end(one.period))})
    made: Together | None = None
    for since, until in pairwise(edges):
        there = tuple(
            dict.fromkeys(
                o.agency for o in helping if o.period.since <= since and until <= _end(o.period)
            )
        )
        now = Together(Period(since, until), there) if len(there) > 1 else None
        if made and now and _end(made.period) == since:
            agencies = tuple(dict.fromkeys((*made.agencies, *now.agencies)))
            made = Together(Period(made.period.since, until), agencies)
            continue
        if made:
            yield made
        made = now
    if made:
        yield made


def _years(window: Period) -> range:
    return range(window.since.year, (_end(window) - _DAY).year + 1)


def _part(window: Period, year: int) -> Period:
    whole = Period(date(year, 1, 1), date(year + 1, 1, 1))
    return whole.overlap(window) or whole


def _holds(outer: Period, inner: Period) -> bool:
    return outer.since <= inner.since and _end(inner) <= _end(outer)


def _end(period: Period) -> date:
    return period.until or date.max


def _length(period: Period) -> int:
    return (_end(period) - period.since).days
