"""How much: percent or hours a week, never one made into the other."""

from __future__ import annotations

import math
import re
from enum import StrEnum
from typing import NamedTuple

from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.wording import DASHES, shown

_WHOLE = 100
_WEEK_AT_MOST = 40
_NUMBER = r"(-?\d+(?:[.,]\d+)?)"
_PERCENT = re.compile(rf"{_NUMBER} ?(?:%|procent|pct\.?|percent)")
_HOURS = re.compile(
    rf"{_NUMBER} ?(?:t|h|tim|tim\.|timmar|timme|timer|hours|hrs)\.?"
    r" ?(?:/ ?|i |per |pr\.? |om |a )?(?:v|vecka|veckan|uge|ugen|week|w)?\.?"
)
_PLAIN = re.compile(_NUMBER)
_RANGE = re.compile(rf"\d+ ?[{DASHES}] ?\d+.*")
_WORDS = {
    "heltid": 100, "halvtid": 50, "fuldtid": 100, "halv tid": 50, "hel tid": 100, "deltid halv": 50,
    "full time": 100, "half time": 50,
}  # fmt: skip


class Said(StrEnum):
    """What the header says the column holds."""

    EITHER = "either"
    HOURS = "hours"
    PERCENT = "percent"


class Extent(NamedTuple):
    """`kind` is percent or hours_week, or "" with a fault; an empty cell has neither."""

    kind: str = ""
    value: float = 0
    fault: str = ""


def read_extent(cell: Cell, said: Said) -> Extent:
    """Faults: scope_ambiguous, scope_out_of_range, scope_unreadable, and hours_out_of_range, which
    only a column of hours can give."""
    text = shown(cell).casefold()
    if not text or text in ("-", "–", "?"):
        return Extent()
    if text in _WORDS:
        return _checked("percent", _WORDS[text])
    for pattern, kind in ((_PERCENT, "percent"), (_HOURS, "hours_week")):
        found = pattern.fullmatch(text)
        if found is not None:
            return _checked(kind, _value(found.group(1)), said)
    found = _PLAIN.fullmatch(text)
    if found is not None:
        return _bare(_value(found.group(1)), said)
    return Extent(fault="scope_ambiguous" if _RANGE.fullmatch(text) else "scope_unreadable")


def _bare(value: float, said: Said) -> Extent:
    """A number without a unit: the column's unit, or a share of the whole."""
    if said is Said.HOURS:
        return _checked("hours_week", value, said)
    if 0 < value <= 1:
        return Extent("percent", _tidy(value * _WHOLE))
    if said is Said.PERCENT:
        return _checked("percent", value)
    return Extent(fault="scope_ambiguous")


def _checked(kind: str, value: float, said: Said = Said.EITHER) -> Extent:
    if kind == "percent":
        fits = 0 < value <= _WHOLE
        return Extent(kind, _tidy(value)) if fits else Extent(fault="scope_out_of_range")
    if 0 <= value <= _WEEK_AT_MOST:
        return Extent(kind, _tidy(value))
    return Extent(fault="hours_out_of_range" if said is Said.HOURS else "scope_out_of_range")


def _value(text: str) -> float:
    value = float(text.replace(",", "."))
    return value if math.isfinite(value) else -1


def _tidy(value: float) -> float:
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded
