"""What a reading ends with, and its JSON form (formats.md, `./run import`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stegvis.integrations.imports.reading.answers import Answer, Decision
from stegvis.integrations.imports.reading.codes import Issue, Level, issue
from stegvis.integrations.imports.reading.columns import Column
from stegvis.integrations.imports.reading.grid import Cells
from stegvis.integrations.imports.reading.wording import shown

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
HELD, SKIPPED, REJECTED = "held", "skipped", "rejected"
PROTECTED = "protected"


@dataclass(slots=True)
class Row:
    """One row of the file. `cells` is the row as it stood, with columns that are never read
    emptied; `number` is what a person sees. `columns` is field → header text for issues."""

    sheet: str | None
    number: int
    cells: Cells
    columns: Mapping[str, str]
    outcome: str = ""
    skipped: str = ""  # why it is no record
    values: dict[str, Any] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    identity: str = ""  # the number, also where the rest of the row could not be read
    protected: bool = False
    first: int | None = None  # number of the earlier row of the file that it repeats
    family: str = ""  # the family's part of the name, where the file says it
    answer: Answer | None = None  # what a person has decided about the row
    takes: dict[str, Any] = field(default_factory=dict)  # what a value of the row replaces

    def column(self, field: str) -> str:
        """The header of a field's column; a name may stand in two."""
        header = self.columns.get(field, "")
        return header or (self.columns.get("family", "") if field == "name" else "")

    @property
    def slipped(self) -> bool:
        """Too few or too many fields: nothing in the row stands where it should."""
        return any(each.code in ("too_few_fields", "too_many_fields") for each in self.issues)

    def decided(self, *decisions: Decision) -> bool:
        return self.answer is not None and self.answer.decision in decisions

    @property
    def held(self) -> bool:
        return any(each.level is Level.HOLD for each in self.issues)

    @property
    def codes(self) -> list[str]:
        return [self.skipped] if self.skipped else [each.code for each in self.issues]

    def say(self, column: str, code: str) -> None:
        if not any(each.code == code and each.column == column for each in self.issues):
            self.issues.append(issue(column, code))

    def raw(self) -> list[str]:
        """The text of every cell, to be kept with the row."""
        return [
            " ".join(cell.split()) if type(cell) is str and cell.isascii() else shown(cell)
            for cell in self.cells
        ]


@dataclass(frozen=True, slots=True)
class FileIssue:
    code: str
    sheet: str | None = None
    rows: tuple[int, ...] = ()
    column: str = ""


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What was found out about one sheet that is read."""

    name: str | None
    header_row: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    kind: str
    file: str
    rows: Sequence[Row]
    issues: tuple[FileIssue, ...] = ()
    sheets: tuple[SheetRead, ...] = ()
    left_out: tuple[str, ...] = ()  # names of sheets that are not read
    encoding: str = ""
    delimiter: str = ""
    number_as: str = "national_id"

    def summary(self) -> dict[str, int]:
        return dict(Counter(row.outcome for row in self.rows))

    def held(self) -> list[dict[str, Any]]:
        """The rows that wait, as everybody may see them."""
        return [_row(row, self.number_as) for row in self.rows if row.outcome == HELD]

    def to_json(self) -> dict[str, Any]:
        """For everybody: a protected row is there, handled separately, and says nothing more."""
        return {
            "kind": self.kind,
            "file": self.file,
            "file_issues": list(dict.fromkeys(each.code for each in self.issues)),
            "rows": [_row(row, self.number_as) for row in self.rows],
            "summary": self.summary(),
        }


def refused(kind: str, file: str, code: str) -> dict[str, Any]:
    return {"kind": kind, "file": file, "file_issues": [code], "rows": [], "summary": {}}


def _row(row: Row, number_as: str) -> dict[str, Any]:
    said: dict[str, Any] = {"sheet": row.sheet, "row": row.number, "outcome": row.outcome}
    if row.protected:
        marks = [code for code in row.codes if code.startswith("protected_")]
        return {**said, "codes": marks, "queue": PROTECTED, "values": {}}
    return {**said, "codes": row.codes, "values": _values(row.values, number_as)}


def _values(values: Mapping[str, Any], number_as: str) -> dict[str, Any]:
    return {
        number_as if name == "national_id" else name: (
            value.isoformat() if isinstance(value, date) else value
        )
        for name, value in values.items()
        if not name.startswith("_")
    }
