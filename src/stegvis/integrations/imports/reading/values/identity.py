"""Identity numbers as cells hold them: with and without signs between, as numbers that lost their
leading zeros, or not at all. Whether they are valid is said in core.values.identity."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from stegvis.core.values.identity import (
    SHORT,
    WHOLE,
    NumberKind,
    birth_day,
    check,
    check_digit_holds,
    has_modulus,
)
from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.wording import DASHES, listed, shown

_BIRTH_DATE = 8
_SHORTEST = 7  # year and month lost all their leading zeros: 00-0M-DD-NNNC
_SEPARATORS = re.compile(rf"[\s+./{DASHES}]")
_RESERVE = re.compile(r"\d{6}(?:\d\d)?(?=[A-Z0-9]{4}$)[A-Z0-9]*[A-WYZ][A-Z0-9]*", re.IGNORECASE)
_SWEDISH = {
    NumberKind.PERSONAL: "personnummer",
    NumberKind.COORDINATION: "samordningsnummer",
}


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
        if len(bare) in (SHORT, WHOLE) and bare.isdigit():
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
    found = check(digits, country=country, on=today, century_passed=century_passed)
    if found.kind is None:
        return Identity("", fault=f"id_{found.fault}")
    if country == "DK":
        return Identity(found.digits, _danish_kind(found.kind, found.digits), notes)
    if len(digits) == SHORT:
        notes = ("century_added", *notes)
    return Identity(found.digits, _SWEDISH[found.kind], notes)


def _danish_kind(kind: NumberKind, digits: str) -> str:
    if kind is NumberKind.REPLACEMENT:
        return "replacement"
    return "mod11" if has_modulus(digits) else "nomod11"


def _restored(digits: str, country: str, today: date) -> tuple[str, tuple[str, ...]]:
    """A spreadsheet drops leading zeros of what it takes for a number."""
    if not _SHORTEST <= len(digits) < SHORT:
        return digits, ()
    padded = digits.zfill(SHORT)
    if country == "DK":
        one_lost = len(digits) == SHORT - 1
        return (padded, ("leading_zero_restored",)) if one_lost else (digits, ())
    if len(digits) == _BIRTH_DATE and _is_day(digits):
        return digits, ()
    if check_digit_holds(padded) and check(padded, country=country, on=today).kind:
        return padded, ("leading_zero_restored",)
    return digits, ()


def _is_day(digits: str) -> bool:
    """YYYYMMDD of a day that exists, and not one with 60 added."""
    return digits[6] < "4" and birth_day(digits[:4], digits[4:6], digits[6:]) is not None
