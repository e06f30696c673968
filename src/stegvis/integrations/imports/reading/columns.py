"""Which field a column holds: by its header first, by its content where the header says nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from stegvis.integrations.imports.reading.grid import Cell, Cells
from stegvis.integrations.imports.reading.mapping import Mapping as Decided
from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.integrations.imports.reading.values.worked import ANY_YEAR, read_month
from stegvis.integrations.imports.reading.wording import is_empty, plain, shown, word_list

_ENOUGH = 0.6  # share of a column's cells that must look alike
_ABBREVIATION = 3  # letters
SEVERAL = frozenset(("remark", "month", "module"))  # fields that more than one column may hold


class Confidence(StrEnum):
    DECIDED = "decided"  # by a person, in a mapping
    SURE = "sure"
    GUESS = "guess"
    UNREAD = "unread"
    NEVER = "never"  # health, faith, origin, crime: not read, not kept


@dataclass(frozen=True, slots=True)
class Column:
    index: int
    header: str
    field: str
    confidence: Confidence


type Recogniser = Callable[[Sequence[Cell]], bool]


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """The header words of one kind of file."""

    exact: Mapping[str, str]  # plain words → field
    starts: Mapping[str, str] = field(default_factory=dict)  # what a header begins with → field
    months: bool = False  # a header that names a month is a column of that month

    @classmethod
    def of(cls, kind: str) -> HeaderWords:
        return _header_words(kind)

    @property
    def fields(self) -> frozenset[str]:
        return frozenset((*self.exact.values(), *self.starts.values()))

    def sure(self, header: str) -> str:
        words = plain(header)
        bare = plain(header.partition("(")[0]) if "(" in header else words
        known = self.exact.get(words) or self.exact.get(bare, "")
        if known or not (self.starts or self.months):
            return known
        if self.months and read_month(header, ANY_YEAR):
            return "month"
        return next(
            (name for s, name in self.starts.items() if f"{words} ".startswith(f"{s} ")), ""
        )

    def never(self, header: str) -> bool:
        """A part of a training that is called Health is nobody's health."""
        return is_never_read(header) and self.sure(header) != "module"

    def guess(self, header: str) -> str:
        """The longest known words within the header, else the one thing it abbreviates."""
        words = f" {plain(header)} "
        within = [known for known in self.exact if f" {known} " in words]
        if within:
            return self.exact[max(within, key=len)]
        short = words.strip()
        if len(short) < _ABBREVIATION:
            return ""
        meant = {field for known, field in self.exact.items() if known.startswith(short)}
        return next(iter(meant)) if len(meant) == 1 else ""


@cache
def _header_words(kind: str) -> HeaderWords:
    table = word_list("columns")
    exact: dict[str, str] = {}
    starts: dict[str, str] = {}
    for group in ("shared", kind):
        for name, entry in table.get(group, {}).items():
            exact.update({plain(word): name for word in entry["words"]})
            starts.update({plain(word): name for word in entry.get("starts", ())})
    return HeaderWords(exact, starts, months="month" in table.get(kind, {}))


def is_never_read(header: str) -> bool:
    starts = tuple(word_list("columns")["never"]["starts"])
    return any(word.startswith(starts) for word in plain(header).split())


@dataclass(frozen=True, slots=True)
class Header:
    texts: Sequence[str]  # by column
    groups: Sequence[str]  # the text of a header above, where one spans the column


def propose(
    header: Header,
    sample: Sequence[Cells],
    words: HeaderWords,
    *,
    by_content: Mapping[str, Recogniser],
    decided: Decided,
) -> list[Column]:
    """One Column per header cell that says something; content corrects a guess, never what is
    sure. Refusal: header_duplicate (two columns of the same name say different things)."""
    columns = [
        _column(index, text, header.groups[index], words, decided)
        for index, text in enumerate(header.texts)
        if text
    ]
    columns = _single(columns, sample)
    taken = {column.field for column in columns}
    for at, column in enumerate(columns):
        if column.confidence in (Confidence.UNREAD, Confidence.GUESS):
            meant = _content(column.index, sample, by_content, taken)
            if meant and plain(column.header) not in decided.columns:
                columns[at] = replace(column, field=meant, confidence=Confidence.GUESS)
                taken.add(meant)
    return columns


def _column(index: int, text: str, group: str, words: HeaderWords, decided: Decided) -> Column:
    chosen = decided.columns.get(plain(text))
    if words.never(text):
        return Column(index, text, "", Confidence.NEVER)
    if chosen is not None:
        return Column(index, text, chosen, Confidence.DECIDED)
    together = f"{group} {text}"
    sure = words.sure(text) or (words.sure(together) if group else "")
    if sure:
        return Column(index, text, sure, Confidence.SURE)
    guess = words.guess(text) or (words.guess(together) if group else "")
    return Column(index, text, guess, Confidence.GUESS if guess else Confidence.UNREAD)


_RANK = {Confidence.DECIDED: 0, Confidence.SURE: 1, Confidence.GUESS: 2}


def _single(columns: list[Column], sample: Sequence[Cells]) -> list[Column]:
    """One column per field: the surest, then the first."""
    best: dict[str, Column] = {}
    several: dict[tuple[str, str], Column] = {}
    for column in columns:
        if column.field in SEVERAL - {"remark"}:
            twin = several.setdefault((column.field, plain(column.header)), column)
            if twin is not column and _differ(twin, column, sample):
                raise Refusal("header_duplicate", column=column.header)
        if not column.field or column.field in SEVERAL:
            continue
        other = best.get(column.field)
        if other is None:
            best[column.field] = column
            continue
        if plain(other.header) == plain(column.header) and _differ(other, column, sample):
            raise Refusal("header_duplicate", column=column.header)
        if _RANK[column.confidence] < _RANK[other.confidence]:
            best[column.field] = column
    return [
        column
        if not column.field or column.field in SEVERAL or best[column.field] is column
        else replace(column, field="", confidence=Confidence.UNREAD)
        for column in columns
    ]


def _differ(one: Column, other: Column, sample: Sequence[Cells]) -> bool:
    for cells in sample:
        if max(one.index, other.index) >= len(cells):
            continue
        first, second = shown(cells[one.index]), shown(cells[other.index])
        if first and second and first != second:
            return True
    return False


def _content(
    index: int, sample: Sequence[Cells], by_content: Mapping[str, Recogniser], taken: set[str]
) -> str:
    cells = [row[index] for row in sample if index < len(row) and not is_empty(row[index])]
    if len(cells) < 2:  # noqa: PLR2004 one cell shows no habit
        return ""
    return next(
        (name for name, alike in by_content.items() if name not in taken and alike(cells)), ""
    )


def mostly(test: Callable[[Cell], bool]) -> Recogniser:
    """Recognises a column when most of its cells pass."""
    return lambda cells: sum(map(test, cells)) >= _ENOUGH * len(cells)


def refuse_mapping(decided: Decided, words: HeaderWords) -> None:
    """Refusal: mapping_refused (a column that is never read), mapping_invalid (no such field, or
    one field twice)."""
    for header, name in decided.columns.items():
        if name and words.never(header):
            raise Refusal("mapping_refused", column=header)
    chosen = [name for name in decided.columns.values() if name]
    unknown = set(chosen) - words.fields
    twice = [name for name, times in Counter(chosen).items() if times > 1 and name not in SEVERAL]
    if unknown or twice:
        raise Refusal("mapping_invalid", column=", ".join(sorted({*unknown, *twice})))
