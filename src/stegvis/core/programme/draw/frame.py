"""Where things stand on the sheet of a road: days along x, steps along y."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from stegvis.core.programme.draw.pen import Pen, breadth
from stegvis.core.programme.draw.picture import Period, RoadPicture

WIDE, TOP, EDGE = 1160.0, 34.0, 16.0
_AHEAD = timedelta(days=21)  # room to the right of the last day
_LEAST = timedelta(days=120)  # a road of one week is not drawn as wide as a year
_LABELS = (150.0, 250.0)


@dataclass(frozen=True, slots=True)
class Frame:
    pen: Pen
    start: date
    end: date
    steps: int
    left: float
    row: float

    @property
    def base(self) -> float:
        return TOP + self.row * self.steps + 6

    def x(self, day: date) -> float:
        """The day's place, never outside the chart."""
        within = min(max(day, self.start), self.end)
        days = (self.end - self.start).days
        return self.left + (WIDE - self.left - EDGE) * (within - self.start).days / days

    def y(self, step: int) -> float:
        return self.base - self.row * step


def frame(picture: RoadPicture, periods: tuple[Period, ...]) -> Frame:
    """A frame that holds every period and plan; a support begun earlier is cut at the start."""
    starts = [p.since for p in periods] + [p.since for p in picture.plans] or [picture.today]
    ends = [p.until or picture.today for p in periods] + [p.until for p in picture.plans]
    first = min(starts).replace(day=1)
    last = max([*ends, first + _LEAST - _AHEAD]) + _AHEAD
    names = max(breadth(tread.name, 13) for tread in picture.treads)
    word = max(breadth(word, 13) for tread in picture.treads for word in [*tread.name.split(), ""])
    left = min(max(names / 1.6 + 44, word + 46, _LABELS[0]), _LABELS[1])
    row = 40.0 if len(picture.treads) <= 6 else 32.0  # noqa: PLR2004
    return Frame(Pen(WIDE, picture.rtl), first, last, len(picture.treads), left, row)
