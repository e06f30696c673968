"""Identity numbers of two countries.

The kind is the country's to say: day + 60 is a coordination number in Sweden and a replacement
number in Denmark. Danish numbers need pass no modulus: since 2007 some are given out without.

The published checkers (personnummer, stdnum) agree with this on every valid number, which a test
holds them to; they read the clock, and take some ten times as long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

SHAPE = re.compile(r"(\d{6}|\d{8})([-+ \u2013\u00a0]?)(\d{4})", re.ASCII)
DAY_ADDED = 60
YOUNGEST = 14  # ours: without a century, the latest birth year that makes the person this old
WHOLE, SHORT = 12, 10  # digits with and without the century
_PLUS_FROM = 100  # the year from which a plus sign is written
_MOD11 = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)  # digit sum of twice the digit
_PAIRS = {f"{a}{b}": _DOUBLED[a] + b for a in range(10) for b in range(10)}


class NumberKind(StrEnum):
    PERSONAL = "personal"
    COORDINATION = "coordination"
    RESERVE = "reserve"
    REPLACEMENT = "replacement"


@dataclass(frozen=True, slots=True)
class Number:
    """`digits`: twelve for Sweden (century first), ten for Denmark (day first)."""

    country: str
    kind: NumberKind
    digits: str

    @property
    def hint(self) -> str:
        """Enough to tell two people apart, too little to be the number."""
        return f"{self.digits[-10:-4]}-••••"


class Checked(NamedTuple):
    """`digits` as a Number has them, or "" with a fault: incomplete, date or checksum."""

    digits: str
    kind: NumberKind | None = None
    fault: str = ""


def read_number(text: str, *, country: str, on: date) -> Number | None:
    """The number a person typed, or None. `on` settles a century that is left out."""
    found = SHAPE.fullmatch(text.strip())
    if found is None:
        return None
    century_passed = found[2] == "+"
    checked = check(found[1] + found[3], country=country, on=on, century_passed=century_passed)
    return Number(country, checked.kind, checked.digits) if checked.kind else None


def check(digits: str, *, country: str, on: date, century_passed: bool = False) -> Checked:
    """Digits and nothing else, with or without a century."""
    if country == "DK":
        return _danish(digits, on)
    return _swedish(digits, on, century_passed=century_passed)


def check_digit_holds(ten: str) -> bool:
    """Luhn over YYMMDDNNNC."""
    pairs = _PAIRS
    return (
        pairs[ten[0:2]] + pairs[ten[2:4]] + pairs[ten[4:6]] + pairs[ten[6:8]] + pairs[ten[8:10]]
    ) % 10 == 0


def has_modulus(danish: str) -> bool:
    """Whether a Danish number passes modulus 11, as all did before 2007."""
    return sum(w * int(d) for w, d in zip(_MOD11, danish, strict=True)) % 11 == 0


def born_on(number: Number) -> date | None:
    """The day of birth a number says; of a coordination or replacement number the day meant."""
    digits = number.digits
    if number.country != "DK":
        return birth_day(digits[:4], digits[4:6], digits[6:8])
    century = _danish_century(int(digits[4:6]), int(digits[6]))
    return birth_day(century + digits[4:6], digits[2:4], digits[:2])


@lru_cache(maxsize=65_536)
def birth_day(year: str, month: str, day: str) -> date | None:
    number = int(day)
    try:
        return date(int(year), int(month), number - DAY_ADDED * (number > DAY_ADDED))
    except ValueError:
        return None


def _swedish(digits: str, on: date, *, century_passed: bool) -> Checked:
    if len(digits) not in (SHORT, WHOLE):
        return Checked("", fault="incomplete")
    ten = digits[-SHORT:]
    century = digits[:-SHORT] or _century(ten, on, passed=century_passed)
    born = birth_day(century + ten[:2], ten[2:4], ten[4:6])
    if born is None or born > on or century not in ("18", "19", "20"):
        return Checked("", fault="date")
    if not check_digit_holds(ten):
        return Checked("", fault="checksum")
    displaced = int(ten[4:6]) > DAY_ADDED
    return Checked(century + ten, NumberKind.COORDINATION if displaced else NumberKind.PERSONAL)


def _century(ten: str, on: date, *, passed: bool) -> str:
    """The latest that makes the person old enough; a plus sign is written from the year somebody
    turns a hundred."""
    for century in ("20", "19", "18"):
        born = birth_day(century + ten[:2], ten[2:4], ten[4:6])
        if born is None:
            continue
        if passed and on.year - born.year >= _PLUS_FROM:
            return century
        old = (born.year + YOUNGEST, born.month, born.day) <= (on.year, on.month, on.day)
        if old and not passed:
            return century
    return "19"


def _danish(digits: str, on: date) -> Checked:
    """The seventh digit gives the century."""
    if len(digits) != SHORT:
        return Checked("", fault="incomplete")
    century = _danish_century(int(digits[4:6]), int(digits[6]))
    born = birth_day(century + digits[4:6], digits[2:4], digits[:2])
    if born is None or born > on:
        return Checked("", fault="date")
    displaced = int(digits[:2]) > DAY_ADDED
    return Checked(digits, NumberKind.REPLACEMENT if displaced else NumberKind.PERSONAL)


def _danish_century(short_year: int, seventh: int) -> str:
    if seventh <= 3:  # noqa: PLR2004 the table of the Danish register
        return "19"
    if seventh in (4, 9):
        return "20" if short_year <= 36 else "19"  # noqa: PLR2004
    return "20" if short_year <= 57 else "18"  # noqa: PLR2004
