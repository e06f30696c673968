"""Lines of slips of pay: whose, at which employer, from and until which day, how many hours, of
which kind. Slips of one month add up in the ledger; ordinary hours alone count towards the aim, so
a line whose kind is in doubt is never taken for one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from stegvis.integrations.imports.reading.answers import Decision
from stegvis.integrations.imports.reading.codes import issue
from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.kinds.kind import (
    NOTHING,
    CellReader,
    Context,
    Kind,
    Read,
    compare_names,
    identity_reader,
    join_names,
    name_reader,
    said,
    text_reader,
)
from stegvis.integrations.imports.reading.register import (
    KnownPerson,
    KnownSlip,
    Ledger,
    employer_key,
)
from stegvis.integrations.imports.reading.results import CREATED, HELD, UNCHANGED, Row
from stegvis.integrations.imports.reading.values.vocabulary import read_term
from stegvis.integrations.imports.reading.values.worked import as_hours, fault_of, read_parts
from stegvis.integrations.imports.reading.wording import listed, plain, shown

LONGEST = {"slip": 40, "employer": 120}
_CORRECTS = re.compile(
    r"(?:korrektion|korriger|korrigeret|rettelse|berigtig|modregn|tilbagef|korrigering|rättelse"
    r"|rättad|återför|correct|reversal)",
    re.IGNORECASE,
)


def _readers(context: Context) -> Mapping[str, CellReader]:
    def day(name: str) -> CellReader:
        def read(cell: Cell, column: str) -> Read:
            found = context.dates.any(cell)
            return said(column, found.fault or found.note, **{name: found.on})

        return read

    return {
        "id": identity_reader(context),
        "name": name_reader,
        "family": text_reader("_family"),
        "given": text_reader("_given"),
        "slip": _text("slip"),
        "employer": _text("employer"),
        "from": day("from_"),
        "to": day("to"),
        "hours": _hours,
        "kind": _kind,
        "remark": _remark,
    }


def _text(name: str) -> CellReader:
    def read(cell: Cell, column: str) -> Read:
        text = shown(cell)
        if plain(text) in listed("nothing"):
            return NOTHING
        return said(column, "too_long" if len(text) > LONGEST[name] else "", **{name: text})

    return read


def _hours(cell: Cell, column: str) -> Read:
    parts = read_parts(cell)
    if parts is None:
        return said(column, "hours_unreadable")
    return Read({"hours": as_hours(parts), "_parts": parts})


def _kind(cell: Cell, column: str) -> Read:
    code = read_term("hours_kind", cell)
    return Read({"kind": code}) if code else said(column, "kind_unknown", kind=None)


def _remark(cell: Cell, _: str) -> Read:
    return Read({"_corrects": True}) if _CORRECTS.search(shown(cell)) else NOTHING


def _finish(row: Row) -> None:
    join_names(row)
    for field, value, code in (
        ("employer", "employer", "employer_missing"),
        ("from", "from_", "date_missing"),
        ("to", "to", "date_missing"),
        ("hours", "hours", "hours_unreadable"),
        ("kind", "kind", "kind_unknown"),
    ):
        if row.values.get(value) is None and not _spoken(row, field):
            row.say(row.column(field), code)
    _say_amount(row)
    since, until = row.values.get("from_"), row.values.get("to")
    if since is None or until is None:
        return
    if until < since:
        row.say(row.column("to"), "date_order")
    elif _first(since) != _first(until):
        row.say(row.column("to"), "period_two_months")


def _spoken(row: Row, field: str) -> bool:
    column = row.column(field)
    return bool(column) and any(each.column == column for each in row.issues)


def _say_amount(row: Row) -> None:
    """Only what says that it corrects may take hours away."""
    parts, corrects = row.values.get("_parts"), row.values.pop("_corrects", False)
    if parts is None:
        return
    fault = fault_of(abs(parts) if corrects else parts)
    if fault:
        row.say(row.column("hours"), fault)


def _first(day: date) -> date:
    return day.replace(day=1)


def voucher(row: Row) -> str:
    """The slip's own number; of one that has none, the days it is of."""
    number: str | None = row.values.get("slip")
    return number or f"{row.values['from_']}/{row.values['to']}"


def line_of(row: Row) -> KnownSlip:
    values = row.values
    employer, month = employer_key(values["employer"]), _first(values["from_"])
    return KnownSlip(row.identity, month, employer, values["kind"], values["_parts"], row.number)


def _judge(rows: Sequence[Row], ledger: Ledger) -> None:
    asked = [row for row in rows if row.values.get("from_") and row.values.get("to")]
    known = ledger.slips({voucher(row) for row in asked})
    for row in rows:
        person = ledger.person(row.identity) if row.identity else None
        compare_names(row, person, ledger)
        _say_who(row, person)
        from_ = row.values.get("from_")
        if from_ and _first(from_) > _first(ledger.today):
            row.say(row.column("from"), "future_month")
        if row.held:
            row.outcome = HELD
        else:
            _compare(row, known.setdefault(voucher(row), []))


def _say_who(row: Row, person: KnownPerson | None) -> None:
    """Hours before somebody's first day came of nothing that was done here."""
    if person is None:
        if row.identity:
            row.say(row.column("id"), "person_not_found")
        elif not row.held:
            row.say(row.column("id"), "id_missing")
        return
    from_ = row.values.get("from_")
    if not person.enrolments:
        row.say(row.column("id"), "enrolment_missing")
    elif from_ and from_ < _first(min(each.start for each in person.enrolments)):
        row.say(row.column("from"), "hours_before_start")


def _compare(row: Row, lines: list[KnownSlip]) -> None:
    """One slip may hold a line of each kind. The same line again is the same; a number that
    stands on another person's slip, or with other hours, has been used twice."""
    mine = line_of(row)
    same = next((line for line in lines if line[:5] == mine[:5]), None)
    if same is not None:
        row.first, row.outcome = same.row, UNCHANGED
        row.issues.append(issue("", "dup_same"))
        return
    clash = next((e for e in lines if e.about != mine.about or e.kind == mine.kind), None)
    if clash is not None:
        row.first = clash.row
        if row.decided(Decision.KEEP):
            row.outcome = UNCHANGED
            return
        row.say(row.column("slip"), "number_reused")
        row.outcome = HELD
        return
    lines.append(mine)
    row.outcome = CREATED


HOURS = Kind(
    "ordinary_hours", _readers, _judge, _finish, required=("id", "hours"),
    keys=("id", "name", "slip"), number_as="cpr", durations=True,
)  # fmt: skip
