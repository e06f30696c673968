"""The small stair in a list: what is passed, where one stands, what lies ahead."""

from __future__ import annotations

from functools import cache

from stegvis.core.programme.draw.palette import MOST_STEPS
from stegvis.core.programme.draw.pen import Pen, tag

_WIDE, _HIGH, _LOW, _GAP = 34.0, 22.0, 5.0, 2.0


@cache
def glyph(step: int, of: int, size: int = 22) -> str:
    """`of` rising bars, the current one dark with a yellow tread. `size` is the height in pixels.

    Hidden from readers of the page: the number or the name stands beside it. Step 0 is before the
    first. Kept in memory: a list of 3,000 people has at most 45 different ones.
    """
    if not (0 <= step <= of <= MOST_STEPS and of >= 1):
        raise ValueError(f"step {step} of {of}: a ladder has 1 to {MOST_STEPS} steps")
    pen = Pen(_WIDE)
    wide = (_WIDE - (of - 1) * _GAP) / of
    bars = []
    for i in range(1, of + 1):
        high = _LOW + (_HIGH - 1 - _LOW) * (i - 1) / (of - 1) if of > 1 else _HIGH - 1
        x, y = (i - 1) * (wide + _GAP), _HIGH - high
        if i > step:
            bars.append(
                pen.rect(x + 0.6, y + 0.6, wide=wide - 1.2, high=high - 1.2, look="d-ahead")
            )
            continue
        look = "d-at" if i == step else "d-passed"
        bars.append(pen.rect(x, y, wide=wide, high=high, look=look))
        if i == step:
            bars.append(pen.rect(x, y - 0.5, wide=wide, high=3.4, look="d-now"))
    head: dict[str, float | str] = {
        "class": "draw d-glyph",
        "viewBox": f"0 0 {_WIDE:g} {_HIGH:g}",
        "width": size * _WIDE / _HIGH,
        "height": size,
        "aria-hidden": "true",
    }
    return tag("svg", head, *bars)
