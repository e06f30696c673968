"""When something earlier began and ended: a year, a half-year, a month, a week or a day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from stegvis.core.values.rough import Rough, around, read_rough, whole_year
from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.values.dates import DateReader
from stegvis.integrations.imports.reading.wording import shown

_YEARS = range(1930, 2100)  # a bare number in a column of periods


class Edge(NamedTuple):
    """`rough` is None exactly when `fault` is set."""

    rough: Rough | None
    note: str = ""
    fault: str = ""


def read_edge(cell: Cell, dates: DateReader) -> Edge:
    text = shown(cell)
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if cell in _YEARS:
            return Edge(whole_year(int(cell)))
    elif not isinstance(cell, date):
        try:
            rough = read_rough(text, today=dates.today)
        except ValueError:
            return Edge(None, fault="date_impossible")
        if rough is not None:
            return Edge(rough)
    day = dates.any(cell)
    if day.on is None:
        return Edge(None, fault=day.fault)
    return Edge(around(day.on, day.precision), note=day.note)
