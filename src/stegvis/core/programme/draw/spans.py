"""The periods as they are drawn: up to today, a pause cut out of the step it interrupts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from stegvis.core.programme.draw.picture import Period, Plan, RoadPicture


def lived(picture: RoadPicture) -> tuple[Period, ...]:
    """What lies behind, in order. Whatever goes on has no end."""
    begun = [_until_today(p, picture.today) for p in picture.periods if p.since <= picture.today]
    pauses = [period for period in begun if period.paused]
    steps = (part for period in begun if not period.paused for part in _cut(period, pauses))
    return tuple(sorted([*pauses, *steps], key=lambda p: (p.since, p.until or picture.today)))


def ahead(picture: RoadPicture) -> Iterator[Plan]:
    """What the periods say about the days after today."""
    for period in picture.periods:
        if period.until and period.until > picture.today:
            since = max(period.since, picture.today)
            label = period.label if period.since > picture.today else ""
            yield Plan(since, period.until, period.step, label)


def _until_today(period: Period, today: date) -> Period:
    goes_on = period.until is not None and period.until > today
    return replace(period, until=None) if goes_on else period


def _cut(period: Period, pauses: Iterable[Period]) -> Iterator[Period]:
    """The parts of a step between the pauses that fall into it."""
    since, end = period.since, period.until or date.max
    for pause in sorted(pauses, key=lambda p: p.since):
        over = pause.until or date.max
        if over <= since or pause.since >= end:
            continue
        if pause.since > since:
            yield replace(period, since=since, until=pause.since)
        since = over
    if since < end or period.since == period.until:
        yield replace(period, since=since)
