"""Days as people write them, with how exactly they were said."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.wording import DASHES, listed, shown, word_list

_SERIALS = range(30_000, 60_001)  # 1982–2064: what a spreadsheet day in a date column can be
_FIRST_YEAR = 366  # serials of 1900 and before are leftovers of empty or lost cells
_FROM_1900 = date(1899, 12, 30)
_FROM_1904 = timedelta(days=1462)
_EARLIEST_CELL = 1904
_YEARS_AHEAD = 10  # a two-digit year further ahead is of the last century
_EARLIEST_YEAR = 1900
_WEEK_WORD = r"(?:v|vecka|veckan|uge|w|week|wk)"

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ tT]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\S*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[-/. ]*(\d{4}|\d{2}))?\.?")
_DASHED = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})")
_DIGITS = re.compile(r"-?\d+(?:\.0+)?")
_WORDED = re.compile(
    r"(?:den )?(\d{1,2})(?::?[ea]|st|nd|rd|th)?\.? ?([^\W\d]+)\.?,? ?(\d{4}|\d{2})?"
)
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?, ?(\d{4})")
_MONTH = re.compile(r"([^\W\d]+)\.?[ -]?'?(\d{4}|\d{2})")
_WEEK = re.compile(rf"{_WEEK_WORD}\.? ?(\d{{1,2}})(?:[ ,/-]+(\d{{4}}|\d{{2}}))?")
_WEEK_TIGHT = re.compile(rf"{_WEEK_WORD}\.?(\d{{2}})(\d{{2}})")
_WEEK_ISO = re.compile(rf"(\d{{4}})[ -]?{_WEEK_WORD}\.? ?(\d{{1,2}})")

MONTHS: dict[str, int] = {
    word: int(number)
    for number, words in word_list("vocabulary")["months"].items()
    for word in words
}


class Day(NamedTuple):
    """`on` is None exactly when `fault` is set. `precision` is day, week (its Monday) or month (its
    first day)."""

    on: date | None
    precision: str = "day"
    note: str = ""  # year_assumed
    fault: str = ""  # date_missing, date_unreadable, date_impossible, date_future, date_1900


_MISSING = Day(None, fault="date_missing")
_UNREADABLE = Day(None, fault="date_unreadable")
_IMPOSSIBLE = Day(None, fault="date_impossible")


@dataclass(frozen=True, slots=True)
class DateReader:
    """Reads the days of one file."""

    today: date
    country: str = "SE"
    days_from_1904: bool = False

    def past(self, cell: Cell) -> Day:
        """A day that has to have come; a later one is date_future."""
        day = self.any(cell)
        if day.on is not None and day.on > self.today:
            return Day(None, fault="date_future")
        return day

    def any(self, cell: Cell) -> Day:
        if isinstance(cell, date):
            on = cell.date() if isinstance(cell, datetime) else cell
            return Day(on) if on.year > _EARLIEST_CELL else Day(None, fault="date_1900")
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            return self._number(cell)
        text = shown(cell).casefold()
        if text in listed("nothing"):
            return _MISSING
        for dash in DASHES[:-1]:
            text = text.replace(dash, "-")
        if _DIGITS.fullmatch(text):
            return self._number(float(text))
        for pattern, read in _PATTERNS:
            found = pattern.fullmatch(text)
            if found is not None:
                return read(self, *found.groups())
        return _UNREADABLE

    def _number(self, value: float) -> Day:
        """A spreadsheet day, or digits run together: 240717, 20240717."""
        if not math.isfinite(value):
            return _UNREADABLE
        number = int(value)
        if number in _SERIALS:
            on = _FROM_1900 + timedelta(days=number)
            return Day(on + _FROM_1904 if self.days_from_1904 else on)
        digits = str(number)
        if len(digits) == len("20240717"):
            return self.on(digits[:4], digits[4:6], digits[6:])
        if len(digits) in (5, 6) and number > 0:
            first, month, last = (digits.zfill(6)[at : at + 2] for at in (0, 2, 4))
            day, year = (first, last) if self.country == "DK" else (last, first)
            return self.on(year, month, day)
        return Day(None, fault="date_1900") if number <= _FIRST_YEAR else _UNREADABLE

    def on(self, year: str, month: str, day: str) -> Day:
        full = self._year(year)
        try:
            on = date(full, int(month), int(day))
        except ValueError:
            return _IMPOSSIBLE
        return Day(on) if full >= _EARLIEST_YEAR else _IMPOSSIBLE

    def _year(self, text: str) -> int:
        if len(text) > 2:  # noqa: PLR2004 a year of two digits
            return int(text)
        ahead = self.today.year + _YEARS_AHEAD
        year = self.today.year - self.today.year % 100 + int(text)
        return year if year <= ahead else year - 100

    def day_first(self, day: str, month: str, year: str | None) -> Day:
        if year is None:
            return self._latest(lambda y: date(y, int(month), int(day)), "day")
        return self.on(year, month, day)

    def dashed(self, first: str, month: str, last: str) -> Day:
        """26-03-02 begins with the year in Sweden; 01-09-2026 and all Danish days with the day."""
        if len(last) == 2 and self.country != "DK":  # noqa: PLR2004
            return self.on(first, month, last)
        return self.on(last, month, first)

    def worded(self, day: str, month: str, year: str | None) -> Day:
        number = MONTHS.get(month)
        return self.day_first(day, str(number), year) if number else _UNREADABLE

    def month_first(self, month: str, day: str, year: str) -> Day:
        return self.worded(day, month, year)

    def month(self, month: str, year: str) -> Day:
        number = MONTHS.get(month)
        if number is None:
            return _UNREADABLE
        return self.on(year, str(number), "1")._replace(precision="month")

    def week(self, week: str, year: str | None) -> Day:
        if year is None:
            return self._latest(lambda y: date.fromisocalendar(y, int(week), 1), "week")
        try:
            return Day(date.fromisocalendar(self._year(year), int(week), 1), "week")
        except ValueError:
            return _IMPOSSIBLE

    def week_of_year(self, year: str, week: str) -> Day:
        return self.week(week, year)

    def _latest(self, of_year: Callable[[int], date], precision: str) -> Day:
        """Without a year: the latest past occurrence within twelve months."""
        for year in (self.today.year, self.today.year - 1):
            try:
                on = of_year(year)
            except ValueError:
                continue
            if _a_year_before(self.today) <= on <= self.today:
                return Day(on, precision, "year_assumed")
        return _IMPOSSIBLE


def _a_year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, 28))


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[..., Day]], ...] = (
    (_ISO, DateReader.on),
    (_DAY_FIRST, DateReader.day_first),
    (_DASHED, DateReader.dashed),
    (_WEEK_TIGHT, DateReader.week_of_year),
    (_WEEK, DateReader.week),
    (_WEEK_ISO, DateReader.week_of_year),
    (_WORDED, DateReader.worded),
    (_MONTH_FIRST, DateReader.month_first),
    (_MONTH, DateReader.month),
)
