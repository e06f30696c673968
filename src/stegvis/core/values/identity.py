"""Identity numbers of two countries, as a person types them.

The kind is the country's to say: day + 60 is a coordination number in Sweden and a replacement
number in Denmark. Danish numbers have no modulus to check: since 2007 some are given out without.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from personnummer import personnummer
from stdnum.dk import cpr
from stdnum.exceptions import ValidationError

SHAPE = re.compile(r"(\d{6}|\d{8})[-+ \u2013\u00a0]?(\d{4})", re.ASCII)  # no other script's digits
DAY_ADDED = 60
YOUNGEST = 14  # ours: without a century, the latest birth year that makes the person this old


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


def read_number(text: str, *, country: str, on: date) -> Number | None:
    """The number, or None when the text is not one. `on` settles a century that is left out."""
    found = SHAPE.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1] + found[2]
    return _danish(digits) if country == "DK" else _swedish(digits, on)


def _swedish(digits: str, on: date) -> Number | None:
    long = digits if len(digits) == 12 else _with_century(digits, on)  # noqa: PLR2004
    try:
        number = personnummer.Personnummer(long, {"allow_interim_number": False})
    except (personnummer.PersonnummerException, ValueError):
        return None
    added = int(long[6:8]) > DAY_ADDED
    try:
        born = date(int(long[:4]), int(long[4:6]), int(long[6:8]) - DAY_ADDED * added)
    except ValueError:
        return None
    if born > on:
        return None
    coordination = number.is_coordination_number()
    return Number("SE", NumberKind.COORDINATION if coordination else NumberKind.PERSONAL, long)


def _with_century(digits: str, on: date) -> str:
    year = int(digits[:2])
    latest = on.year - YOUNGEST
    return f"{latest - (latest - year) % 100}"[:2] + digits


def _danish(digits: str) -> Number | None:
    if len(digits) != 10:  # noqa: PLR2004
        return None
    day = int(digits[:2])
    replaced = day > DAY_ADDED
    plain = f"{day - DAY_ADDED:02}{digits[2:]}" if replaced else digits
    try:
        cpr.get_birth_date(plain)
    except ValidationError:
        return None
    return Number("DK", NumberKind.REPLACEMENT if replaced else NumberKind.PERSONAL, digits)
