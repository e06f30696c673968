"""What a kind of file has to say for itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from stegvis.integrations.imports.reading.answers import Decision
from stegvis.integrations.imports.reading.codes import Issue, issue
from stegvis.integrations.imports.reading.columns import Recogniser, mostly
from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.register import KnownPerson, Ledger
from stegvis.integrations.imports.reading.results import Row
from stegvis.integrations.imports.reading.values.dates import DateReader
from stegvis.integrations.imports.reading.values.identity import read_identity
from stegvis.integrations.imports.reading.values.names import name_key, read_name, same_name
from stegvis.integrations.imports.reading.values.people import Directory
from stegvis.integrations.imports.reading.values.steps import StepNames
from stegvis.integrations.imports.reading.values.vocabulary import read_email, read_phone
from stegvis.integrations.imports.reading.wording import shown


class Read(NamedTuple):
    """What one cell says: values by name and what is to be said about it. Shared between rows with
    the same text, so never changed."""

    values: Mapping[str, Any] = {}
    issues: tuple[Issue, ...] = ()


NOTHING = Read()

type CellReader = Callable[[Cell, str], Read]
"""From a cell and its column's header."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every cell of a file is read with."""

    today: date
    country: str
    steps: StepNames
    dates: DateReader
    directory: Directory = field(default_factory=Directory)


@dataclass(frozen=True, slots=True)
class Kind:
    """`readers` gives one reader per field; a field without one is only looked at for marks.
    `required` are the fields without which no row can be read.
    `by_week`: a sheet per week, days across (reading/weeks.py). `finish` looks at
    what the cells of a row say together; `judge` gives every record its outcome."""

    name: str
    readers: Callable[[Context], Mapping[str, CellReader]]
    judge: Callable[[Sequence[Row], Ledger], None]
    finish: Callable[[Row], None]
    required: tuple[str, ...] = ("id",)
    keys: tuple[str, ...] = ("id", "name", "family", "given")
    by_week: bool = False
    number_as: str = "national_id"  # what a number is called where a row is shown as JSON
    durations: bool = False  # 36:15 is hours and minutes worked, no time of day


def said(column: str, code: str, **values: Any) -> Read:
    """A reading with at most one thing to say: an empty code says nothing."""
    return Read(values, (issue(column, code),) if code else ())


def identity_reader(context: Context) -> CellReader:
    def read(cell: Cell, column: str) -> Read:
        found = read_identity(cell, country=context.country, today=context.today)
        if found.fault:
            return said(column, found.fault)
        values = {"national_id": found.number, "id_kind": found.kind}
        if not found.notes:
            return Read(values)
        return Read(values, tuple(issue(column, note) for note in found.notes))

    return read


def name_reader(cell: Cell, column: str) -> Read:
    name = read_name(cell)
    if not name.full:
        return NOTHING
    return said(column, name.fault, name=name.full, _surname=name.family)


def text_reader(name: str) -> CellReader:
    return lambda cell, _: Read({name: shown(cell) or None})


def contact_readers() -> Mapping[str, CellReader]:
    def phone(cell: Cell, column: str) -> Read:
        text = read_phone(cell)
        if text is None:
            return said(column, "contact_unreadable")
        return Read({"phone": text}) if text else NOTHING

    def email(cell: Cell, column: str) -> Read:
        text = read_email(cell)
        if text is None:
            return said(column, "contact_unreadable")
        return Read({"email": text}) if text else NOTHING

    return {
        "phone": phone,
        "email": email,
        "family": text_reader("_family"),
        "given": text_reader("_given"),
    }


def by_content(context: Context) -> Mapping[str, Recogniser]:
    """Fields a column may be recognised for by what stands in it."""

    def is_identity(cell: Cell) -> bool:
        return bool(read_identity(cell, country=context.country, today=context.today).number)

    def is_step_name(cell: Cell) -> bool:
        text = shown(cell)
        return not text.isdigit() and text.casefold() in context.steps.by_name

    return {
        "id": mostly(is_identity),
        "email": mostly(lambda cell: "@" in shown(cell) and bool(read_email(cell))),
        "step": mostly(is_step_name),
    }


def join_names(row: Row) -> None:
    """Two columns of names become one, given names first, unless a full name stands there too."""
    row.family = row.values.pop("_surname", "")
    if "_family" not in row.values and "_given" not in row.values:
        return
    parts = {part: row.values.pop(f"_{part}", None) or "" for part in ("family", "given")}
    row.family = row.family or parts["family"]
    for part, text in parts.items():
        fault = _fault_of_name(text)
        if fault:
            row.say(row.column(part), fault)
    if "name" not in row.values and any(parts.values()):
        row.values["name"] = f"{parts['given']} {parts['family']}".strip()


@lru_cache(maxsize=20_000)
def _fault_of_name(text: str) -> str:
    """Kept, since the same given names stand in every list."""
    return read_name(text).fault


def lacks_number(row: Row) -> bool:
    """No number, or one that was never whole: then the name is all there is to know somebody by."""
    if row.identity:
        return False
    if "id" not in row.columns and not row.slipped:
        return True  # a list that has names alone
    return any(each.code in ("id_missing", "id_incomplete") for each in row.issues)


def compare_names(row: Row, known: KnownPerson | None, ledger: Ledger) -> None:
    """The same number with another name, or the same name without a number, is for a person to
    decide."""
    name = row.values.get("name") or ""
    if row.decided(Decision.SAME, Decision.APART):
        return
    if not row.identity:
        if name and lacks_number(row) and ledger.is_named(name_key(name)):
            row.say(row.column("name"), "maybe_same_person")
        return
    earlier, at = (known.name, known.row) if known else ledger.waiting(row.identity) or ("", None)
    if earlier and name and not same_name(earlier, name):
        row.say(row.column("name"), "dup_name_differs")
        row.first = at
