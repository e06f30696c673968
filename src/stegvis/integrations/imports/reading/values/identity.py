"""Identity numbers of two countries, as people write them.

The published checkers (personnummer, stdnum) agree with this on every valid number, which a test
holds them to; they read the clock, and take some ten times as long.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.wording import DASHES, listed, shown

_YOUNGEST = 14  # a number without century belongs to somebody at least this old
_PLUS_FROM = 100
_DISPLACED = 60  # day + 60: samordningsnummer in Sweden, replacement number in Denmark
_FULL, _SHORT = 12, 10
_BIRTH_DATE = 8
_SHORTEST = 7  # year and month lost all their leading zeros: 00-0M-DD-NNNC
_SEPARATORS = re.compile(rf"[\s+./{DASHES}]")
_RESERVE = re.compile(r"\d{6}(?:\d\d)?(?=[A-Z0-9]{4}$)[A-Z0-9]*[A-WYZ][A-Z0-9]*", re.IGNORECASE)
_MOD11 = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)  # digit sum of twice the digit
_PAIRS = {f"{a}{b}": _DOUBLED[a] + b for a in range(10) for b in range(10)}


class Identity(NamedTuple):
    """`number` is twelve digits in Sweden (YYYYMMDDNNNC), ten in Denmark (DDMMYYNNNN), or "" with
    one code that holds the row. `notes` say how it was read."""

    number: str
    kind: str = ""
    notes: tuple[str, ...] = ()
    fault: str = ""


def read_identity(cell: Cell, *, country: str, today: date) -> Identity:
    """Faults: id_missing, id_incomplete, id_date, id_checksum, id_kind_unknown, id_digits."""
    if isinstance(cell, str) and cell.isascii():
        bare = cell.replace("-", "").replace(" ", "")
        if len(bare) in (_SHORT, _FULL) and bare.isdigit():
            return _numbered(bare, country, today)  # nearly every cell of nearly every file
    if isinstance(cell, date):
        return Identity("", fault="id_incomplete")  # a birth date is not a number
    text = shown(cell)
    if text.casefold() in listed("nothing") or not any(map(str.isalnum, text)):
        return Identity("", fault="id_missing")
    century_passed = "+" in text
    compact = _SEPARATORS.sub("", text)
    if not (compact.isascii() and compact.isdigit()):
        return Identity("", fault=_not_digits(compact))
    return _numbered(compact, country, today, century_passed=century_passed)


def _not_digits(compact: str) -> str:
    if any(sign.isdigit() and not sign.isascii() for sign in compact):
        return "id_digits"
    return "id_kind_unknown" if _RESERVE.fullmatch(compact) else "id_incomplete"


def _numbered(digits: str, country: str, today: date, *, century_passed: bool = False) -> Identity:
    digits, notes = _restored(digits, country, today)
    if country == "DK":
        return _danish(digits, notes, today)
    return _swedish(digits, notes, today, century_passed=century_passed)


def check_digit_holds(ten: str) -> bool:
    """Luhn over YYMMDDNNNC."""
    pairs = _PAIRS
    return (
        pairs[ten[0:2]] + pairs[ten[2:4]] + pairs[ten[4:6]] + pairs[ten[6:8]] + pairs[ten[8:10]]
    ) % 10 == 0


def _restored(digits: str, country: str, today: date) -> tuple[str, tuple[str, ...]]:
    """A spreadsheet drops leading zeros of what it takes for a number."""
    if not _SHORTEST <= len(digits) < _SHORT:
        return digits, ()
    padded = digits.zfill(_SHORT)
    if country == "DK":
        one_lost = len(digits) == _SHORT - 1
        return (padded, ("leading_zero_restored",)) if one_lost else (digits, ())
    if len(digits) == _BIRTH_DATE and _day(digits[:4], digits[4:6], digits[6:]):
        return digits, ()
    if check_digit_holds(padded) and _swedish(padded, (), today, century_passed=False).number:
        return padded, ("leading_zero_restored",)
    return digits, ()


def _swedish(digits: str, notes: tuple[str, ...], today: date, *, century_passed: bool) -> Identity:
    if len(digits) not in (_SHORT, _FULL):
        return Identity("", fault="id_incomplete")
    ten = digits[-_SHORT:]
    century = digits[:-_SHORT]
    if not century:
        century = _century(ten, today, passed=century_passed)
        notes = ("century_added", *notes)
    born = _birth_day(century + ten[:2], ten[2:4], ten[4:6])
    if born is None or born > today or century not in ("18", "19", "20"):
        return Identity("", fault="id_date")
    if not check_digit_holds(ten):
        return Identity("", fault="id_checksum")
    kind = "samordningsnummer" if int(ten[4:6]) > _DISPLACED else "personnummer"
    return Identity(century + ten, kind, notes)


def _century(ten: str, today: date, *, passed: bool) -> str:
    """The latest that makes the person old enough; a plus sign is written from the year somebody
    turns a hundred."""
    for century in ("20", "19", "18"):
        born = _birth_day(century + ten[:2], ten[2:4], ten[4:6])
        if born is None:
            continue
        if passed and today.year - born.year >= _PLUS_FROM:
            return century
        old = (born.year + _YOUNGEST, born.month, born.day) <= (today.year, today.month, today.day)
        if old and not passed:
            return century
    return "19"


def _danish(digits: str, notes: tuple[str, ...], today: date) -> Identity:
    """The seventh digit gives the century; modulus 11 has not been required since 2007."""
    if len(digits) != _SHORT:
        return Identity("", fault="id_incomplete")
    short_year, seventh = int(digits[4:6]), int(digits[6])
    born = _birth_day(_danish_century(short_year, seventh) + digits[4:6], digits[2:4], digits[:2])
    if born is None or born > today:
        return Identity("", fault="id_date")
    if int(digits[:2]) > _DISPLACED:
        return Identity(digits, "replacement", notes)
    weighed = sum(w * int(d) for w, d in zip(_MOD11, digits, strict=True))
    return Identity(digits, "nomod11" if weighed % 11 else "mod11", notes)


def _danish_century(short_year: int, seventh: int) -> str:
    if seventh <= 3:  # noqa: PLR2004 the table of the Danish register
        return "19"
    if seventh in (4, 9):
        return "20" if short_year <= 36 else "19"  # noqa: PLR2004
    return "20" if short_year <= 57 else "18"  # noqa: PLR2004


@lru_cache(maxsize=65_536)
def _birth_day(year: str, month: str, day: str) -> date | None:
    number = int(day)
    return _day(year, month, str(number - _DISPLACED if number > _DISPLACED else number))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
