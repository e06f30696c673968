"""Two marks of one ability, held against each other: never joined to a third, only said to differ.

The thirds are ours. A rating lies low, in the middle or high on its scale; what was seen does as
well. When they lie in different thirds there is something to talk about, whichever way.
"""

from __future__ import annotations

from enum import StrEnum

TOPS = {"ten": 10, "function": 4}
LOW, HIGH = 0.4, 0.7  # a rating below, and from, these shares of the scale: 0-3, 4-6 and 7-10


class Apart(StrEnum):
    NOT = ""
    RATES_HIGHER = "higher"  # than what was seen
    RATES_LOWER = "lower"


THIRDS = {"not_now": 0, "with_support": 1, "works": 2}


def third(value: int, scale: str) -> int:
    """0, 1 or 2: where on its scale a rating lies."""
    share = value / TOPS[scale]
    return 0 if share < LOW else 2 if share >= HIGH else 1


def apart(value: int, scale: str, seen: str) -> Apart:
    """Whether what someone says of themselves differs from what was seen, and which way."""
    away = third(value, scale) - THIRDS[seen]
    if away == 0:
        return Apart.NOT
    return Apart.RATES_HIGHER if away > 0 else Apart.RATES_LOWER
