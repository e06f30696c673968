"""Words at the landings, placed so that none stands upon another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from stegvis.core.programme.draw.frame import EDGE, WIDE, Frame
from stegvis.core.programme.draw.pen import breadth
from stegvis.core.programme.draw.picture import Period, RoadPicture

_SIZE, _LINE = 12.5, 15.0
type _Box = tuple[float, float, float]  # from x, to x, baseline


def notes(picture: RoadPicture, at: Frame, lived: tuple[Period, ...]) -> Iterator[str]:
    """Each text in the nearest free place; what finds none stands only in the table."""
    taken: list[_Box] = []
    for day, step, text in _texts(picture, lived):
        wide = breadth(text, _SIZE)
        for x, y in _places(at.x(day), at.y(step), wide):
            box = (x, x + wide, y)
            inside = at.left <= x and x + wide <= WIDE - EDGE and y > _LINE + 4
            free = inside and not any(_meets(box, other) for other in taken)
            if free and not any(_covers(period, box, picture, at) for period in lived):
                taken.append(box)
                yield at.pen.text(x, y, say=text, size=_SIZE, look="d-note")
                break


def _texts(picture: RoadPicture, lived: tuple[Period, ...]) -> Iterator[tuple[date, int, str]]:
    words = {move.on: move.label for move in picture.moves}
    for period in lived:
        if words.get(period.since):
            yield period.since, period.step, words[period.since]
    for before, after in pairwise(lived):
        low, high = sorted((before.step, after.step))
        if before.until == after.since and high - low > 1:
            passed = range(low + 1, high)
            steps = f"{passed[0]}–{passed[-1]}" if len(passed) > 1 else f"{passed[0]}"
            yield after.since, after.step, picture.words.skipped.replace("{steps}", steps)


def _places(x: float, y: float, wide: float) -> Iterator[tuple[float, float]]:
    """Above and after the landing, then higher, then before it."""
    for lift in (12, 12 + _LINE, 12 + 2 * _LINE, 12 + 3 * _LINE):
        yield x + 4, y - lift
    for lift in (12, 12 + _LINE):
        yield x - wide / 2, y - lift
        yield x - wide - 4, y - lift


def _covers(period: Period, box: _Box, picture: RoadPicture, at: Frame) -> bool:
    """Whether the words would stand on the column of a higher step, where nobody can read them."""
    since, until = at.x(period.since), at.x(period.until or picture.today)
    return since < box[1] and box[0] < until and at.y(period.step) < box[2] - 1


def _meets(one: _Box, other: _Box) -> bool:
    apart = one[1] + 6 < other[0] or other[1] + 6 < one[0]
    return not apart and abs(one[2] - other[2]) < _LINE
