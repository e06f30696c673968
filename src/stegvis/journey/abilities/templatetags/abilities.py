"""Two marks and the curve of one, as pictures with their words: {% load abilities %}."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.progression.marks import THIRDS, TOPS
from stegvis.core.values.texts import pick
from stegvis.journey.abilities.facts import Mark, OwnMark, Point
from stegvis.journey.abilities.words import APART, LABEL, SEEN, starter
from stegvis.platform.tenancy.scope import current
from stegvis.platform.ui.dates import short_day

register = template.Library()

LEFT, WIDE, MIDDLE = 12, 186, 17  # of the picture of two marks, in its own units
NEAR = 10  # closer than this the dot grows, so that both are seen
CURVE = (520, 150)
EDGE = (34, 16, 12, 26)  # left, top, right, bottom of the curve


@register.simple_tag
def label() -> str:
    """What stands on every sheet of what was seen (KN-72)."""
    return str(LABEL)


@register.filter
def the_day(day: dt.date) -> str:
    """19 nov; with the year when it is not this one."""
    return short_day(day, current().on)


@register.filter
def rated(own: OwnMark | Point) -> str:
    """8 of 10; mostly alone; would rather not say."""
    if own.value is None:
        return _("Would rather not say")
    if own.scale == "function":
        return pick(starter()["scale"]["function"]["levels"][own.value], get_language() or "sv")
    return _("%(value)s of %(top)s") % {"value": own.value, "top": TOPS[own.scale]}


@register.filter
def seen_word(code: str) -> str:
    return str(SEEN.get(code, code))


@register.filter
def apart_word(mark: Mark) -> str:
    return str(APART[mark.apart]) if mark.apart else ""


@register.simple_tag
def two_marks(mark: Mark) -> SafeString:
    """The person's dot and the observed square on one line of three thirds. They are never one
    mark; a stale one is hollow, a fading one pale."""
    own = mark.own if mark.own and mark.own.value is not None else None
    at_own = LEFT + WIDE * (own.value or 0) / TOPS[own.scale] if own else 0.0
    at_seen = LEFT + WIDE * (2 * THIRDS[mark.seen.seen] + 1) / 6 if mark.seen else 0.0
    parts = [_line(LEFT, LEFT + WIDE, "mk-axis"), *(_tick(LEFT + WIDE * n / 3) for n in range(4))]
    if own and mark.seen:
        parts.append(_line(at_own, at_seen, "mk-apart" if mark.apart else "mk-tie"))
    if own:
        over = mark.seen is not None and abs(at_own - at_seen) < NEAR
        age, size = _age(own.stale, own.pale), 11 if over else 7
        parts.append(f'<circle class="mk-own {age}" cx="{at_own:.1f}" cy="{MIDDLE}" r="{size}"/>')
    if mark.seen:
        age, x, y = _age(mark.seen.stale, mark.seen.pale), at_seen - 6, MIDDLE - 6
        parts.append(f'<rect class="mk-seen {age}" x="{x:.1f}" y="{y}" width="12" height="12"/>')
    return format_html(
        '<svg class="mks" viewBox="0 0 210 34" width="210" height="34" role="img" aria-label="{}">'
        "{}</svg>",
        _said(mark),
        SafeString("".join(parts)),  # shapes and numbers of ours alone
    )


def _age(stale: bool, pale: int) -> str:  # noqa: FBT001 -- a pair of one kind
    return "mk-stale" if stale else f"mk-pale-{pale}"


def _line(start: float, end: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{start:.1f}" x2="{end:.1f}" y1="{MIDDLE}" y2="{MIDDLE}"/>'


def _tick(x: float) -> str:
    return f'<line class="mk-axis" x1="{x:.1f}" x2="{x:.1f}" y1="{MIDDLE - 3}" y2="{MIDDLE + 3}"/>'


def _said(mark: Mark) -> str:
    own = _("No own rating")
    if mark.own:
        own = _("Own rating: %(value)s, %(day)s") % {
            "value": rated(mark.own),
            "day": the_day(mark.own.on),
        }
    seen = _("not seen in work")
    if mark.seen:
        seen = _("seen in work: %(seen)s, %(day)s") % {
            "seen": SEEN[mark.seen.seen],
            "day": the_day(mark.seen.on),
        }
    return f"{own}; {seen}"


@register.simple_tag
def curve(points: Sequence[Point], name: str, key: str = "curve") -> SafeString:
    """The series of one self-rating over time. Where somebody would rather not say, it breaks, and
    where the scale changes a new picture would be needed: the last scale used is drawn."""
    scale = next((p.scale for p in reversed(points) if p.value is not None), None)
    if scale is None:
        return SafeString("")
    return _Curve([p for p in points if p.scale == scale or p.value is None], scale).drawn(
        name, key
    )


class _Curve:
    """Points on days and a scale, in the picture's own units."""

    def __init__(self, points: Sequence[Point], scale: str) -> None:
        self.points, self.tall = points, TOPS[scale]
        self.first, self.last = points[0].on, points[-1].on

    def drawn(self, name: str, key: str) -> SafeString:
        title = _("Self-rating over time: %(name)s") % {"name": name}
        return format_html(
            '<svg class="draw crv" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
            '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}{}{}</svg>',
            *(*CURVE, key, key, key, title, key, self._told()),
            self._grid(),
            self._lines(),
            self._dots(),
            self._ends(),
        )

    def _at(self, point: Point) -> tuple[float, float]:
        left, _top, right, _bottom = EDGE
        days = (self.last - self.first).days
        share = (point.on - self.first).days / days if days else 0.5
        return left + (CURVE[0] - left - right) * share, self._up(point.value or 0)

    def _up(self, value: int) -> float:
        _left, top, _right, bottom = EDGE
        return CURVE[1] - bottom - (CURVE[1] - top - bottom) * value / self.tall

    def _lines(self) -> SafeString:
        runs: list[list[str]] = [[]]
        for point in self.points:
            if point.value is None:
                runs.append([])
            else:
                runs[-1].append("{:.1f},{:.1f}".format(*self._at(point)))
        lines = ((" ".join(run),) for run in runs if len(run) > 1)
        return format_html_join("", '<polyline class="crv-line" points="{}"/>', lines)

    def _dots(self) -> SafeString:
        at = [self._at(point) for point in self.points if point.value is not None]
        dots = ((f"{x:.1f}", f"{y:.1f}") for x, y in at)
        return format_html_join("", '<circle class="mk-own" cx="{}" cy="{}" r="5"/>', dots)

    def _grid(self) -> SafeString:
        left, end = EDGE[0], CURVE[0] - EDGE[2]
        rows = [(n, self._up(n)) for n in (0, self.tall // 2, self.tall)]
        return format_html_join(
            "",
            '<line class="mk-axis" x1="{}" x2="{}" y1="{}" y2="{}"/>'
            '<text class="d-soft" x="{}" y="{}" font-size="12" text-anchor="end">{}</text>',
            ((left, end, f"{y:.1f}", f"{y:.1f}", left - 8, f"{y + 4:.1f}", n) for n, y in rows),
        )

    def _ends(self) -> SafeString:
        base, end = CURVE[1] - 6, CURVE[0] - EDGE[2]
        ends = [(EDGE[0], base, "start", short_day(self.first))]
        if self.last != self.first:
            ends.append((end, base, "end", short_day(self.last)))
        row = '<text class="d-soft" x="{}" y="{}" font-size="12" text-anchor="{}">{}</text>'
        return format_html_join("", row, ends)

    def _told(self) -> str:
        known = [point for point in self.points if point.value is not None]
        return _("%(n)s ratings, from %(first)s on %(since)s to %(last)s on %(until)s") % {
            "n": len(known),
            "first": rated(known[0]),
            "since": short_day(known[0].on),
            "last": rated(known[-1]),
            "until": short_day(known[-1].on),
        }
