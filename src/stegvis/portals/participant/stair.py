"""The own staircase: one picture of any number of steps, with the person on theirs."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString

WIDE, GAP, HIGH, LOW = 53, 4, 150, 35
TOP, FIGURE = 115, 50  # of the highest step, and of who stands on one


def stair(of: int, at: int, *, title: str, rtl: bool = False) -> SafeString:
    """`at` 0: on no step yet. Mirrored where the language runs from right to left."""
    width = of * (WIDE + GAP)
    rise = (TOP - LOW) / max(of - 1, 1)
    shapes: list[str] = []
    for ordinal in range(1, of + 1):
        place = of - ordinal if rtl else ordinal - 1
        high = LOW + rise * (ordinal - 1)
        shapes.append(_step(place * (WIDE + GAP), round(high), ordinal, at))
    stands = LOW + rise * (at - 1) + FIGURE if at else 0
    high = round(max(stands, TOP)) + 4
    return SafeString(
        f'<svg class="stair" viewBox="0 {HIGH - high} {width} {high + 2}" role="img" '
        f'aria-label="{escape(title)}">{"".join(shapes)}</svg>'
    )


def _step(x: int, high: int, ordinal: int, at: int) -> str:
    y, middle = HIGH - high, x + WIDE // 2
    passed = ordinal < at
    if ordinal == at:
        fill, ink = 'fill="var(--brand)"', "here"
    elif passed:
        fill, ink = 'fill="var(--st-4)"', "passed"
    else:
        fill = 'fill="none" stroke="var(--line-2)" stroke-width="2" stroke-dasharray="5 4"'
        ink = "ahead"
    drawn = (
        f'<rect x="{x + 1}" y="{y}" width="{WIDE - 2}" height="{high}" rx="3" {fill}/>'
        f'<text x="{middle}" y="{HIGH - 9}" font-size="17" font-weight="700" '
        f'text-anchor="middle" class="{ink}">{ordinal}</text>'
    )
    return drawn + (_figure(middle, y) if ordinal == at else "")


def _figure(x: int, y: int) -> str:
    """Somebody standing on the step, arms out."""
    top = y - 36
    ink = 'stroke="var(--ink)" stroke-linecap="round" stroke-linejoin="round"'
    return (
        f'<rect x="{x - 26}" y="{y - 5}" width="51" height="7" rx="3" fill="var(--now)"/>'
        f'<circle cx="{x}" cy="{top}" r="9" fill="var(--now)" stroke-width="3" {ink}/>'
        f'<path d="M{x} {top + 9}v12m0 0-7 9m7-9 7 9m-16-16 9-3 9 3" fill="none" '
        f'stroke-width="3.4" {ink}/>'
    )
