"""What takes a person's time, summed as far as it is known. Unknown is unknown, never zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

WEEKS_IN_MONTH = Decimal(52) / Decimal(12)
FULL_WEEK = Decimal(40)  # hours of a full-time working week


@dataclass(frozen=True, slots=True)
class Taken:
    """`month` is None where nothing at all is known; `unknown` counts those that say no hours."""

    count: int
    unknown: int
    month: Decimal | None

    @property
    def week(self) -> Decimal | None:
        return (
            None if self.month is None else (self.month / WEEKS_IN_MONTH).quantize(Decimal("0.1"))
        )

    @property
    def share(self) -> int | None:
        """Percent of a full working week."""
        if self.month is None:
            return None
        return int((100 * self.month / WEEKS_IN_MONTH / FULL_WEEK).quantize(Decimal(1)))

    @property
    def at_least(self) -> bool:
        """The sum is of some of them only."""
        return self.unknown > 0 and self.month is not None


def taken(hours_a_month: Iterable[Decimal | None]) -> Taken:
    every = list(hours_a_month)
    known = [one for one in every if one is not None]
    return Taken(len(every), len(every) - len(known), sum(known, Decimal(0)) if known else None)
