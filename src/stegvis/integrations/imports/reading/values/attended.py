"""One cell of a list of attendance, by the legend of its own file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from stegvis.integrations.imports.reading.grid import Cell, Cells
from stegvis.integrations.imports.reading.wording import by_stem, is_empty, plain, shown

_ENTRY = re.compile(r"(?P<sign>[^=:]{1,20}?)\s*[=:]\s*(?P<meaning>\D.*)")
_NUMBER = r"(?P<{0}>\d{{1,4}}(?:[.,]\d+)?)"
_UNIT = r"(?P<{0}>minuter|minutter|min|m|timmar|timer|tim|h|t)\.?"
_LATE = r"(?:för |for )?(?:sen|sent|försenad|forsinket|late)"
_LATENESS = re.compile(
    rf"(?:(?P<sign>\S+)\s+)?(?:{_LATE}\s+{_NUMBER.format('after')}\s*(?:{_UNIT.format('u1')})?"
    rf"|{_NUMBER.format('before')}\s*{_UNIT.format('u2')}\s+{_LATE})"
)
_CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::\d{2})?")
_HOURS = re.compile(r"(\d{1,4}(?:[.,]\d+)?)\s*(?:timmar|timer|tim|h|t)?\.?")
_PARTS = re.compile(r"[\s/()+,;]+")
_SIGN, _SHORTEST = 5, 2  # letters of a sign in a legend; of a word cut short
_DAY_HOURS = 24
_WORKING_DAY = 8 * 60  # minutes (ours): whoever is later than that was not late
_TWO = 2


@dataclass(frozen=True, slots=True)
class Legend:
    """What the signs mean: by the sign as it stands, and the words it is explained with."""

    signs: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)  # the first word of each meaning

    @classmethod
    def of(cls, entries: Iterable[tuple[str, str]]) -> Legend:
        signs: dict[str, str] = {}
        words: dict[str, str] = {}
        for sign, meaning in entries:
            status = by_stem("day_status", plain(meaning))
            if status:
                signs.setdefault(sign, status)
                words.setdefault(plain(meaning).split()[0], status)
        return cls(signs, words)

    def status(self, text: str) -> str:
        """As it stands; in other letter case; or a word of the legend, perhaps cut short."""
        if text in self.signs:
            return self.signs[text]
        folded = text.casefold()
        meant = {status for sign, status in self.signs.items() if sign.casefold() == folded}
        if not meant and len(folded) >= _SHORTEST:
            meant = {status for word, status in self.words.items() if word.startswith(folded)}
        return next(iter(meant)) if len(meant) == 1 else ""


def legend_entry(cells: Cells) -> tuple[str, str] | None:
    """A row "x | närvarande" or a cell "x = närvarande" beside nothing else."""
    texts = [shown(cell) for cell in cells if not is_empty(cell)]
    if len(texts) == 1:
        entry = _ENTRY.fullmatch(texts[0].strip())
        texts = [entry["sign"], entry["meaning"]] if entry else texts
    if len(texts) != _TWO:
        return None
    sign, meaning = texts
    explains = any(each.isdigit() for each in sign)  # "7:45": how hours are written
    if not explains and (len(sign) > _SIGN or not by_stem("day_status", plain(meaning))):
        return None
    return (sign, "" if explains else meaning)


def read_day(cell: Cell, legend: Legend) -> dict[str, Any]:
    """`s` and what more it says. An empty cell is never absence; one that is held says why."""
    if is_empty(cell):
        return {"s": "not_recorded"}
    if isinstance(cell, str):
        return _text(shown(cell), legend)
    if isinstance(cell, dt.timedelta):
        return _present(cell.total_seconds() / 3600)
    if isinstance(cell, dt.time):
        return _present(cell.hour + cell.minute / 60)
    if isinstance(cell, bool | dt.date):
        return _held("time_impossible" if isinstance(cell, dt.date) else "code_unknown")
    return _present(float(cell or 0))


def _text(text: str, legend: Legend) -> dict[str, Any]:
    status = legend.status(text)
    if status:
        return {"s": status}
    folded = text.casefold()
    late = _LATENESS.fullmatch(folded)
    if late and (not late["sign"] or legend.status(late["sign"]) == "present"):
        return _late(late)
    clock = _CLOCK.fullmatch(folded)
    if clock:
        minutes = int(clock[2])
        return _present(int(clock[1]) + minutes / 60 if minutes < 60 else _DAY_HOURS + 1)  # noqa: PLR2004
    hours = _HOURS.fullmatch(folded)
    if hours:
        return _present(float(hours[1].replace(",", ".")))
    known = [part for part in _PARTS.split(text) if part and legend.status(part)]
    return _held("two_values" if len(known) >= _TWO else "code_unknown")


def _late(found: re.Match[str]) -> dict[str, Any]:
    number = float((found["after"] or found["before"]).replace(",", "."))
    unit = found["u1"] or found["u2"] or "min"
    minutes = round(number * 60) if unit[0] in "ht" else round(number)
    if not 0 < minutes <= _WORKING_DAY:
        return _held("time_impossible")
    return {"s": "present", "late_min": minutes}


def _present(hours: float) -> dict[str, Any]:
    if not 0 < hours <= _DAY_HOURS:
        return _held("time_impossible")
    return {"s": "present", "hours": round(hours, 4)}


def _held(code: str) -> dict[str, Any]:
    return {"s": "held", "code": code}
