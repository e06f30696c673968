"""Sheets with a week each: which days their columns are, what their signs mean, and the rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stegvis.integrations.imports.reading import limits
from stegvis.integrations.imports.reading.answers import Answer, Decision
from stegvis.integrations.imports.reading.codes import Issue, Level
from stegvis.integrations.imports.reading.columns import Column, Confidence, HeaderWords
from stegvis.integrations.imports.reading.grid import Cell, Cells, Sheet
from stegvis.integrations.imports.reading.kinds.kind import Context, Kind
from stegvis.integrations.imports.reading.legends import protected_rows
from stegvis.integrations.imports.reading.mapping import Mapping as Decided
from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.integrations.imports.reading.results import SKIPPED, FileIssue, Row, SheetRead
from stegvis.integrations.imports.reading.values.attended import Legend, legend_entry, read_day
from stegvis.integrations.imports.reading.values.marks import column_says, is_marked
from stegvis.integrations.imports.reading.wording import (
    begins_with,
    is_empty,
    listed,
    plain,
    shown,
    terms,
)

_DAY = re.compile(
    r"(?P<word>[^\W\d_]+)?\.?\s*"
    r"(?:(?P<day>\d{1,2})\s*[/.]\s*(?P<month>\d{1,2})(?:\s*[/.\-]\s*(?P<year>\d{4}))?\.?)?"
)
_WEEK = re.compile(r"(?:\b(?:vecka|uge|week)|\b[vuw])\.?\s*(\d{1,2})\b")
_YEAR = re.compile(r"\b(20\d\d)\b")
_NEAR = dt.timedelta(days=7)
_FEWEST_DAYS = 2
_WHO = ("id", "name", "family", "given", "protected")


@dataclass(frozen=True, slots=True)
class _Heading:
    at: int
    weekday: int | None
    on: dt.date | None


@dataclass(slots=True)
class Week:
    sheet: Sheet
    header: int
    fields: dict[str, int]
    days: dict[int, dt.date]  # by column
    monday: dt.date
    fault: str = ""
    entries: list[tuple[str, str]] = field(default_factory=list)


def find_weeks(
    sheets: Iterable[Sheet], words: HeaderWords, decided: Decided, context: Context
) -> tuple[list[Week], list[Sheet], list[FileIssue]]:
    """The sheets with a week, those without, and what a person should know. The first sheet of a
    week is read; another of the same week waits."""
    weeks, others, issues = [], [], []
    first: set[dt.date] = set()
    for sheet in sheets:
        week = _week(sheet, words, decided, context)
        if week is None:
            others.append(sheet)
            continue
        weeks.append(week)
        if not week.fault and week.monday in first:
            week.fault = "sheet_same_week_twice"
        if week.fault == "sheet_same_week_twice":
            issues.append(FileIssue("sheet_same_week_twice", sheet.name))
        elif week.fault:
            issues.append(FileIssue("sheet_dates_do_not_match", sheet.name))
        else:
            first.add(week.monday)
    return weeks, others, issues


def _week(sheet: Sheet, words: HeaderWords, decided: Decided, context: Context) -> Week | None:
    for index, cells in enumerate(sheet.rows[: limits.HEADER_WITHIN]):
        fields: dict[str, int] = {}
        for at, cell in enumerate(cells):
            name = decided.columns.get(plain(shown(cell))) or words.sure(shown(cell))
            if name in _WHO:
                fields.setdefault(name, at)
        headings = _headings(cells, set(fields.values()), context.today)
        if len(headings) >= _FEWEST_DAYS and {"name", "family"} & fields.keys():
            return _dated(sheet, index, fields, headings, context.today)
    return None


def _headings(cells: Cells, taken: set[int], today: dt.date) -> list[_Heading]:
    found = ((at, _heading(at, cell, today)) for at, cell in enumerate(cells) if at not in taken)
    return [each for _, each in found if each is not None]


def _heading(at: int, cell: Cell, today: dt.date) -> _Heading | None:
    if isinstance(cell, dt.date):
        return _Heading(at, None, cell.date() if isinstance(cell, dt.datetime) else cell)
    match = _DAY.fullmatch(shown(cell)) if isinstance(cell, str) and not is_empty(cell) else None
    if match is None:
        return None
    word = terms("weekday").get(plain(match["word"] or ""))
    if match["word"] and word is None:
        return None
    on = _dated_as(match, today) if match["day"] else None
    if match["day"] and on is None:
        return None
    return _Heading(at, None if word is None else int(word), on)


def _dated_as(match: re.Match[str], today: dt.date) -> dt.date | None:
    """Without a year: the latest that has been, or is in the week that goes on."""
    years = [int(match["year"])] if match["year"] else [today.year + 1, today.year, today.year - 1]
    for year in years:
        try:
            on = dt.date(year, int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        if match["year"] or on <= today + _NEAR:
            return on
    return None


def _dated(
    sheet: Sheet, header: int, fields: dict[str, int], headings: list[_Heading], today: dt.date
) -> Week:
    """The title says the week; the headings say it too. Where they disagree somebody has copied
    last week's sheet and forgotten one of them: then the sheet waits, read as its title says."""
    said = [_monday(each.on) for each in headings if each.on]
    monday = _titled(sheet, header, today) or next(iter(said), None)
    if monday is None:
        raise Refusal("date_missing", sheet=sheet.name, row=sheet.numbers[header])
    odd = any(each != monday for each in said) or any(
        each.on and each.weekday not in (None, each.on.weekday()) for each in headings
    )
    days = {}
    for n, each in enumerate(headings):
        weekday = each.weekday if each.weekday is not None else each.on.weekday() if each.on else n
        days[each.at] = monday + dt.timedelta(days=weekday)
    odd = odd or len(set(days.values())) < len(days)
    return Week(sheet, header, fields, days, monday, "sheet_dates_do_not_match" if odd else "")


def _monday(on: dt.date) -> dt.date:
    return on - dt.timedelta(days=on.weekday())


def _titled(sheet: Sheet, header: int, today: dt.date) -> dt.date | None:
    texts = [shown(cell) for cells in sheet.rows[:header] for cell in cells if not is_empty(cell)]
    for text in [*texts, sheet.name or ""]:
        week = _WEEK.search(text.casefold())
        if week is None:
            continue
        year = _YEAR.search(text)
        years = [int(year[1])] if year else [today.year + 1, today.year, today.year - 1]
        for each in years:
            try:
                monday = dt.date.fromisocalendar(each, int(week[1]), 1)
            except ValueError:
                continue
            if year or monday <= today:
                return monday
    return None


class WeekReader:
    """The rows of sheets with a week each."""

    def __init__(
        self,
        kind: Kind,
        context: Context,
        decided: Decided,
        answers: Mapping[tuple[str | None, int], Answer],
    ) -> None:
        self._readers, self._finish = kind.readers(context), kind.finish
        self._today, self._decided, self._answers = context.today, decided, answers

    def rows(self, weeks: Sequence[Week]) -> list[Row]:
        lines = [(week, *line) for week in weeks for line in _lines(week)]
        every = [entry for week in weeks for entry in week.entries]
        painted = {id(week): self._painted(week, lines) for week in weeks}
        found = []
        for week, index, skipped in lines:
            sheet = week.sheet
            number, cells = sheet.numbers[index], sheet.rows[index]
            if skipped:
                row = Row(sheet.name, number, cells, {}, outcome=SKIPPED, skipped=skipped)
            else:
                legend = Legend.of(week.entries or every)
                row = self._row(week, index, legend)
                if index in painted[id(week)]:
                    row.say("", "protected_mark")
            found.append(row)
        return found

    def _painted(self, week: Week, lines: Sequence[tuple[Week, int, str]]) -> frozenset[int]:
        rows = week.sheet.rows
        outside = [(index, rows[index]) for of, index, skipped in lines if of is week and skipped]
        return protected_rows(week.sheet, outside, self._decided)

    def _row(self, week: Week, index: int, legend: Legend) -> Row:
        sheet, cells = week.sheet, week.sheet.rows[index]
        header = sheet.rows[week.header]
        columns = {name: shown(header[at]) for name, at in week.fields.items()}
        row = Row(sheet.name, sheet.numbers[index], cells, columns)
        row.answer = self._answers.get((row.sheet, row.number))
        self._read_who(row, week)
        days = {}
        for at, on in week.days.items():
            value = read_day(cells[at] if at < len(cells) else "", legend)
            if on > self._today and value["s"] not in ("not_recorded", "not_scheduled"):
                value = {"s": "held", "code": "date_future"}
            if value["s"] == "held":
                row.issues.append(Issue(shown(header[at]), value["code"], Level.WARN))
            days[on.isoformat()] = value
        row.values["days"] = days
        self._finish(row)
        row.identity = row.values.get("national_id", "")
        self._look_for_marks(row, week, index)
        if week.fault and not row.decided(Decision.KEEP, Decision.TAKE):
            row.say("", week.fault)
        return row

    def _read_who(self, row: Row, week: Week) -> None:
        mended = row.answer.mended if row.answer else {}
        for name in dict.fromkeys((*week.fields, *mended)):
            at = week.fields.get(name, len(row.cells))
            cell = mended.get(name) or (row.cells[at] if at < len(row.cells) else "")
            if name == "protected":
                if column_says(cell):
                    row.say(row.column(name), "protected_mark")
            elif name in self._readers:
                read = self._readers[name](cell, row.column(name))
                row.values.update(read.values)
                row.issues.extend(read.issues)

    def _look_for_marks(self, row: Row, week: Week, index: int) -> None:
        own = week.fields.get("protected")
        texts = [cell for at, cell in enumerate(row.cells) if isinstance(cell, str) and at != own]
        texts += [text for (at, _), text in week.sheet.comments.items() if at == index]
        if any(is_marked(text) for text in texts):
            row.say("", "protected_mark")
        if index in week.sheet.hidden_rows:
            row.say("", "hidden_row")


def _lines(week: Week) -> list[tuple[int, str]]:
    """Every row of the sheet, with why it is no record. A legend stands above the header, or below
    a line that ends the list: a person of whom no more than "sjuk" is written is no legend."""
    found, ended = [], False
    name = week.fields.get("name", week.fields.get("family", 0))
    for index, cells in enumerate(week.sheet.rows):
        texts = [shown(cell) for cell in cells if not is_empty(cell)]
        who = shown(cells[name]) if name < len(cells) else ""
        above = index < week.header
        entry = legend_entry(cells) if above or ended else None
        if not texts:
            why = "blank"
        elif index == week.header:
            why = "header"
        elif entry is not None:
            why = "legend"
            week.entries.append(entry)
        elif above:
            why = "title"
        elif begins_with(plain(texts[0]), listed("totals", "starts")):
            why = "total"
        else:
            why = "" if any(each.isalpha() for each in who) else "note_row"
        ended = ended or (index > week.header and why in ("blank", "total"))
        found.append((index, why))
    return found


def described(week: Week) -> SheetRead:
    """What was found out about the sheet, for the page that shows how a file is read."""
    header = week.sheet.rows[week.header]
    of = {at: name for name, at in week.fields.items()}
    columns = [
        Column(at, shown(cell), of.get(at, ""), Confidence.SURE if at in of else Confidence.UNREAD)
        for at, cell in enumerate(header)
        if not is_empty(cell) and at not in week.days
    ]
    return SheetRead(week.sheet.name, week.sheet.numbers[week.header], tuple(columns))
