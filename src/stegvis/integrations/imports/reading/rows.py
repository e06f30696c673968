"""One row of a table → a Row with what its cells say.

The hot path of a large file: what a cell says is kept by its text, so a referrer or a date that
stands a thousand times is read once.
"""

from __future__ import annotations

from collections.abc import Sequence

from stegvis.integrations.imports.reading.columns import Column, Confidence
from stegvis.integrations.imports.reading.grid import Cell, Cells, Sheet
from stegvis.integrations.imports.reading.kinds.kind import (
    NOTHING,
    CellReader,
    Context,
    Kind,
    Read,
    identity_reader,
)
from stegvis.integrations.imports.reading.results import Row
from stegvis.integrations.imports.reading.tables import Line
from stegvis.integrations.imports.reading.values.marks import (
    column_says,
    is_marked,
    may_be_marked,
)
from stegvis.integrations.imports.reading.wording import is_empty

_REMEMBERED = 20_000  # texts per column


class RowReader:
    """Reads the records of one sheet."""

    def __init__(
        self, sheet: Sheet, columns: Sequence[Column], kind: Kind, context: Context
    ) -> None:
        self._sheet, self._kind = sheet, kind
        self._headers = {column.index: column.header for column in columns}
        self._fields = {column.field: column.header for column in columns if column.field}
        self._width = 1 + max((column.index for column in columns), default=0)
        self._never = [c.index for c in columns if c.confidence is Confidence.NEVER]
        self._protected = [c for c in columns if c.field == "protected"]
        self._meant = {c.index for c in columns if c.field and c.field != "remark"}
        readers = kind.readers(context)
        self._plan = [
            _Column(column.index, readers[column.field], column.header)
            for column in columns
            if column.field in readers
        ]
        self._id = next((c.index for c in columns if c.field == "id"), None)
        self._identity = identity_reader(context)
        self._comments: dict[int, list[tuple[int, str]]] = {}
        for (row, at), text in sheet.comments.items():
            if may_be_marked(text):
                self._comments.setdefault(row, []).append((at, text))

    def read(self, number: int, line: Line, *, unit: str) -> Row:
        cells = line.cells
        row = Row(self._sheet.name, number, cells, self._fields)
        slip = self._slip(cells)
        if slip:
            row.say("", slip)
            self._find_identity(row)
        else:
            self._read_cells(row)
            if unit:
                row.values.setdefault("unit", unit)
            self._kind.finish(row)
            row.identity = row.values.get("national_id", "")
        if line.index in self._sheet.hidden_rows:
            row.say("", "hidden_row")
        self._mark(row, line)
        if self._never:
            row.cells = [("" if at in self._never else cell) for at, cell in enumerate(cells)]
        return row

    def _read_cells(self, row: Row) -> None:
        cells, values, count = row.cells, row.values, len(row.cells)
        for column in self._plan:
            cell = cells[column.index] if column.index < count else ""
            said = column.by_text.get(cell) if type(cell) is str else None
            if said is None:
                said = column.read(cell)
            if said is NOTHING:
                continue
            values.update(said.values)
            if said.issues:
                row.issues.extend(said.issues)

    def _slip(self, cells: Cells) -> str:
        """In a text file: fields were lost, or cells beyond the last header hold something."""
        if not self._sheet.fields_are_counted or len(cells) == self._width:
            return ""
        if len(cells) > self._width:
            return "" if all(map(is_empty, cells[self._width :])) else "too_many_fields"
        return "too_few_fields" if any(at >= len(cells) for at in self._meant) else ""

    def _find_identity(self, row: Row) -> None:
        """Whom a slipped row is about, so that a protected person's row goes the right way."""
        if self._id is not None and self._id < len(row.cells):
            row.identity = self._identity(row.cells[self._id], "").values.get("national_id", "")

    def _mark(self, row: Row, line: Line) -> None:
        if may_be_marked("\n".join([cell for cell in line.cells if type(cell) is str])):
            for at, cell in enumerate(line.cells):
                if isinstance(cell, str) and is_marked(cell) and not self._is_answer(at):
                    row.say(self._headers.get(at, ""), "protected_mark")
        for column in self._protected:
            if column.index < len(line.cells) and column_says(line.cells[column.index]):
                row.say(column.header, "protected_mark")
        for at, text in self._comments.get(line.index, ()):
            if is_marked(text):
                row.say(self._headers.get(at, ""), "protected_mark")

    def _is_answer(self, at: int) -> bool:
        """A column of its own is asked by itself: "ej skyddad" is a no there."""
        return any(column.index == at for column in self._protected)


class _Column:
    """What a column's cells say, remembered by text; other cells by type too, because 1, 1.0 and
    True are one key."""

    __slots__ = ("_by_value", "_header", "_reader", "by_text", "index")

    def __init__(self, index: int, reader: CellReader, header: str) -> None:
        self.index = index
        self.by_text: dict[Cell, Read] = {}
        self._by_value: dict[tuple[type, Cell], Read] = {}
        self._reader, self._header = reader, header

    def read(self, cell: Cell) -> Read:
        if isinstance(cell, str):
            said = self._reader(cell, self._header)
            if len(self.by_text) < _REMEMBERED:
                self.by_text[cell] = said
            return said
        key = (type(cell), cell)
        said = self._by_value.get(key) or self._reader(cell, self._header)
        if len(self._by_value) < _REMEMBERED:
            self._by_value[key] = said
        return said
