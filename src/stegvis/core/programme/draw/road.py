"""A person's road: what was, where one stands, what is planned. Up and down in the same ink."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from stegvis.core.programme.draw.frame import EDGE, TOP, WIDE, Frame, frame
from stegvis.core.programme.draw.margin import axis, beside, labels
from stegvis.core.programme.draw.notes import notes
from stegvis.core.programme.draw.palette import ramp, sheet
from stegvis.core.programme.draw.pen import breadth, tag, wrap
from stegvis.core.programme.draw.picture import Period, Plan, RoadPicture
from stegvis.core.programme.draw.spans import ahead, lived

_SEAM = 1.5  # between columns


def road(picture: RoadPicture, *, standalone: bool = False) -> str:
    """The road as SVG. ValueError for steps that are not 1..n or a period on no step.

    What a period holds of days after `today` is drawn as planned.
    """
    _check(picture)
    walked = lived(picture)
    picture = replace(picture, plans=(*picture.plans, *ahead(picture)))
    at = frame(picture, walked)
    strips, high = beside(picture, at)
    parts = [
        *axis(picture, at),
        *labels(picture, at),
        _hatching(picture),
        *(part for period in walked for part in _column(picture, at, period)),
        *_line(picture, at, walked),
        *_marks(at, walked),
        *(part for plan in picture.plans for part in _plan(at, plan)),
        *_today(picture, at, walked),
        *notes(picture, at, walked),
        *strips,
    ]
    if standalone:
        ground = at.pen.rect(0, 0, wide=WIDE, high=high, look="d-paper")
        parts = [tag("style", {}, sheet()), ground, *parts]
    return at.pen.sheet(
        *parts, high=high, key=picture.key, title=picture.title, desc=picture.desc, look="d-road"
    )


def _check(picture: RoadPicture) -> None:
    n = len(picture.treads)
    ramp(n, n)  # 1 to 9 steps
    if [tread.ordinal for tread in picture.treads] != list(range(1, n + 1)):
        raise ValueError("the steps of a road are numbered 1 to n, in order")
    parts: tuple[Period | Plan, ...] = (*picture.periods, *picture.plans)
    for part in parts:
        ramp(part.step, n)
        if part.until is not None and part.until < part.since:
            raise ValueError(f"a period ends {part.until}, before it begins {part.since}")


def _hatching(picture: RoadPicture) -> str:
    side = {"width": 7, "height": 7}
    stripe = tag("line", {"class": "d-hatch", "x1": 0, "y1": 0, "x2": 0, "y2": 7})
    ground = tag("rect", {"class": "d-paper", **side})
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = tag("pattern", {"id": f"{picture.key}-h", **side, **turned}, ground, stripe)
    return tag("defs", {}, pattern)


def _column(picture: RoadPicture, at: Frame, period: Period) -> Iterator[str]:
    x, y = at.x(period.since), at.y(period.step)
    wide = max(at.x(period.until or picture.today) - x - _SEAM, 0.5)  # a day of history is seen
    if period.paused:
        place = {"x": at.pen.x(x) - (wide if at.pen.rtl else 0), "y": y, "width": wide}
        yield tag(
            "rect",
            {"class": "d-break", "fill": f"url(#{picture.key}-h)", **place, "height": at.base - y},
        )
        yield from _inside(at, period, x + wide / 2, wide)
        return
    tone = ramp(period.step, at.steps)
    yield at.pen.rect(x, y, wide=wide, high=at.base - y, look=f"d-{tone}")
    for step in range(1, period.step):  # treads as fine lines make it a stair, not a bar
        yield at.pen.line(x, at.y(step), to=(x + wide, at.y(step)), look="d-riser")


def _inside(at: Frame, period: Period, middle: float, wide: float) -> Iterator[str]:
    room = int((at.base - at.y(period.step)) // 16)
    lines = wrap(period.label, room=wide - 6, size=12.5, lines=max(1, min(3, room)))
    if breadth(lines[0], 12.5) > wide:
        return  # the table says it
    for i, line in enumerate(lines):
        y = at.y(period.step) + 20 + 16 * i
        yield at.pen.text(middle, y, say=line, size=12.5, look="d-note", anchor="middle")


def _line(picture: RoadPicture, at: Frame, walked: tuple[Period, ...]) -> Iterator[str]:
    """The tread line: one stroke as long as no day is missing between two periods."""
    points: list[tuple[float, float]] = []
    last = None
    for period in walked:
        x, y = at.x(period.since), at.y(period.step)
        if last is None or last < period.since:
            if points:
                yield at.pen.path(points, look="d-line")
            points = [(x, at.base)]
        end = period.until or picture.today
        points += [(x, y), (at.x(end), y)]
        last = end
    if points:
        yield at.pen.path(points, look="d-line")


def _marks(at: Frame, walked: tuple[Period, ...]) -> Iterator[str]:
    """A diamond where one lands, a ring on every step that was passed over."""
    for before, after in pairwise(walked):
        if before.until != after.since:
            continue  # a new beginning is no move
        x, y = at.x(after.since), at.y(after.step)
        low, high = sorted((before.step, after.step))
        for step in range(low + 1, high):
            yield at.pen.circle(x, at.y(step), r=4.5, look="d-mark d-skipped")
        if low != high:
            diamond = [(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)]
            yield at.pen.path(diamond, look="d-mark d-landing", closed=True)


def _plan(at: Frame, plan: Plan) -> Iterator[str]:
    x, y = at.x(plan.since), at.y(plan.step)
    wide = max(at.x(plan.until) - x - _SEAM, 0.5)
    yield at.pen.rect(x, y, wide=wide, high=at.base - y, look="d-plan")
    half = breadth(plan.label, 12.5) / 2
    middle = min(max(x + wide / 2, at.left + half), WIDE - EDGE - half)
    yield at.pen.text(
        middle, y - 8, say=plan.label, size=12.5, look="d-soft d-note", anchor="middle"
    )


def _today(picture: RoadPicture, at: Frame, walked: tuple[Period, ...]) -> Iterator[str]:
    if not at.start <= picture.today <= at.end:
        return
    x = at.x(picture.today)
    half = breadth(picture.words.today, 13) / 2 + 10
    middle = min(max(x, half), WIDE - half)
    yield at.pen.line(x, TOP - 10, to=(x, at.base), look="d-today")
    yield at.pen.rect(middle - half, TOP - 30, wide=2 * half, high=21, look="d-now", rx=3)
    yield at.pen.text(
        middle, TOP - 15, say=picture.words.today, look="d-bold d-on-now", anchor="middle"
    )
    here = walked[-1] if walked else None
    if here and here.until is None:
        yield at.pen.circle(x, at.y(here.step), r=8, look="d-here")
