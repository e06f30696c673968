"""The years before a road, a lane for each agency: what was done, what only paid, and the holes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from stegvis.core.programme.draw.palette import sheet
from stegvis.core.programme.draw.pen import Pen, breadth, tag, wrap

_WIDE, _TOP, _EDGE, _LEFT = 1160.0, 50.0, 14.0, 188.0
_ROW, _BAR, _SLANT = 34.0, 24.0, 7.0
_LEAST = 4.0  # a day is seen as well
_DOT, _SIZE = 9.5, 12.5
_GAP = 30.0  # a hole narrower than its words is only hatched


@dataclass(frozen=True, slots=True)
class YearBar:
    """Time with an agency, half-open; `until` None goes on. `number` stands in the table too; 0 has
    none. `helps` False: only an enrolment or money. `rough`: an end that is known about, slanted.
    `own`: the road that is drawn elsewhere begins here."""

    since: date
    until: date | None
    label: str = ""
    number: int = 0
    helps: bool = True
    rough: tuple[bool, bool] = (False, False)
    own: bool = False


@dataclass(frozen=True, slots=True)
class YearLane:
    short: str
    name: str
    bars: tuple[YearBar, ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """Days that stand out over all lanes, half-open, with their words."""

    since: date
    until: date
    label: str


@dataclass(frozen=True, slots=True)
class YearsPicture:
    """`key` makes the ids unique on the page. The window is half-open."""

    key: str
    title: str
    desc: str
    since: date
    until: date
    lanes: tuple[YearLane, ...]
    without: tuple[Shade, ...] = ()
    together: tuple[Shade, ...] = ()
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """Where things stand: days along x, lanes along y; a lane is as high as what overlaps in it."""

    pen: Pen
    since: date
    until: date
    rows: tuple[tuple[int, ...], ...]  # by lane: the row of each bar

    def x(self, day: date) -> float:
        within = min(max(day, self.since), self.until)
        days = (self.until - self.since).days
        return _LEFT + (_WIDE - _LEFT - _EDGE) * (within - self.since).days / days

    def y(self, lane: int) -> float:
        return _TOP + _ROW * sum(self.height(one) for one in range(lane))

    def height(self, lane: int) -> int:
        return max(self.rows[lane], default=0) + 1

    @property
    def base(self) -> float:
        return self.y(len(self.rows))


def years(picture: YearsPicture, *, standalone: bool = False) -> str:
    """The lanes as SVG. ValueError for a window that holds no day."""
    if picture.until <= picture.since:
        raise ValueError(f"a window from {picture.since} holds no day before {picture.until}")
    pen = Pen(_WIDE, picture.rtl)
    rows = tuple(_rows(lane, picture.until) for lane in picture.lanes)
    at = _Place(pen, picture.since, picture.until, rows)
    parts = [
        _hatching(picture.key),
        *(part for shade in picture.without for part in _hole(picture, at, shade)),
        *(part for shade in picture.together for part in _both(at, shade)),
        *_axis(picture, at),
        *(part for index in range(len(rows)) for part in _lane(picture, at, index)),
        *(part for shade in picture.without for part in _word(at, shade, "d-note")),
        *(part for shade in picture.together for part in _word(at, shade, "d-note d-bothword")),
    ]
    high = at.base + 8
    if standalone:
        ground = pen.rect(0, 0, wide=_WIDE, high=high, look="d-paper")
        parts = [tag("style", {}, sheet()), ground, *parts]
    return pen.sheet(
        *parts, high=high, key=picture.key, title=picture.title, desc=picture.desc, look="d-years"
    )


def _rows(lane: YearLane, today: date) -> tuple[int, ...]:
    """Each bar on the first row of its lane where it stands upon no other."""
    free: list[date] = []
    placed: dict[int, int] = {}
    for index, bar in sorted(enumerate(lane.bars), key=lambda pair: (pair[1].since, pair[0])):
        row = next((at for at, since in enumerate(free) if since <= bar.since), len(free))
        free[row : row + 1] = [bar.until or today]
        placed[index] = row
    return tuple(placed[index] for index in range(len(lane.bars)))


def _hatching(key: str) -> str:
    side = {"width": 7, "height": 7}
    stripe = tag("line", {"class": "d-hatch d-faint", "x1": 0, "y1": 0, "x2": 0, "y2": 7})
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = tag("pattern", {"id": f"{key}-h", **side, **turned}, stripe)
    return tag("defs", {}, pattern)


def _hole(picture: YearsPicture, at: _Place, shade: Shade) -> Iterator[str]:
    x, end = at.x(shade.since), at.x(shade.until)
    left = at.pen.x(end) if at.pen.rtl else x
    place = {"x": left, "y": _TOP - 22, "width": end - x, "height": at.base - _TOP + 22}
    yield tag("rect", {"fill": f"url(#{picture.key}-h)", **place})


def _both(at: _Place, shade: Shade) -> Iterator[str]:
    x, end = at.x(shade.since), at.x(shade.until)
    yield at.pen.rect(x, _TOP - 22, wide=end - x, high=at.base - _TOP + 22, look="d-both")


def _word(at: _Place, shade: Shade, look: str) -> Iterator[str]:
    x, end = at.x(shade.since), at.x(shade.until)
    wide = breadth(shade.label, 12)
    if wide < end - x + _GAP / 2 and end - x > _GAP:
        yield at.pen.text(
            (x + end) / 2, _TOP - 8, say=shade.label, size=12, look=look, anchor="middle"
        )


def _axis(picture: YearsPicture, at: _Place) -> Iterator[str]:
    """A line where each year begins, and its number over the middle of what is shown of it."""
    for year in range(picture.since.year, picture.until.year + 1):
        first, last = date(year, 1, 1), date(year + 1, 1, 1)
        x, end = at.x(first), at.x(last)
        if first > picture.since:
            yield at.pen.line(x, _TOP - 26, to=(x, at.base), look="d-grid")
        if end - x > breadth(str(year), 13) + 6:
            yield at.pen.text(x + 4, 14, say=str(year), look="d-soft")


def _lane(picture: YearsPicture, at: _Place, index: int) -> Iterator[str]:
    lane, y = picture.lanes[index], at.y(index)
    low = y + _ROW * at.height(index)
    yield at.pen.text(0, y + 22, say=lane.short, size=14, look="d-bold")
    start = max(breadth(lane.short, 14) + 12, 46)
    if lane.name != lane.short and start < _LEFT - _GAP:
        name = wrap(lane.name, room=_LEFT - start - 6, size=12, lines=1)[0]
        yield at.pen.text(start, y + 22, say=name, size=12, look="d-soft")
    yield at.pen.line(0, low, to=(_WIDE - _EDGE, low), look="d-grid")
    for bar, row in zip(lane.bars, at.rows[index], strict=True):
        yield from _bar(picture, at, bar, y + _ROW * row + (_ROW - _BAR) / 2)


def _bar(picture: YearsPicture, at: _Place, bar: YearBar, y: float) -> Iterator[str]:
    x = at.x(bar.since)
    end = max(at.x(bar.until or picture.until), x + _LEAST)
    look = "d-own" if bar.own else "d-st-6 d-rim" if bar.helps else "d-money"
    before = _SLANT if bar.rough[0] and end - x > 2 * _SLANT else 0
    after = _SLANT if bar.rough[1] and end - x > 2 * _SLANT else 0
    corners = [(x + before, y), (end, y), (end - after, y + _BAR), (x, y + _BAR)]
    yield at.pen.path(corners, look=look, closed=True)
    if bar.until is None:
        arrow = [(end, y), (min(end + 9, _WIDE - 2), y + _BAR / 2), (end, y + _BAR)]
        yield at.pen.path(arrow, look=look, closed=True)
    yield from _said(at, bar, (x, end), y)


def _said(at: _Place, bar: YearBar, span: tuple[float, float], y: float) -> Iterator[str]:
    """The number in its ring and the words, as far as they have room; the table says the rest."""
    x, end = span
    start = x + 8
    if bar.number and end - x > 2 * _DOT + 4:
        middle = x + _DOT + 6
        yield at.pen.circle(middle, y + _BAR / 2, r=_DOT, look="d-ring")
        yield at.pen.text(
            middle, y + 16.3, say=str(bar.number), size=12, look="d-bold", anchor="middle"
        )
        start = middle + _DOT + 6
    if bar.own and end - x < breadth(bar.label, _SIZE):
        yield at.pen.text(x - 6, y + 16.3, say=bar.label, size=_SIZE, look="d-note", anchor="end")
    elif end - start > _GAP:
        words = wrap(bar.label, room=end - start - 6, size=_SIZE, lines=1)[0]
        look = "d-on-st-6" if bar.helps and not bar.own else ""
        yield at.pen.text(start, y + 16.3, say=words, size=_SIZE, look=look)
