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
from stegvis.platform.ui.dates import short_day

register = template.Library()

LEFT, WIDE, MIDDLE = 12, 186, 17  # of the picture of two marks, in its own units
CURVE = (520, 150)
EDGE = (34, 16, 12, 26)  # left, top, right, bottom of the curve


@register.simple_tag
def label() -> str:
    """What stands on every sheet of what was seen (KN-72)."""
    return str(LABEL)


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
    parts = [SafeString(_line(LEFT, LEFT + WIDE, "mk-axis"))]
    parts += [SafeString(_tick(LEFT + WIDE * n / 3)) for n in range(4)]
    if own and mark.seen:
        kind = "mk-apart" if mark.apart else "mk-tie"
        parts.append(SafeString(_line(at_own, at_seen, kind)))
    if own:
        over = mark.seen is not None and abs(at_own - at_seen) < 10  # noqa: PLR2004
        radius = 11 if over else 7
        parts.append(
            format_html(
                '<circle class="mk-own {}" cx="{}" cy="{}" r="{}"/>',
                _age(own.stale, own.pale), f"{at_own:.1f}", MIDDLE, radius,
            )  # fmt: skip
        )
    if mark.seen:
        parts.append(
            format_html(
                '<rect class="mk-seen {}" x="{}" y="{}" width="12" height="12"/>',
                _age(mark.seen.stale, mark.seen.pale), f"{at_seen - 6:.1f}", MIDDLE - 6,
            )  # fmt: skip
        )
    return format_html(
        '<svg class="mks" viewBox="0 0 210 34" width="210" height="34" role="img" aria-label="{}">'
        "{}</svg>",
        _said(mark),
        format_html_join("", "{}", ((part,) for part in parts)),
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
            "day": short_day(mark.own.on),
        }
    seen = _("not seen in work")
    if mark.seen:
        seen = _("seen in work: %(seen)s, %(day)s") % {
            "seen": SEEN[mark.seen.seen],
            "day": short_day(mark.seen.on),
        }
    return f"{own}; {seen}"


@register.simple_tag
def curve(points: Sequence[Point], name: str, key: str = "curve") -> SafeString:
    """The series of one self-rating over time. Where somebody would rather not say, it breaks."""
    known = [point for point in points if point.value is not None]
    if not known:
        return SafeString("")
    left, top, right, bottom = EDGE
    wide, high = CURVE
    first, last = points[0].on, points[-1].on
    tall = TOPS[known[0].scale]

    def x(day: dt.date) -> float:
        days = (last - first).days
        share = (day - first).days / days if days else 0.5
        return left + (wide - left - right) * share

    def y(value: int) -> float:
        return high - bottom - (high - top - bottom) * value / tall

    shown = [p for p in points if p.scale == known[0].scale or p.value is None]
    dots = [(f"{x(p.on):.1f}", f"{y(p.value):.1f}") for p in shown if p.value is not None]
    runs = [[(x(p.on), y(p.value)) for p in run if p.value is not None] for run in _runs(shown)]
    return format_html(
        '<svg class="draw crv" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}{}{}</svg>',
        wide, high, key, key, key,
        _("Self-rating over time: %(name)s") % {"name": name},
        key, _told(known),
        _grid(tall, y, wide - right),
        format_html_join(
            "", '<polyline class="crv-line" points="{}"/>',
            ((" ".join(f"{a:.1f},{b:.1f}" for a, b in run),) for run in runs if len(run) > 1),
        ),
        format_html_join("", '<circle class="mk-own" cx="{}" cy="{}" r="5"/>', dots),
        _ends(first, last, wide - right, high - 6),
    )  # fmt: skip


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    runs: list[list[Point]] = [[]]
    for point in points:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return runs


def _told(known: Sequence[Point]) -> str:
    return _("%(n)s ratings, from %(first)s on %(since)s to %(last)s on %(until)s") % {
        "n": len(known),
        "first": rated(known[0]),
        "since": short_day(known[0].on),
        "last": rated(known[-1]),
        "until": short_day(known[-1].on),
    }


def _grid(tall: int, y: object, end: int) -> SafeString:
    assert callable(y)  # noqa: S101
    return format_html_join(
        "",
        '<line class="mk-axis" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="d-soft" x="{}" y="{}" font-size="12" text-anchor="end">{}</text>',
        (
            (EDGE[0], end, f"{y(n):.1f}", f"{y(n):.1f}", EDGE[0] - 8, f"{y(n) + 4:.1f}", n)
            for n in (0, tall // 2, tall)
        ),
    )


def _ends(first: dt.date, last: dt.date, end: int, base: int) -> SafeString:
    row = '<text class="d-soft" x="{}" y="{}" font-size="12" text-anchor="{}">{}</text>'
    ends = [(EDGE[0], base, "start", short_day(first))]
    if last != first:
        ends.append((end, base, "end", short_day(last)))
    return format_html_join("", row, ends)
