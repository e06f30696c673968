"""What stands around the road: months, the names of the steps, attendance and support beside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from stegvis.core.programme.draw.frame import EDGE, TOP, WIDE, Frame
from stegvis.core.programme.draw.palette import ramp
from stegvis.core.programme.draw.pen import breadth, wrap
from stegvis.core.programme.draw.picture import Lane, RoadPicture

_LANE, _BAR = 24.0, 14.0


def axis(picture: RoadPicture, at: Frame) -> Iterator[str]:
    """A line a month, or a quarter, or a year: as many as their words have room for."""
    months = (at.end.year - at.start.year) * 12 + at.end.month - at.start.month + 1
    stride = next(s for s in (1, 3, 12, 10**6) if (WIDE - at.left) / (months / s) > 46)  # noqa: PLR2004
    day = at.start
    while day < at.end:
        first = day == at.start
        if (day.month - 1) % min(stride, 12) == 0 or first:
            x = at.x(day)
            yield at.pen.line(x, TOP - 8, to=(x, at.base), look="d-grid")
            month = picture.words.months[day.month - 1]
            word = f"{month} {day.year}" if first or day.month == 1 else month
            room = x + breadth(word, 12.5) < WIDE - 2
            if room and not (first and stride > 1 and day.month % stride == 0):
                yield at.pen.text(x + 3, at.base + 17, say=word, size=12.5, look="d-soft")
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def labels(picture: RoadPicture, at: Frame) -> Iterator[str]:
    """The numbered square and the name of every step, on the level of its tread."""
    for tread in picture.treads:
        y, tone = at.y(tread.ordinal), ramp(tread.ordinal, at.steps)
        yield at.pen.line(at.left, y, to=(WIDE - EDGE, y), look="d-level d-tread")
        yield at.pen.rect(0, y + 5, wide=22, high=22, look=f"d-{tone}", rx=3)
        yield at.pen.text(
            11, y + 21, say=str(tread.ordinal), size=14, look=f"d-bold d-on-{tone}", anchor="middle"
        )
        lines = wrap(tread.name, room=at.left - 38, size=13, lines=2)
        offset = 21 if len(lines) == 1 else 14
        for i, line in enumerate(lines):
            yield at.pen.text(30, y + offset + 15 * i, say=line)


def beside(picture: RoadPicture, at: Frame) -> tuple[list[str], float]:
    """The strips under the axis, and how high the whole sheet becomes."""
    parts: list[str] = []
    y = at.base + 34
    if picture.weeks:
        parts += [at.pen.text(0, y + 11, say=picture.words.attendance), *_weeks(picture, at, y)]
        y += 26
    if picture.lanes:
        parts.append(at.pen.text(0, y + 14, say=picture.words.beside))
        count = 0
        for lane, row in _rows(picture):
            count = max(count, row + 1)
            parts += _lane(picture, at, lane, y + row * _LANE)
        y += _LANE * count + 4
    return parts, y + 4


def _weeks(picture: RoadPicture, at: Frame, y: float) -> Iterator[str]:
    for week in picture.weeks:
        if not at.start <= week.monday < at.end:
            continue
        x = at.x(week.monday)
        wide = max(2.0, at.x(week.monday + timedelta(days=7)) - x - 1.5)
        wide = min(wide, WIDE - EDGE - x)
        yield at.pen.rect(
            x, y, wide=wide, high=_BAR, look="d-none" if week.share is None else "d-week"
        )
        if week.share:
            high = _BAR * min(max(week.share, 0), 1)
            yield at.pen.rect(x, y + _BAR - high, wide=wide, high=high, look="d-share")


def _rows(picture: RoadPicture) -> Iterator[tuple[Lane, int]]:
    """Each support on the first row where it does not touch an earlier one."""
    free: list[date] = []
    for lane in sorted(picture.lanes, key=lambda one: (one.since, one.label)):
        end = (lane.until or picture.today) + timedelta(days=6)
        row = next((i for i, since in enumerate(free) if since < lane.since), len(free))
        free[row : row + 1] = [end]
        yield lane, row


def _lane(picture: RoadPicture, at: Frame, lane: Lane, y: float) -> Iterator[str]:
    x = at.x(lane.since)
    end = at.x(lane.until or picture.today)
    yield at.pen.rect(x, y, wide=max(end - x, 1), high=20, look="d-lane", rx=3)
    if lane.until is None:
        arrow = [(end, y), (min(end + 9, WIDE), y + 10), (end, y + 20)]
        yield at.pen.path(arrow, look="d-onward", closed=True)
    room = max(end - x, WIDE - EDGE - end if end - x < 60 else 0)  # noqa: PLR2004
    if room > 30:  # noqa: PLR2004
        said = wrap(lane.label, room=room - 12, size=12.5, lines=1)[0]
        start = x + 7 if end - x >= 60 else end + 12  # noqa: PLR2004
        yield at.pen.text(start, y + 14.5, say=said, size=12.5, look="d-laneword")
