"""Where the table is in a sheet, and what each of its rows is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stegvis.integrations.imports.reading import limits
from stegvis.integrations.imports.reading.columns import Header, HeaderWords
from stegvis.integrations.imports.reading.grid import Cell, Cells, Sheet
from stegvis.integrations.imports.reading.legends import colour_entries
from stegvis.integrations.imports.reading.mapping import Mapping
from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.integrations.imports.reading.wording import (
    begins_with,
    is_empty,
    listed,
    plain,
    shown,
)

_FIELDS_OF_A_HEADER = 2
_NUMBERISH = re.compile(r"(?:\D*\d){6}")  # matched, not searched: that would begin at every sign
_BROKEN_WORD = re.compile(r"-\s*\n\s*")
_SMALLEST_NUMBER = 1_000_000  # a number cell below it is a count, not somebody
_LONG_TEXT = 60
_SECTION_WORDS = re.compile(
    r"kontor|centrum|center|enhet|team|grupp|avdel|verkst|verksam|ame\b|ama\b|office|unit|afdel|hold"
)


@dataclass(slots=True)
class Table:
    """`header` counts from 0 among the sheet's rows."""

    sheet: Sheet
    header: int
    texts: Header
    before: dict[int, str] = field(default_factory=dict)  # what the rows above the header are


def find_table(sheet: Sheet, words: HeaderWords, decided: Mapping) -> Table | None:
    """None when no row of the sheet is a header. Refusal: header_ambiguous."""
    if decided.header_row is not None:
        header = next((i for i, n in enumerate(sheet.numbers) if n == decided.header_row), None)
    else:
        header = _header_row(sheet, words, decided)
    if header is None:
        return None
    texts = [_header_text(cell) for cell in sheet.rows[header]]
    table = Table(sheet, header, Header(texts, _groups(sheet, header, len(texts))))
    for index in range(header):
        table.before[index] = _before_header(sheet, index, header)
    return table


def _header_row(sheet: Sheet, words: HeaderWords, decided: Mapping) -> int | None:
    """The row above the first record that names most fields."""
    best, most, seen = None, _FIELDS_OF_A_HEADER - 1, 0
    order: dict[frozenset[str], list[str]] = {}
    for index, cells in enumerate(sheet.rows):
        if all(map(is_empty, cells)):
            continue
        seen += 1
        named = _fields_named(cells, words, decided)
        if seen > limits.HEADER_WITHIN or (best is not None and not named):
            break
        if len(set(named)) < _FIELDS_OF_A_HEADER:
            continue
        earlier = order.setdefault(frozenset(named), named)
        if earlier != named:
            raise Refusal("header_ambiguous", sheet=sheet.name, row=sheet.numbers[index])
        if len(set(named)) > most:
            best, most = index, len(set(named))
    return best


def _fields_named(cells: Cells, words: HeaderWords, decided: Mapping) -> list[str]:
    """The fields a row names, in order; none when it holds what no header holds."""
    named = []
    for cell in cells:
        if is_empty(cell):
            continue
        text = _header_text(cell)
        name = decided.columns.get(plain(text)) or words.sure(text)
        if name:
            named.append(name)
        elif not isinstance(cell, str) or _NUMBERISH.match(cell):
            return []
    return named


def _header_text(cell: Cell) -> str:
    return shown(_BROKEN_WORD.sub("", cell) if isinstance(cell, str) else cell)


def _groups(sheet: Sheet, header: int, width: int) -> list[str]:
    """The nearest text above each column, spread over merged cells."""
    groups = [""] * width
    if header == 0:
        return groups
    above = sheet.rows[header - 1]
    for at in range(min(width, len(above))):
        groups[at] = _header_text(above[at])
    for merge in sheet.merges:
        if merge.top <= header - 1 <= merge.bottom and merge.left < width:
            text = groups[merge.left]
            groups[merge.left : merge.right + 1] = [text] * (
                min(merge.right, width - 1) - merge.left + 1
            )
    return groups


def _before_header(sheet: Sheet, index: int, header: int) -> str:
    cells = sheet.rows[index]
    filled = sum(not is_empty(cell) for cell in cells)
    if filled == 0:
        return "blank"
    if colour_entries(cells, index):
        return "legend"
    return "group_header" if index == header - 1 and filled > 1 else "title"


@dataclass(frozen=True, slots=True)
class Line:
    """A row below the header: a record, or `skipped` with a reason."""

    index: int
    cells: Cells
    skipped: str = ""
    unit: str = ""  # of the section the row stands in


def lines(table: Table, *, keys: Sequence[int], words: HeaderWords) -> Iterator[Line]:
    """Every row below the header. `keys` are the columns that say who or which a record is about,
    the first the surest. Refusal: header_ambiguous (another header in another order)."""
    _fill_merged(table)
    own = [plain(text) for text in table.texts.texts]
    wide = {m.top for m in table.sheet.merges if m.right > m.left}
    unit = ""
    first_key = keys[0] if keys else 0
    for index in range(table.header + 1, len(table.sheet.rows)):
        cells = table.sheet.rows[index]
        key = cells[first_key] if first_key < len(cells) else ""
        if _is_number(key):
            yield Line(index, cells, unit=unit)
            continue
        skipped = _skipped(table, index, keys, own, merged=index in wide)
        if not skipped:
            _refuse_other_header(table, index, words)
        if skipped == "section":
            unit = next(text for text in map(shown, cells) if text)
        yield Line(index, cells, skipped, unit)


def _is_number(cell: Cell) -> bool:
    """Whether a cell can be an identity number: the way in for nearly every record."""
    if isinstance(cell, str):
        return _NUMBERISH.match(cell) is not None
    return isinstance(cell, float | int) and cell >= _SMALLEST_NUMBER


def _skipped(table: Table, index: int, keys: Sequence[int], own: list[str], *, merged: bool) -> str:
    cells = table.sheet.rows[index]
    filled = [(at, shown(cell)) for at, cell in enumerate(cells) if not is_empty(cell)]
    if not filled:
        return "blank"
    texts = [plain(text) for _, text in filled]
    if sum(own[at] == plain(text) for at, text in filled if at < len(own)) * 2 > len(filled):
        return "repeated_header"
    if begins_with(texts[0], listed("totals", "starts")) and not _names_someone(filled, keys):
        return "total"
    if len(filled) == 1:
        return _alone(filled[0], keys, merged=merged)
    if colour_entries(cells, index):
        return "legend"
    return ""


def _names_someone(filled: list[tuple[int, str]], keys: Sequence[int]) -> bool:
    return any(at in keys and at != filled[0][0] and not text[:1].isdigit() for at, text in filled)


def _alone(only: tuple[int, str], keys: Sequence[int], *, merged: bool) -> str:
    """A row with one text: a section, a note, or a record that lacks nearly everything."""
    at, text = only
    words = plain(text)
    if colour_entries([text], 0):
        return "legend"
    if not any(sign.isalpha() for sign in text):
        return "" if at in keys else "note_row"
    if begins_with(words, listed("notes", "starts")) or len(text) > _LONG_TEXT or text[-1] in ".!":
        return "note_row"
    if merged or (at == 0 and at not in keys[1:]) or _SECTION_WORDS.search(words):
        return "section"
    return "" if at in keys else "note_row"


def _refuse_other_header(table: Table, index: int, words: HeaderWords) -> None:
    cells = table.sheet.rows[index]
    named = _fields_named(cells, words, Mapping())
    filled = sum(not is_empty(cell) for cell in cells)
    if len(set(named)) > _FIELDS_OF_A_HEADER and len(named) * 2 >= filled:
        numbers = table.sheet.numbers
        raise Refusal("header_ambiguous", sheet=table.sheet.name, row=numbers[index])


def _fill_merged(table: Table) -> None:
    """A value in merged cells belongs to every row they span."""
    rows = table.sheet.rows
    for merge in table.sheet.merges:
        if merge.top <= table.header or merge.bottom == merge.top or merge.top >= len(rows):
            continue
        value = rows[merge.top][merge.left] if merge.left < len(rows[merge.top]) else ""
        for cells in rows[merge.top + 1 : merge.bottom + 1]:
            if merge.left < len(cells):
                cells[merge.left] = value
