"""Amounts month by month as bars, with a line they are measured against.

A bar stands on parts of different kinds, each with its own look; they stand on each other and are
never one figure. The number in a bar is its first part alone: what the line is for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stegvis.core.programme.draw.pen import Pen, breadth, tag

_WIDE, _HIGH, _LEFT, _TOP, _FOOT = 640.0, 300.0, 44.0, 18.0, 40.0
_SIZE, _BROAD, _ROOM = 13.0, 44.0, 17.0
_CLEAR = 11.0  # between the middle of a figure and the line


@dataclass(frozen=True, slots=True)
class Bar:
    """`parts`: amounts from below, in the order of the picture's looks. `said`: of the first part,
    as it is told; `under`: a word below the name."""

    name: str
    parts: Sequence[float]
    said: str = ""
    under: str = ""
    open: bool = False  # nothing has been said of it


@dataclass(frozen=True, slots=True)
class BarPicture:
    """`line`: the amount of the line, and `line_says` its words; without words no line is drawn."""

    key: str
    title: str
    desc: str
    bars: Sequence[Bar]
    line: float
    line_says: str
    every: int = 10
    rtl: bool = False


def bars(picture: BarPicture) -> str:
    """SVG with title and description; the table of the same amounts belongs beside it."""
    frame = _Frame(picture)
    return frame.pen.sheet(
        frame.pattern(), *frame.grid(), *frame.all(), *frame.limit(),
        high=_HIGH, key=picture.key, title=picture.title, desc=picture.desc, look="d-bars",
    )  # fmt: skip


class _Frame:
    def __init__(self, picture: BarPicture) -> None:
        self.picture, self.pen = picture, Pen(_WIDE, picture.rtl)
        most = max([picture.line * 4 / 3, *(sum(bar.parts) for bar in picture.bars)])
        self.top = picture.every * (int(most / picture.every) + 1)
        while self.top / picture.every > 8:  # noqa: PLR2004  more lines hide the bars
            self.picture = picture = BarPicture(
                picture.key, picture.title, picture.desc, picture.bars, picture.line,
                picture.line_says, picture.every * 2, picture.rtl,
            )  # fmt: skip
            self.top = picture.every * (int(most / picture.every) + 1)
        self.step = (_WIDE - _LEFT) / max(1, len(picture.bars))
        self.broad = min(_BROAD, self.step - 6)

    def y(self, value: float) -> float:
        return _HIGH - _FOOT - (_HIGH - _FOOT - _TOP) * value / self.top

    def pattern(self) -> str:
        """Hatching, so that the parts differ without colour."""
        ground = tag("rect", {"class": "d-hatch-0", "width": 7, "height": 7})
        stroke = tag("line", {"class": "d-hatch-1", "x1": 0, "y1": 0, "x2": 0, "y2": 7})
        inside: dict[str, float | str] = {
            "id": f"{self.picture.key}-p", "width": 7, "height": 7,
            "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)",
        }  # fmt: skip
        return tag("defs", {}, tag("pattern", inside, ground, stroke))

    def grid(self) -> list[str]:
        drawn = []
        for value in range(0, int(self.top) + 1, self.picture.every):
            y = self.y(value)
            drawn.append(self.pen.line(_LEFT, y, to=(_WIDE, y), look="d-grid"))
            drawn.append(
                self.pen.text(_LEFT - 8, y + 4, say=str(value), size=_SIZE, look="t2", anchor="end")
            )
        return drawn

    def all(self) -> list[str]:
        drawn = []
        for turn, bar in enumerate(self.picture.bars):
            middle = _LEFT + self.step * (turn + 0.5)
            drawn += self._bar(bar, middle)
            drawn.append(
                self.pen.text(
                    middle, _HIGH - 22, say=bar.name, size=_SIZE, look="d-tick", anchor="middle"
                )
            )
            drawn.append(
                self.pen.text(middle, _HIGH - 6, say=bar.under, size=12, look="t2", anchor="middle")
            )
        return drawn

    def _bar(self, bar: Bar, middle: float) -> list[str]:
        left, below, drawn = middle - self.broad / 2, 0.0, []
        for turn, amount in enumerate(bar.parts):
            top, foot = self.y(below + amount), self.y(below)
            place = {"x": self.pen.x(left + (self.broad if self.picture.rtl else 0)), "y": top}
            size = {"width": self.broad, "height": foot - top}
            kind = {"class": f"d-bar-{turn + 1}"}
            if turn:
                kind["fill"] = f"url(#{self.picture.key}-p)"
            if amount:
                drawn.append(tag("rect", {**kind, **place, **size}))
            below += amount
        inside = bar.parts and self.y(0) - self.y(bar.parts[0]) > _ROOM
        y = self.y(bar.parts[0]) + 14 if inside else self.y(below) - 6
        line = self.y(self.picture.line)
        if inside and abs(y - 5 - line) < _CLEAR:  # the figure would lie under the line
            y = line + 16
        look = "d-in tb" if inside else "tb"
        drawn.append(self.pen.text(middle, y, say=bar.said, size=14, look=look, anchor="middle"))
        return drawn

    def limit(self) -> list[str]:
        if not self.picture.line_says:
            return []
        y = self.y(self.picture.line)
        wide = breadth(self.picture.line_says, _SIZE) + 22
        return [
            self.pen.line(_LEFT, y, to=(_WIDE, y), look="d-limit"),
            self.pen.rect(_LEFT, y - 24, wide=wide, high=22, look="d-flag", rx=3),
            self.pen.text(
                _LEFT + 8, y - 8, say=self.picture.line_says, size=_SIZE, look="d-on-flag tb"
            ),
        ]


__all__ = ["Bar", "BarPicture", "bars"]
