"""Rows about people made so alike that nobody is found among fewer than k (k-anonymity).

What an outsider may know of somebody (the named columns) is told more coarsely, one column a step
at a time, until every row has k − 1 others that say the same of those columns; what still stands
alone is left out. The order of coarsening depends on how many different values a column has, never
on who is in it. After L. Sweeney's Datafly (1997), a greedy choice and no optimum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

K = 5
ANY = "*"
type Row = Mapping[str, str]
type Coarser = Callable[[str, int], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that an outsider may know. `coarser(value, level)`: the value at a level, 0 as it
    is; at `levels` it says nothing."""

    name: str
    levels: int
    coarser: Coarser


@dataclass(frozen=True, slots=True)
class Hidden:
    """The rows that may be shown, the level each column is told at, how many were left out."""

    rows: tuple[dict[str, str], ...]
    levels: Mapping[str, int]
    left_out: int


def hide(
    rows: Sequence[Row],
    columns: Sequence[Column],
    *,
    k: int = K,
    whose: Sequence[Hashable] | None = None,
) -> Hidden:
    """The same rows, told so coarsely that each is of one of at least k people. `whose`: of whom
    each row is, where one may have several: five rows of one person are no five alike. At most
    k − 1 are left out rather than telling everybody's rows more coarsely still."""
    whose = range(len(rows)) if whose is None else whose
    levels = {column.name: 0 for column in columns}
    told = _at(rows, columns, levels)
    while _alone(told, whose, columns, k) >= k and (column := _widest(told, columns, levels)):
        levels[column.name] += 1
        told = _at(rows, columns, levels)
    people = _people(told, whose, columns)
    kept = tuple(row for row in told if people[_key(row, columns)] >= k)
    return Hidden(kept, levels, len(rows) - len(kept))


def _at(
    rows: Sequence[Row], columns: Sequence[Column], levels: Mapping[str, int]
) -> list[dict[str, str]]:
    made = []
    for row in rows:
        coarse = {}
        for column in columns:
            level = levels[column.name]
            value = row[column.name]
            coarse[column.name] = ANY if level >= column.levels else column.coarser(value, level)
        made.append({**row, **coarse})
    return made


def _key(row: Row, columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(row[column.name] for column in columns)


def _people(
    rows: Sequence[Row], whose: Sequence[Hashable], columns: Sequence[Column]
) -> Counter[tuple[str, ...]]:
    """How many different people say each thing."""
    said = {(_key(row, columns), one) for row, one in zip(rows, whose, strict=True)}
    return Counter(key for key, _one in said)


def _alone(
    rows: Sequence[Row], whose: Sequence[Hashable], columns: Sequence[Column], k: int
) -> int:
    return sum(count for count in _people(rows, whose, columns).values() if count < k)


def _widest(
    rows: Sequence[Row], columns: Sequence[Column], levels: Mapping[str, int]
) -> Column | None:
    """The column with the most different values that can still be told more coarsely."""
    open_ = [column for column in columns if levels[column.name] < column.levels]
    return max(open_, key=lambda one: len({row[one.name] for row in rows}), default=None)


def month(value: str, level: int) -> str:
    """2026-03 → 2026-Q1 → 2026; empty stays empty until the last level."""
    if not value or level == 0:
        return value
    year, number = value.split("-")
    return f"{year}-Q{(int(number) + 2) // 3}" if level == 1 else year


def age(value: str, level: int) -> str:
    """34 → 30–39 → 25–44: bands of ten years, then the usual broad ones."""
    if not value.isdigit():
        return value
    years = int(value)
    if level <= 1:
        low = years // 10 * 10
        return f"{low}-{low + 9}"
    return next((f"-{top}" for top in (24, 44, 64) if years <= top), "65-")


def as_is(value: str, level: int) -> str:
    return value
