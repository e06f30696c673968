"""Hours of work by calendar month, employer and kind: what was said, and which figure counts.

A kind is never added to another (INV-11): practice and subsidised hours are no ordinary hours. What
different sources say of one month, employer and kind are different figures of one thing, so they
are never added either: the firmest source counts, and that another says otherwise is told. Slips of
pay add up, one line to a voucher; a line that corrects one stands in its place.

Amounts are whole three-hundredths of an hour, the least unit in which a minute and a hundredth are
both whole: nothing is rounded, and a limit of 30.0 means 30.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from stegvis.core.values.hours import HOUR, hours

PARTS = 300  # of an hour
MINUTE = PARTS // HOUR
MOST = 250 * PARTS  # of one kind at one employer in a month (ours): above it, a slip of the pen
_HUNDREDTH = Fraction(1, 100)


class Kind(StrEnum):
    ORDINARY = "ordinary"
    SUBSIDISED = "subsidised"
    PRACTICE = "practice"


class Source(StrEnum):
    PAY_SLIP = "pay_slip"
    EMPLOYER = "employer"
    PERSON = "person"
    LIST = "list"  # a list the municipality kept before


FIRMEST = tuple(Source)
"""Which source counts where several speak of the same: the earlier in this order."""


@dataclass(frozen=True, slots=True)
class Line:
    """`month`: its first day. `employer`: an opaque key. `amount`: parts of an hour; only a slip of
    pay may take away. `corrects`: the line in whose place it stands."""

    key: object
    month: date
    employer: str
    kind: Kind
    source: Source
    amount: int
    corrects: object = None


@dataclass(frozen=True, slots=True)
class Figure:
    """What counts of one employer, kind and month. `others`: what other sources say, if they say
    otherwise."""

    employer: str
    kind: Kind
    source: Source
    amount: int
    others: tuple[tuple[Source, int], ...] = ()


def parts(text: Decimal | float | str) -> int:
    """Of "7,5", "7:30" or 7.5: 2250. ValueError for what is no amount, or finer than both a minute
    and a hundredth."""
    said = str(text).strip()
    whole, colon, minutes = said.partition(":")
    if colon:
        hours(said)  # refuses what is no time
        return int(whole) * PARTS + int(minutes) * MINUTE
    amount = Fraction(hours(said))
    if amount % _HUNDREDTH:
        raise ValueError(f"finer than a hundredth: {said}")
    return int(amount * PARTS)


def amount(of: int) -> Decimal:
    """Hours, exact where they are whole hundredths, else to ten places and never up to a limit that
    was not reached."""
    return (Decimal(of) / PARTS).quantize(Decimal("1e-10"), rounding="ROUND_FLOOR").normalize()


def told(of: int, comma: str = ",") -> str:
    """As "29,75" or "30", or hours and minutes ("7:20") where no hundredths would be true."""
    sign, rest = ("-" if of < 0 else ""), abs(of)
    whole, part = divmod(rest, PARTS)
    if part % 3:
        return f"{sign}{whole}:{part // MINUTE:02}"
    if not part:
        return f"{sign}{whole}"
    return f"{sign}{whole}{comma}{part // 3:02}".rstrip("0")


def standing(lines: Iterable[Line]) -> list[Line]:
    """Those in whose place no other stands."""
    known = list(lines)
    gone = {line.corrects for line in known if line.corrects is not None}
    return [line for line in known if line.key not in gone]


def figures(lines: Iterable[Line]) -> dict[date, tuple[Figure, ...]]:
    """By month, oldest first; within a month by employer and kind."""
    sums: dict[tuple[date, str, Kind], dict[Source, int]] = {}
    for line in standing(lines):
        said = sums.setdefault((line.month, line.employer, line.kind), {})
        said[line.source] = said.get(line.source, 0) + line.amount
    found: dict[date, list[Figure]] = {}
    for (month, employer, kind), said in sorted(sums.items()):
        first = min(said, key=FIRMEST.index)
        others = tuple(
            (one, said[one]) for one in FIRMEST if one in said and said[one] != said[first]
        )
        found.setdefault(month, []).append(
            Figure(employer, kind, first, max(0, said[first]), others)
        )
    return {month: tuple(several) for month, several in found.items()}


def total(several: Iterable[Figure], kind: Kind) -> int | None:
    """Of one kind over all employers; None where nothing has been said of that kind."""
    amounts = [one.amount for one in several if one.kind == kind]
    return sum(amounts) if amounts else None


def reached(months: Mapping[date, Iterable[Figure]], at_least: Decimal) -> tuple[date, ...]:
    """The months with at least so many ordinary hours."""
    wanted = Fraction(at_least) * PARTS
    return tuple(
        month for month, several in months.items() if (total(several, Kind.ORDINARY) or 0) >= wanted
    )
