"""A file as sheets of cells, whatever it was stored as."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

type Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""An empty cell is "" or None. Numbers in workbooks are floats, also whole ones."""

type Cells = list[Cell]
type Place = tuple[int, int]
"""Row and column, both counted from 0."""


@dataclass(frozen=True, slots=True)
class Merge:
    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """`rows` are counted from 0; `numbers[i]` is the row a person sees. In a text file a record's
    number is the physical line it begins on, and `name` is None."""

    name: str | None
    rows: list[Cells]
    numbers: Sequence[int]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    comments: Mapping[Place, str] = field(default_factory=dict)
    formulas: Mapping[Place, str] = field(default_factory=dict)
    colours: Callable[[], Mapping[Place, str]] | None = None  # "RRGGBB" by place; read when asked
    painted_by_rule: bool = False  # conditional formatting: colours we cannot see
    separator_line: int | None = None  # the number of a first line sep=;

    @property
    def fields_are_counted(self) -> bool:
        """In a text file a record with too few or too many fields has slipped."""
        return self.name is None


@dataclass(frozen=True, slots=True)
class Book:
    sheets: tuple[Sheet, ...]
    form: str  # "text" or "workbook"
    encoding: str = ""
    delimiter: str = ""
    days_from_1904: bool = False
