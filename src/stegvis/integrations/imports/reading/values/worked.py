"""Hours worked, and the months they were worked in, as people write them."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction

from stegvis.core.values.paid import MOST, PARTS
from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.values.amounts import read_amount
from stegvis.integrations.imports.reading.values.dates import MONTHS
from stegvis.integrations.imports.reading.wording import plain, shown

SHORT = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
"""Danish and Swedish abbreviations, which are how a list's months are named in what is read."""
ANY_YEAR = 2000
_MINUTES = 60
_CLOCK = re.compile(r"(-?)(\d{1,4}):([0-5]\d)(?::00)?")
_UNIT = re.compile(r"(?<=\d)\s*(?:t|h|tim|timer|timmar|hours)\.?$")
_YEAR_FIRST = re.compile(r"(20\d\d)[ ./-]?(0?[1-9]|1[0-2])(?:[ ./-]0?1)?")
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[ ./-](20\d\d)")
_APART = re.compile(r" |(?<=[^\W\d])(?=\d)")
_YEAR = re.compile(r"(?:20)?\d\d")
_WORDS_BESIDE = frozenset(
    ("timer", "timmar", "tim", "hours", "ordinære", "ordinarie", "ordinary", "i", "h", "t", "in")
)


def read_parts(cell: Cell) -> int | None:
    """Parts of an hour (core/values/paid): of 27,5 or 8:15 or "9.000,0 t"; None for what is no
    amount, or finer than a hundredth that is no minute either."""
    if isinstance(cell, dt.timedelta):
        return _whole(Fraction(round(cell.total_seconds()), 3600))
    if isinstance(cell, dt.datetime):
        return None
    if isinstance(cell, dt.time):
        return _whole(Fraction(cell.hour * _MINUTES + cell.minute, _MINUTES))
    text = _UNIT.sub("", shown(cell).casefold().replace("\u2212", "-"))
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        minutes = int(clock[2]) * _MINUTES + int(clock[3])
        return _whole(Fraction(-minutes if clock[1] else minutes, _MINUTES))
    amount = read_amount(text if isinstance(cell, str) else cell)
    return None if amount is None else _whole(Fraction(amount))


def _whole(hours: Fraction) -> int | None:
    found = hours * PARTS
    return int(found) if found.denominator == 1 else None


def as_hours(parts: int) -> float | int:
    """For showing: exact where it is whole hundredths."""
    value = parts / PARTS
    return int(value) if value.is_integer() else round(value, 10)


def parts_of(hours: float) -> int:
    """Back again, exactly: what is shown is nearer to its part than to any other."""
    return round(hours * PARTS)


def fault_of(parts: int) -> str:
    if parts < 0:
        return "hours_negative"
    return "hours_out_of_range" if parts > MOST else ""


def read_month(header: str, year: int) -> dt.date | None:
    """The month a header names, of its own year or of this one: "jan", "Januar 2026", "2026-01",
    "timer i maj"."""
    text = header.strip().casefold()
    for pattern, year_at, month_at in ((_YEAR_FIRST, 1, 2), (_MONTH_FIRST, 2, 1)):
        found = pattern.fullmatch(text)
        if found is not None:
            return dt.date(int(found[year_at]), int(found[month_at]), 1)
    return _worded(plain(header), year)


def _worded(text: str, year: int) -> dt.date | None:
    words = [word for word in _APART.split(text) if word and word not in _WORDS_BESIDE]
    named = [MONTHS[word] for word in words if word in MONTHS]
    rest = [word for word in words if word not in MONTHS]
    if len(named) != 1 or len(rest) > 1 or (rest and not _YEAR.fullmatch(rest[0])):
        return None
    return dt.date(int(rest[0]) % 2000 + 2000 if rest else year, named[0], 1)
