"""How many have come to something by a day, where some are still under way (E. Kaplan and P. Meier,
Nonparametric estimation from incomplete observations, 1958).

Who has not come there when the look is taken, or has left, is known not to have come until then,
and counts for as long as that; they are not left out. Of whom the clock starts later than an early
event, only those are taken in who are still under way at the start (a landmark): else whoever is
placed late would seem slow only because they had to wait for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

ONE = Decimal(1)
FINE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Spell:
    """`days` from the start to the event, or to the last day it is known not to have come."""

    days: int
    reached: bool


@dataclass(frozen=True, slots=True)
class Point:
    """After so many days: `share` have come there; so many are still `under_way` and are followed
    longer."""

    days: int
    share: Decimal
    under_way: int


def reaching(spells: Iterable[Spell], days: Sequence[int]) -> list[Point]:
    """At each of these days, in order. One who leaves on the day of somebody's event was there for
    it."""
    every = list(spells)
    came = Counter(one.days for one in every if one.reached)
    left = Counter(one.days for one in every if not one.reached)
    there, still, found = len(every), ONE, []
    steps = sorted(set(came) | set(left))
    for day in days:
        while steps and steps[0] <= day:
            at = steps.pop(0)
            if came[at]:
                still *= 1 - Decimal(came[at]) / there
            there -= came[at] + left[at]
        found.append(Point(day, (ONE - still).quantize(FINE), there))
    return found
