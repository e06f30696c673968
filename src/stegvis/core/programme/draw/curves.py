"""Answers over time on one scale: two rulers, a self-rating again and again.

Each series is a line of its own with its own mark; nothing is averaged, summed or smoothed, and
nothing is drawn between the last answer and today. What somebody else saw on those days stands
below on rows of its own: another mark, in words, never on the scale and joined to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from stegvis.core.programme.draw.pen import Pen, breadth
from stegvis.core.programme.draw.picture import SAYS

_WIDE, _HIGH, _LEFT, _TOP, _FOOT = 640.0, 250.0, 34.0, 14.0, 34.0
_SIZE, _R = 13.0, 5.0
_ROW = 28.0  # of what was seen
_APART = 34.0  # the words of two series that end alike


@dataclass(frozen=True, slots=True)
class Series:
    """`marks`: day and value, oldest first; `name` stands at its end with the last value."""

    name: str
    marks: Sequence[tuple[date, float]]


@dataclass(frozen=True, slots=True)
class SeenRow:
    """What was seen, in words, and the days it was."""

    name: str
    days: Sequence[date]


@dataclass(frozen=True, slots=True)
class CurvePicture:
    """`low` to `high` is the whole scale, whatever was answered: a change is seen at its size.
    `seen`: rows below it, the best first; none are drawn when nothing was looked for."""

    key: str
    title: str
    desc: str
    series: Sequence[Series]
    low: int
    high: int
    lang: str
    rtl: bool = False
    seen: Sequence[SeenRow] = ()


def curves(picture: CurvePicture) -> str:
    """SVG with title and description; the table of the same answers belongs beside it."""
    said = {day for one in picture.series for day, _ in one.marks}
    frame = _Frame(picture, sorted(said | {day for row in picture.seen for day in row.days}))
    return frame.pen.sheet(
        *frame.grid(),
        *frame.days(),
        *frame.lines(),
        *frame.names(),
        *frame.seen(),
        high=_HIGH + _ROW * len(picture.seen) + (_TOP if picture.seen else 0),
        key=picture.key,
        title=picture.title,
        desc=picture.desc,
        look="d-curves",
    )


class _Frame:
    def __init__(self, picture: CurvePicture, days: list[date]) -> None:
        self.picture, self.all = picture, days
        self.pen = Pen(_WIDE, picture.rtl)
        said = [one.name for one in picture.series] + [row.name for row in picture.seen]
        names = max((breadth(name, _SIZE) for name in said), default=0)
        self.right = _WIDE - min(max(names, 40) + 26, _WIDE / 3)

    def x(self, day: date) -> float:
        whole = (self.all[-1] - self.all[0]).days
        if not whole:
            return (_LEFT + self.right) / 2
        return _LEFT + 16 + (self.right - _LEFT - 32) * (day - self.all[0]).days / whole

    def y(self, value: float) -> float:
        whole = self.picture.high - self.picture.low
        return _HIGH - _FOOT - (_HIGH - _FOOT - _TOP) * (value - self.picture.low) / whole

    def grid(self) -> list[str]:
        span = self.picture.high - self.picture.low
        every = 1 if span <= 5 else 2  # noqa: PLR2004 more lines than six hide the curve
        drawn = []
        for value in range(self.picture.low, self.picture.high + 1, every):
            y = self.y(value)
            drawn.append(self.pen.line(_LEFT, y, to=(self.right, y), look="d-grid"))
            drawn.append(self._say(str(value), _LEFT - 8, y + 4, anchor="end"))
        return drawn

    def days(self) -> list[str]:
        """The days there is room for, the first and the last among them."""
        months = SAYS.say("months", {}, self.picture.lang).split()
        drawn, taken = [], -_WIDE
        for day in dict.fromkeys([*self.all[:1], *self.all]):
            x = self.x(day)
            if x - taken < 58 or (self.x(self.all[-1]) - x < 58 and day != self.all[-1]):  # noqa: PLR2004
                continue
            taken = x
            words = f"{day.day} {months[day.month - 1]}"
            drawn.append(self._say(words, x, _HIGH - 12, anchor="middle"))
        return drawn

    def lines(self) -> list[str]:
        drawn = []
        for turn, one in enumerate(self.picture.series, start=1):
            places = [(self.x(day), self.y(value)) for day, value in one.marks]
            if len(places) > 1:
                drawn.append(self.pen.path(places, look=f"d-curve d-curve-{turn}"))
            drawn += [self._mark(turn, x, y) for x, y in places]
        return drawn

    def _mark(self, turn: int, x: float, y: float) -> str:
        """Told apart by shape as well as by colour: a dot, a square."""
        look = f"d-dot d-dot-{turn}"
        if turn % 2:
            return self.pen.circle(x, y, r=_R, look=look)
        return self.pen.rect(x - _R, y - _R, wide=2 * _R, high=2 * _R, look=look)

    def seen(self) -> list[str]:
        """A square on the day's own place, filled: that it was seen, on a row that says what."""
        drawn = []
        for turn, row in enumerate(self.picture.seen):
            y = _HIGH + _TOP + _ROW * (turn + 0.5)
            drawn.append(self.pen.line(_LEFT, y, to=(self.right, y), look="d-grid"))
            drawn.append(self._say(row.name, self.right + 8, y + 4, look=""))
            for day in row.days:
                x = self.x(day) - _R
                drawn.append(self.pen.rect(x, y - _R, wide=2 * _R, high=2 * _R, look="d-seen"))
        return drawn

    def names(self) -> list[str]:
        ends = [one for one in self.picture.series if one.marks]
        at = [self.y(one.marks[-1][1]) for one in ends]
        order = sorted(range(len(ends)), key=lambda i: at[i])
        for before, after in pairwise(order):
            at[after] = max(at[after], at[before] + _APART)
        spill = max(max(at, default=0) + 18 - (_HIGH - _FOOT + 10), 0)
        drawn = []
        for one, y in zip(ends, at, strict=True):
            value = f"{one.marks[-1][1]:g}"
            drawn.append(self._say(value, self.right + 8, y - spill + 2, look="d-bold", size=17))
            drawn.append(self._say(one.name, self.right + 8, y - spill + 18, look=""))
        return drawn

    def _say(
        self,
        words: str,
        x: float,
        y: float,
        *,
        look: str = "d-soft",
        anchor: str = "start",
        size: float = _SIZE,
    ) -> str:
        return self.pen.text(x, y, say=words, look=look, anchor=anchor, size=size)
