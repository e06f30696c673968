"""From a file to judged rows: open, find the tables, read every row, compare with what is known."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from stegvis.integrations.imports.reading import limits
from stegvis.integrations.imports.reading.answers import NO_ANSWERS, Answer, Decision
from stegvis.integrations.imports.reading.columns import (
    Column,
    Confidence,
    HeaderWords,
    propose,
    refuse_mapping,
)
from stegvis.integrations.imports.reading.grid import Book, Cell, Cells, Sheet
from stegvis.integrations.imports.reading.kinds.attendance import ATTENDANCE
from stegvis.integrations.imports.reading.kinds.citizens_dk import CITIZENS
from stegvis.integrations.imports.reading.kinds.customer_orders import ORDERS
from stegvis.integrations.imports.reading.kinds.earlier_interventions import EARLIER
from stegvis.integrations.imports.reading.kinds.kind import (
    Context,
    Kind,
    by_content,
    lacks_number,
)
from stegvis.integrations.imports.reading.kinds.ordinary_hours import HOURS
from stegvis.integrations.imports.reading.kinds.participants import PARTICIPANTS
from stegvis.integrations.imports.reading.kinds.referrals import REFERRALS
from stegvis.integrations.imports.reading.kinds.step_history import STEP_HISTORY
from stegvis.integrations.imports.reading.kinds.workplaces import WORKPLACES
from stegvis.integrations.imports.reading.legends import (
    colour_entries,
    protected_rows,
    signatures,
)
from stegvis.integrations.imports.reading.mapping import Mapping as Decided
from stegvis.integrations.imports.reading.opening import open_book
from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.integrations.imports.reading.register import Ledger, Register
from stegvis.integrations.imports.reading.results import (
    HELD,
    SKIPPED,
    FileIssue,
    Reading,
    Row,
    SheetRead,
)
from stegvis.integrations.imports.reading.rows import RowReader
from stegvis.integrations.imports.reading.sanity import (
    refuse_impossible_hours,
    refuse_whole_columns,
)
from stegvis.integrations.imports.reading.tables import Line, Table, find_table, lines
from stegvis.integrations.imports.reading.values.dates import DateReader
from stegvis.integrations.imports.reading.values.names import name_key
from stegvis.integrations.imports.reading.values.people import Directory, looks_like_full_name
from stegvis.integrations.imports.reading.values.steps import StepNames
from stegvis.integrations.imports.reading.weeks import WeekReader, described, find_weeks
from stegvis.integrations.imports.reading.wording import listed, plain, shown

KINDS: Mapping[str, Kind] = {
    k.name: k
    for k in (
        PARTICIPANTS, REFERRALS, STEP_HISTORY, EARLIER, ORDERS, ATTENDANCE, CITIZENS, HOURS,
        WORKPLACES,
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Situation:
    """What a file is read against. `country` is SE or DK."""

    today: date
    country: str
    steps: StepNames
    register: Register


def read_file(
    data: bytes,
    filename: str,
    kind: str,
    situation: Situation,
    *,
    decided: Decided | None = None,
    answers: Mapping[tuple[str | None, int], Answer] = NO_ANSWERS,
) -> Reading:
    """The whole reading. `answers`: what a person has said of rows that waited, by sheet and row
    number. Refusal when the file cannot be used; nothing of it is then judged."""
    with without_collecting():
        book = open_book(data, filename)
        if kind not in KINDS or not KINDS[kind].durations:
            for sheet in book.sheets:
                refuse_impossible_hours(sheet)
        if kind not in KINDS:
            raise Refusal("list_unknown")
        session = _Session(book, KINDS[kind], situation, decided or Decided(), answers)
        return session.read(filename)


@contextmanager
def without_collecting() -> Iterator[None]:
    """A million cells make no cycles, and looking for some takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(slots=True)
class _Part:
    """One sheet that is read."""

    table: Table
    columns: list[Column]
    lines: list[Line]
    painted: frozenset[int]

    def index_of(self, field: str) -> int | None:
        return next((each.index for each in self.columns if each.field == field), None)


class _Session:
    """One file on its way; every step leaves what the next needs."""

    def __init__(
        self,
        book: Book,
        kind: Kind,
        situation: Situation,
        decided: Decided,
        answers: Mapping[tuple[str | None, int], Answer],
    ) -> None:
        self._book, self._kind, self._situation, self._decided = book, kind, situation, decided
        self._answers = answers
        self._words = HeaderWords.of(kind.name)
        refuse_mapping(decided, self._words)
        self._context = Context(
            situation.today,
            situation.country,
            situation.steps,
            DateReader(situation.today, situation.country, days_from_1904=book.days_from_1904),
        )
        self._issues: list[FileIssue] = []
        known = kind.readers(self._context)
        recognised = by_content(self._context)
        self._by_content = {field: test for field, test in recognised.items() if field in known}

    def read(self, filename: str) -> Reading:
        return self._read_weeks(filename) if self._kind.by_week else self._read_tables(filename)

    def _read_weeks(self, filename: str) -> Reading:
        wanted = [sheet for sheet in self._book.sheets if self._is_wanted(sheet)]
        weeks, others, issues = find_weeks(wanted, self._words, self._decided, self._context)
        if not weeks:
            raise Refusal("header_missing")
        for week in weeks:
            who = {at for name, at in week.fields.items() if name in self._kind.keys}
            self._refuse_formulas(week.sheet, who, [])
        self._issues += issues
        reader = WeekReader(self._kind, self._context, self._decided, self._answers)
        rows = reader.rows(weeks)
        records = [row for row in rows if row.outcome != SKIPPED]
        if not records:
            raise Refusal("no_rows")
        for row in records:
            if row.answer is not None:
                answer(row)
        self._judge(records)
        left_out = [*others, *(s for s in self._book.sheets if s not in wanted)]
        return Reading(
            kind=self._kind.name,
            file=filename,
            rows=rows,
            issues=tuple(self._issues),
            sheets=tuple(map(described, weeks)),
            left_out=tuple(sheet.name or "" for sheet in left_out),
            encoding=self._book.encoding,
            delimiter=self._book.delimiter,
            number_as=self._kind.number_as,
        )

    def _read_tables(self, filename: str) -> Reading:
        tables, left_out = self._tables()
        parts = [self._part(table) for table in tables]
        self._context = replace(self._context, directory=self._directory(parts, left_out))
        rows = [row for part in parts for row in self._rows(part, several=len(parts) > 1)]
        records = [row for row in rows if row.outcome != SKIPPED]
        if not records:
            raise Refusal("no_rows")
        refuse_whole_columns(records)
        self._judge(records)
        return Reading(
            kind=self._kind.name,
            file=filename,
            rows=rows,
            issues=tuple(self._issues),
            sheets=tuple(
                SheetRead(
                    p.table.sheet.name, p.table.sheet.numbers[p.table.header], tuple(p.columns)
                )
                for p in parts
            ),
            left_out=tuple(sheet.name or "" for sheet in left_out),
            encoding=self._book.encoding,
            delimiter=self._book.delimiter,
            number_as=self._kind.number_as,
        )

    def _tables(self) -> tuple[list[Table], list[Sheet]]:
        """The sheets that are read, and those that are not."""
        tables, left_out = [], []
        for sheet in self._book.sheets:
            table = None
            if self._is_wanted(sheet):
                table = find_table(sheet, self._words, self._decided)
            if table is None:
                left_out.append(sheet)
            else:
                tables.append(table)
        if not tables:
            raise Refusal("header_missing")
        return tables, left_out

    def _is_wanted(self, sheet: Sheet) -> bool:
        """Hidden sheets and old copies are read only when a person chooses them."""
        if self._decided.sheets:
            return sheet.name in self._decided.sheets
        if sheet.hidden:
            self._issues.append(FileIssue("hidden_sheet", sheet.name))
            return False
        old = any(word in listed("archives") for word in plain(sheet.name or "").split())
        if old and len(self._book.sheets) > 1:
            self._issues.append(FileIssue("old_sheet", sheet.name))
            return False
        return True

    def _part(self, table: Table) -> _Part:
        sheet = table.sheet
        below = sheet.rows[table.header + 1 :]
        columns = propose(
            table.texts,
            below if _has_twins(table.texts.texts) else below[: limits.SAMPLE_ROWS],
            self._words,
            by_content=self._by_content,
            decided=self._decided,
        )
        at = {column.field: column.index for column in columns if column.field}
        for field in self._kind.required:
            if field not in at:
                raise Refusal("column_missing", sheet=sheet.name, column=field)
        keys = [at[field] for field in self._kind.keys if field in at]
        found = list(lines(table, keys=keys, words=self._words))
        self._say_about(sheet, columns, found)
        self._refuse_formulas(sheet, {at[f] for f in self._kind.keys if f in at}, found)
        return _Part(table, columns, found, self._painted(table, found))

    def _painted(self, table: Table, found: Sequence[Line]) -> frozenset[int]:
        """Rows whose colour means protection, by a legend beside the table or on another sheet."""
        sheet = table.sheet
        outside = list(enumerate(sheet.rows[: table.header]))
        outside += [(line.index, line.cells) for line in found if line.skipped]
        entries = [entry for index, cells in outside for entry in colour_entries(cells, index)]
        if entries:
            seen = tuple(sorted({sheet.numbers[entry.place[0]] for entry in entries}))
            self._issues.append(FileIssue("legend_colours", sheet.name, seen))
        return protected_rows(sheet, outside, self._decided)

    def _say_about(self, sheet: Sheet, columns: Sequence[Column], found: Sequence[Line]) -> None:
        records = [line.index for line in found if not line.skipped]
        hidden = tuple(sheet.numbers[i] for i in records if i in sheet.hidden_rows)
        if hidden:
            self._issues.append(FileIssue("hidden_rows", sheet.name, hidden))
        for column in columns:
            if column.index in sheet.hidden_columns:
                self._issues.append(FileIssue("hidden_columns", sheet.name, column=column.header))
            if column.confidence is Confidence.NEVER:
                self._issues.append(FileIssue("column_refused", sheet.name, column=column.header))

    def _refuse_formulas(self, sheet: Sheet, keys: set[int], found: Sequence[Line]) -> None:
        """Who a row is about is never computed, and no cell fetches anything."""
        if not sheet.formulas:
            return
        records = {line.index for line in found if not line.skipped}
        inside = [place for place in sheet.formulas if place[0] in records]
        for row, column in inside:
            if column in keys or _reaches_out(sheet.formulas[row, column]):
                raise Refusal("formula_cell", sheet=sheet.name, row=sheet.numbers[row])
        if inside:
            self._issues.append(FileIssue("formula_values", sheet.name))

    def _directory(self, parts: Sequence[_Part], left_out: Sequence[Sheet]) -> Directory:
        register = self._situation.register
        outside = [cells for sheet in left_out for cells in sheet.rows]
        named: dict[str, None] = {}
        for part in parts:
            outside += part.table.sheet.rows[: part.table.header]
            outside += [line.cells for line in part.lines if line.skipped]
            at = part.index_of("worker")
            if at is not None:
                texts = {shown(cell) for cell in set(_column(part.lines, at))}
                named.update(dict.fromkeys(sorted(t for t in texts if looks_like_full_name(t))))
        return Directory.of(
            [*register.case_workers(), *named], {**register.signatures(), **signatures(outside)}
        )

    def _rows(self, part: _Part, *, several: bool) -> Iterable[Row]:
        table = part.table
        yield from _skipped_before(table)
        reader = RowReader(
            table.sheet, part.columns, self._kind, self._context, answers=self._answers
        )
        unit = table.sheet.name or "" if several and part.index_of("unit") is None else ""
        for line in part.lines:
            number = table.sheet.numbers[line.index]
            if line.skipped:
                yield _skipped(table.sheet, number, line.cells, line.skipped)
                continue
            row = reader.read(number, line, unit=line.unit or unit)
            if line.index in part.painted:
                row.say(row.column("id"), "protected_mark")
            if row.answer is not None:
                answer(row)
            yield row

    def _judge(self, records: Sequence[Row]) -> None:
        ledger = Ledger(self._situation.register, today=self._situation.today)
        unnamed = {name_key(r.values.get("name") or "") for r in records if lacks_number(r)}
        self._situation.register.prepare(
            ids={row.identity for row in records if row.identity},
            name_keys=unnamed - {""},
            numbers={n for n in (row.values.get("number") for row in records) if n},
        )
        shielded = _shield(records, self._situation.register)
        for row in records:
            if row.decided(Decision.LEAVE) and not row.protected:
                row.outcome, row.skipped = SKIPPED, "left_out"
        records = [row for row in records if row.outcome != SKIPPED]
        open_rows = [row for row in records if id(row) not in shielded]
        waiting = [row for row in records if row.protected and row.decided(Decision.SHIELD)]
        for row in open_rows if unnamed - {""} else ():
            if row.identity and row.values.get("name"):
                ledger.expect(name_key(row.values["name"]))
        self._kind.judge(open_rows, ledger)
        if waiting:  # the one who is responsible has decided: judged among themselves
            self._kind.judge(waiting, Ledger(self._situation.register, today=self._situation.today))


def _shield(records: Sequence[Row], register: Register) -> set[int]:
    """Rows about protected persons, whichever row says so: they go to the one who is responsible,
    and no ordinary row is compared with them."""
    marked = [r for r in records if r.issues and "protected_mark" in (i.code for i in r.issues)]
    ids = {row.identity for row in marked if row.identity}
    keys = {name_key(row.values.get("name") or "") for row in marked}
    shielded = {id(row) for row in marked}
    for row in records:
        if id(row) in shielded:
            continue
        known = register.person(row.identity) if row.identity else None
        key = ""
        if not row.identity and lacks_number(row):
            key = name_key(row.values.get("name") or "")
        if (
            (known is not None and known.protected)
            or row.identity in ids - {""}
            or (key and (key in keys or any(each.protected for each in register.named(key))))
        ):
            row.say("", "protected_person")
            shielded.add(id(row))
    for row in records:
        if id(row) in shielded:
            row.protected, row.outcome = True, HELD
            row.values["protected"] = True
            if row.decided(Decision.SHIELD):
                row.issues = [each for each in row.issues if each.code not in _SHIELDED]
    return shielded


_SHIELDED = ("protected_mark", "protected_person")
_NUMBERLESS = ("id_missing", "id_incomplete", "id_kind_unknown", "id_checksum", "id_date")


def answer(row: Row) -> None:
    """What a person has decided changes what the row is: whose it is, or whether it is a record."""
    if row.decided(Decision.OPEN):
        row.issues = [each for each in row.issues if each.code != "protected_mark"]
    if row.decided(Decision.SAME) and row.answer is not None and row.answer.same_as:
        row.identity = row.values["national_id"] = row.answer.same_as
    if row.decided(Decision.APART) or (row.decided(Decision.SAME) and row.identity):
        row.issues = [each for each in row.issues if each.code not in _NUMBERLESS]


def _has_twins(texts: Sequence[str]) -> bool:
    said = [plain(text) for text in texts if text]
    return len(set(said)) < len(said)


def _column(found: Iterable[Line], at: int) -> Iterable[Cell]:
    return (line.cells[at] for line in found if not line.skipped and at < len(line.cells))


_OUTWARD = ("webservice(", "hyperlink(", "import", "dde", "[", "|", "rtd(", "call(", "register.id(")


def _reaches_out(formula: str) -> bool:
    return any(word in formula.casefold() for word in _OUTWARD)


def _skipped(sheet: Sheet, number: int, cells: Cells, why: str) -> Row:
    return Row(sheet.name, number, cells, {}, outcome=SKIPPED, skipped=why)


def _skipped_before(table: Table) -> Iterable[Row]:
    sheet = table.sheet
    if sheet.separator_line is not None:
        yield _skipped(sheet, sheet.separator_line, [], "sep_line")
    for index, why in table.before.items():
        yield _skipped(sheet, sheet.numbers[index], sheet.rows[index], why)
    yield _skipped(sheet, sheet.numbers[table.header], sheet.rows[table.header], "header")
