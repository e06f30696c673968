"""Days as people remember them: a year, a half-year, a month, or the day itself. What is said
roughly keeps how roughly it was said, and stands for every day it may mean."""

from __future__ import annotations

import calendar
import re
import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import NamedTuple

PRECISIONS = ("day", "week", "month", "half", "year")
_HALF = 6  # months
_AHEAD = 1  # a two-digit year further ahead is of the last century
_EARLIEST = 1900
_DASH = r"[-/.\u2010-\u2013]"
_YEAR = re.compile(r"(?:år(?:et)? |året |year )?(\d{4})")
_MONTH = re.compile(rf"(\d{{4}}){_DASH}(\d{{1,2}})")
_MONTH_FIRST = re.compile(rf"(\d{{1,2}}){_DASH}(\d{{4}})")
_DAY = re.compile(rf"(\d{{4}}){_DASH}(\d{{1,2}}){_DASH}(\d{{1,2}})")


class Rough(NamedTuple):
    """`since` and `last` are the first and the last day that may be meant, both in."""

    since: date
    last: date
    precision: str = "day"


def read_rough(text: str, *, today: date) -> Rough | None:
    """What "2019", "2019-03", "VT 2019", "hösten -19", "2019-03-14"
    stand for; None for anything else. ValueError for a month or a day that does not exist."""
    said = " ".join(text.casefold().split())
    for pattern, build in ((_DAY, _day), (_MONTH, _month), (_MONTH_FIRST, _month_first)):
        found = pattern.fullmatch(said)
        if found is not None:
            return build(*map(int, found.groups()))
    found = _YEAR.fullmatch(said)
    if found is not None:
        return whole_year(int(found[1]))
    return _half(said, today)


def whole_year(year: int) -> Rough:
    _within(year)
    return Rough(date(year, 1, 1), date(year, 12, 31), "year")


def of_day(day: date) -> Rough:
    return Rough(day, day)


def around(day: date, precision: str) -> Rough:
    """What a first day and its precision stand for."""
    if precision == "week":
        return Rough(day, day + timedelta(days=6), precision)
    if precision == "month":
        return _month(day.year, day.month)
    if precision == "half":
        return _half_year(day.year, later=day.month > _HALF)
    return whole_year(day.year) if precision == "year" else of_day(day)


def _day(year: int, month: int, day: int) -> Rough:
    _within(year)
    return of_day(date(year, month, day))


def _month(year: int, month: int) -> Rough:
    _within(year)
    first = date(year, month, 1)
    return Rough(first, first.replace(day=calendar.monthrange(year, month)[1]), "month")


def _month_first(month: int, year: int) -> Rough:
    return _month(year, month)


def _within(year: int) -> None:
    if year < _EARLIEST:
        raise ValueError(f"nobody living has an earlier year than {_EARLIEST}")


def _half_year(year: int, *, later: bool) -> Rough:
    _within(year)
    if later:
        return Rough(date(year, 7, 1), date(year, 12, 31), "half")
    return Rough(date(year, 1, 1), date(year, 6, 30), "half")


def _half(said: str, today: date) -> Rough | None:
    for later, pattern in _halves():
        found = pattern.fullmatch(said)
        if found is not None:
            return _half_year(_full(found[1] or found[2], today), later=later)
    return None


def _full(year: str, today: date) -> int:
    if len(year) > 2:  # noqa: PLR2004 a year of two digits
        return int(year)
    full = today.year - today.year % 100 + int(year)
    return full if full <= today.year + _AHEAD else full - 100


@cache
def _halves() -> tuple[tuple[bool, re.Pattern[str]], ...]:
    """A half-year's words before or after the year."""
    table = tomllib.loads(files("stegvis.core.values").joinpath("rough.toml").read_text("utf-8"))
    made = []
    for name in ("first", "second"):
        words = "|".join(re.escape(word) for word in sorted(table[name], key=len, reverse=True))
        year = r"(\d{4}|\d{2})"
        before = rf"(?:{words})(?: av| af| of)?[ .'’\-\u2013]{{0,3}}{year}"
        after = rf"{year}[ .,\-]{{0,2}}(?:{words})"
        made.append((name == "second", re.compile(f"{before}|{after}")))
    return tuple(made)
