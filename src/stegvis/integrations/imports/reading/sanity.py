"""Columns that are impossible all the way down. One bad row waits for a person; when every row of a
column is wrong in the same way, it is the column that is wrong, and the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from stegvis.integrations.imports.reading import limits
from stegvis.integrations.imports.reading.grid import Cell, Cells, Sheet
from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.integrations.imports.reading.results import Row
from stegvis.integrations.imports.reading.wording import is_empty, plain, shown, word_list

_HABIT = 2  # rows that make a habit
_WHOLE_COLUMN = frozenset(("date_impossible", "date_1900", "id_digits", "hours_negative"))
_CLOCK = re.compile(r"(-?)(\d{1,3})[:.](\d{2})")
_NEGATIVE = re.compile(r"-\d+(?:[.,]\d+)?")
_MIDNIGHT = 24 * 60


def refuse_whole_columns(rows: Sequence[Row]) -> None:
    """Refusal with the code that every record of the file has in the same column."""
    if len(rows) < _HABIT:
        return
    shared = {(i.column, i.code) for i in rows[0].issues if i.code in _WHOLE_COLUMN}
    for row in rows[1:]:
        if not shared:
            return
        shared &= {(i.column, i.code) for i in row.issues}
    for column, code in sorted(shared):
        raise Refusal(code, sheet=rows[0].sheet, column=column)


def refuse_impossible_hours(sheet: Sheet) -> None:
    """Refusal: hours_negative, time_impossible. Needs no kind: looks at columns of hours by their
    header, and at cells that are clock times."""
    first = _filled(sheet.rows[: limits.SAMPLE_ROWS])
    if _impossible_hours(first):  # only then is the whole sheet worth the time
        fault = _impossible_hours(_filled(sheet.rows))
        if fault is not None:
            raise Refusal(fault[0], sheet=sheet.name, column=fault[1])


def _filled(rows: Sequence[Cells]) -> list[Cells]:
    return [cells for cells in rows if not all(map(is_empty, cells))]


def _impossible_hours(rows: Sequence[Cells]) -> tuple[str, str] | None:
    """Code and header, when nothing in a column, or no clock time at all, is possible."""
    if len(rows) <= _HABIT:
        return None
    headers = word_list("columns")["participants"]["scope_hours"]["words"]
    for at, header in enumerate(rows[0]):
        cells = list(_column(rows[1:], at))
        if len(cells) < _HABIT:
            continue
        words = plain(shown(header))
        if (words in headers or words == "timer") and all(map(_is_negative, cells)):
            return "hours_negative", shown(header)
    clocks = [c for cells in rows[1:] for c in map(_clock, cells) if c is not None]
    return ("time_impossible", "") if len(clocks) >= _HABIT and not any(clocks) else None


def _column(rows: Iterable[Cells], at: int) -> Iterable[Cell]:
    return (cells[at] for cells in rows if at < len(cells) and not is_empty(cells[at]))


def _is_negative(cell: Cell) -> bool:
    return _NEGATIVE.fullmatch(shown(cell).replace("\u2212", "-")) is not None


def _clock(cell: Cell) -> bool | None:
    """Whether a clock time is possible; None for what is no clock time."""
    found = _CLOCK.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if found is None:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    return not found[1] and int(found[3]) < 60 and minutes <= _MIDNIGHT  # noqa: PLR2004
