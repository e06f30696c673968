"""One row of a table → a Row with what its cells say.

The hot path of a large file: what a cell says is kept by its text, so a referrer or a date that
stands a thousand times is read once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stegvis.integrations.imports.reading import limits
from stegvis.integrations.imports.reading.answers import NO_ANSWERS, Answer
from stegvis.integrations.imports.reading.codes import issue
from stegvis.integrations.imports.reading.columns import Column, Confidence
from stegvis.integrations.imports.reading.grid import Cell, Cells, Sheet
from stegvis.integrations.imports.reading.kinds.kind import (
    NOTHING,
    CellReader,
    Context,
    Kind,
    Read,
    identity_reader,
    said,
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
        self,
        sheet: Sheet,
        columns: Sequence[Column],
        kind: Kind,
        context: Context,
        *,
        answers: Mapping[tuple[str | None, int], Answer] = NO_ANSWERS,
    ) -> None:
        self._sheet, self._kind, self._answers = sheet, kind, answers
        self._readers = kind.readers(context)
        self._at = {column.field: column.index for column in columns if column.field}
        self._headers = {column.index: column.header for column in columns}
        self._fields = {column.field: column.header for column in columns if column.field}
        self._width = 1 + max((column.index for column in columns), default=0)
        self._never = [c.index for c in columns if c.confidence is Confidence.NEVER]
        self._meant = {c.index for c in columns if c.field and c.field != "remark"}
        self._plan = self._planned(columns, self._readers)
        self._id = next((c.index for c in columns if c.field == "id"), None)
        self._identity = identity_reader(context)
        self._comments: dict[int, list[tuple[int, str]]] = {}
        for (row, at), text in sheet.comments.items():
            if may_be_marked(text):
                self._comments.setdefault(row, []).append((at, text))

    def _planned(
        self, columns: Sequence[Column], readers: Mapping[str, CellReader]
    ) -> list[_Column]:
        """Every column of the sheet: also those without a field or a header may hold a mark."""
        of_index = {column.index: column for column in columns}
        widest = max(map(len, self._sheet.rows))
        plan = []
        for at in range(widest):
            column = of_index.get(at)
            field = column.field if column else ""
            reader = readers.get(field, _unread) if field != "protected" else _own_column
            header = column.header if column else ""
            # A column of its own is asked by itself: "ej skyddad" is a no there.
            plan.append(_Column(at, reader, header, looks_for_marks=field != "protected"))
        return plan

    def read(self, number: int, line: Line, *, unit: str) -> Row:
        cells = line.cells
        row = Row(self._sheet.name, number, cells, self._fields)
        row.answer = self._answers.get((row.sheet, number))
        slip = self._slip(cells)
        if slip:
            self._read_slipped(row, slip)
        else:
            self._read_cells(row, self._mended(row))
            if unit:
                row.values.setdefault("unit", unit)
            self._kind.finish(row)
            row.identity = row.values.get("national_id", "")
            for field, longest in limits.TEXTS.items():
                text = row.values.get(field)
                if text and len(text) > longest:
                    row.say(row.column(field), "too_long")
        if line.index in self._sheet.hidden_rows:
            row.say("", "hidden_row")
        for at, text in self._comments.get(line.index, ()):
            if is_marked(text):
                row.say(self._headers.get(at, ""), "protected_mark")
        if self._never:
            row.cells = [("" if at in self._never else cell) for at, cell in enumerate(cells)]
        return row

    def _mended(self, row: Row) -> Cells:
        """The cells as a person has put them right; the row keeps those of the file. What the file
        has no column for is read as if it had."""
        if row.answer is None or not row.answer.mended:
            return row.cells
        cells = list(row.cells)
        for field, text in row.answer.mended.items():
            at = self._place(field)
            if at is not None:
                cells += [""] * (at + 1 - len(cells))
                cells[at] = text
            elif field in self._readers:
                found = self._readers[field](text, "")
                row.values.update(found.values)
                row.issues.extend(found.issues)
        return cells

    def _place(self, field: str) -> int | None:
        """Of several columns of one sort, the one with the header named: "month@nov"."""
        _, several, header = field.partition("@")
        if not several:
            return self._at.get(field)
        return next((at for at, text in self._headers.items() if text == header), None)

    def _read_cells(self, row: Row, cells: Cells) -> None:
        values, count = row.values, len(cells)
        for column in self._plan:
            cell = cells[column.index] if column.index < count else ""
            found = column.by_text.get(cell) if type(cell) is str else None
            if found is None:
                found = column.read(cell)
            if found is NOTHING:
                continue
            values.update(found.values)
            if found.issues:
                row.issues.extend(found.issues)

    def _read_slipped(self, row: Row, slip: str) -> None:
        """Nothing stands where it should; only whom it is about, and marks, are looked for."""
        row.say("", slip)
        if self._id is not None and self._id < len(row.cells):
            found = self._identity(row.cells[self._id], "")
            row.identity = found.values.get("national_id", "")
        if any(isinstance(cell, str) and is_marked(cell) for cell in row.cells):
            row.say("", "protected_mark")

    def _slip(self, cells: Cells) -> str:
        """In a text file: fields were lost, or cells beyond the last header hold something."""
        if not self._sheet.fields_are_counted or len(cells) == self._width:
            return ""
        if len(cells) > self._width:
            return "" if all(map(is_empty, cells[self._width :])) else "too_many_fields"
        return "too_few_fields" if any(at >= len(cells) for at in self._meant) else ""


def _unread(_: Cell, __: str) -> Read:
    return NOTHING


def _own_column(cell: Cell, column: str) -> Read:
    return said(column, "protected_mark" if column_says(cell) else "")


class _Column:
    """What a column's cells say, remembered by text; other cells by type too, because 1, 1.0 and
    True are one key."""

    __slots__ = ("_by_value", "_header", "_looks_for_marks", "_reader", "by_text", "index")

    def __init__(
        self, index: int, reader: CellReader, header: str, *, looks_for_marks: bool
    ) -> None:
        self.index = index
        self.by_text: dict[Cell, Read] = {}
        self._by_value: dict[tuple[type, Cell], Read] = {}
        self._reader, self._header = reader, header
        self._looks_for_marks = looks_for_marks

    def read(self, cell: Cell) -> Read:
        if isinstance(cell, str):
            found = self._reader(cell, self._header)
            if self._looks_for_marks and is_marked(cell):
                found = Read(found.values, (*found.issues, issue(self._header, "protected_mark")))
            if len(self.by_text) < _REMEMBERED:
                self.by_text[cell] = found
            return found
        key = (type(cell), cell)
        found = self._by_value.get(key) or self._reader(cell, self._header)
        if len(self._by_value) < _REMEMBERED:
            self._by_value[key] = found
        return found
