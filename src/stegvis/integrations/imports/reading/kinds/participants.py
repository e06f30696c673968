"""Lists of participants: who is enrolled, since when, on which step, with whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

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
    contact_readers,
    identity_reader,
    join_names,
    name_reader,
    said,
    text_reader,
)
from stegvis.integrations.imports.reading.register import KnownEnrolment, KnownPerson, Ledger
from stegvis.integrations.imports.reading.results import (
    CREATED,
    HELD,
    UNCHANGED,
    UPDATED,
    Row,
)
from stegvis.integrations.imports.reading.values.extents import Said, read_extent
from stegvis.integrations.imports.reading.values.people import read_referrer
from stegvis.integrations.imports.reading.values.steps import read_step
from stegvis.integrations.imports.reading.values.vocabulary import (
    read_language_support,
    read_term,
)
from stegvis.integrations.imports.reading.wording import listed, shown

_CONTACT = ("phone", "email", "mother_tongue")
_OF_PERSON = (*_CONTACT, "language_support", "language")
_OF_ENROLMENT = ("case_worker", "referrer", "scope", "income", "unit")
# A sender who corrects one of these is followed as long as nobody here has touched it. Whom someone
# works with, what they live on and who sent them are said on a day and stay as they were said.
_FOLLOWED = frozenset((*_OF_PERSON, "scope"))


def _readers(context: Context) -> Mapping[str, CellReader]:
    def worker(cell: Cell, column: str) -> Read:
        name, fault = context.directory.read(cell)
        return said(column, fault) if fault else Read({"case_worker": name})

    def start(cell: Cell, column: str) -> Read:
        day = context.dates.past(cell)
        if day.on is None:
            return said(column, day.fault)
        return said(column, day.note, enrolled_on=day.on, enrolled_precision=day.precision)

    def step(cell: Cell, column: str) -> Read:
        found = read_step(cell, context.steps)
        return said(column, found.fault) if found.fault else Read({"step": found.step})

    return {
        "id": identity_reader(context),
        "name": name_reader,
        **contact_readers(),
        "worker": worker,
        "referrer": _referrer,
        "start": start,
        "step": step,
        "scope": _extent_reader(Said.EITHER),
        "scope_hours": _extent_reader(Said.HOURS),
        "scope_percent": _extent_reader(Said.PERCENT),
        "income": _income,
        "language_support": _language_support,
        "mother_tongue": text_reader("mother_tongue"),
        "end": _end_reader(context),
        "end_reason": _end_reason,
        "unit": text_reader("unit"),
    }


def _referrer(cell: Cell, column: str) -> Read:
    found = read_referrer(cell)
    if found.fault:
        return said(column, found.fault)
    return said(column, found.note, referrer=found.code)


def _extent_reader(unit: Said) -> CellReader:
    def read(cell: Cell, column: str) -> Read:
        found = read_extent(cell, unit)
        if found.kind:
            return Read({"scope": {"kind": found.kind, "value": found.value}})
        return said(column, found.fault)

    return read


def _income(cell: Cell, column: str) -> Read:
    code = read_term("income", cell)
    if code == "ambiguous":
        return said(column, "income_ambiguous")
    if code is None:
        return said(column, "income_unknown")
    return Read({"income": code}) if code else NOTHING


def _language_support(cell: Cell, column: str) -> Read:
    found = read_language_support(cell)
    values: dict[str, Any] = {"language_support": found.needed}
    if found.language:
        values["language"] = found.language
    return said(column, found.fault, **values)


def _end_reader(context: Context) -> CellReader:
    def read(cell: Cell, column: str) -> Read:
        if shown(cell).casefold() in listed("open_end"):
            return NOTHING
        day = context.dates.past(cell)
        if day.fault in ("date_future", "date_missing"):
            return said(column, "end_date_unclear") if day.fault == "date_future" else NOTHING
        if day.on is None:
            return said(column, day.fault)
        return said(column, day.note, ended_on=day.on)

    return read


def _end_reason(cell: Cell, column: str) -> Read:
    text = shown(cell)
    if text.casefold() in listed("nothing"):
        return NOTHING
    code = read_term("end_reason", cell)
    if not code:
        return said(column, "end_reason_unknown", _reason_said=True)
    return Read({"end_reason": code, "_reason_said": True})


def _finish(row: Row) -> None:
    """What cells of one row say together."""
    join_names(row)
    start, end = row.values.get("enrolled_on"), row.values.get("ended_on")
    reason = row.values.pop("_reason_said", False)
    if start and end and end < start:
        row.say(row.column("end"), "date_order")
        del row.values["ended_on"]
        row.values.pop("end_reason", None)
    elif end and not reason and row.column("end_reason"):
        row.say(row.column("end_reason"), "end_reason_missing")
    elif reason and not end and row.column("end") and not _spoken_of(row, "end"):
        row.say(row.column("end"), "end_date_missing")


_NEEDED = (
    ("start", "enrolled_on", "date_missing"),
    ("step", "step", "step_missing"),
    ("referrer", "referrer", "referrer_missing"),
    ("name", "name", "name_missing"),
)


def _judge(rows: Sequence[Row], ledger: Ledger) -> None:
    for row in rows:
        known = ledger.person(row.identity) if row.identity else None
        compare_names(row, known, ledger)
        if known is None and not row.slipped:
            _require(row)
        if row.held:
            row.outcome = HELD
            if row.identity:
                ledger.wait(row.identity, row.values.get("name", ""), row.number)
        elif known is None:
            row.outcome = CREATED
            if row.identity:
                ledger.add_later(row.identity, partial(_person, row))
        else:
            _compare(row, known)


def _require(row: Row) -> None:
    """A new person needs what an enrolment consists of, also where the file has no such column."""
    for field, value, code in _NEEDED:
        if row.values.get(value) is None and not _spoken_of(row, field):
            row.say(row.column(field), code)


def _spoken_of(row: Row, field: str) -> bool:
    column = row.column(field)
    return bool(column) and any(each.column == column for each in row.issues)


def _person(row: Row) -> KnownPerson:
    person = KnownPerson(row.identity, row.values["name"], row=row.number)
    person.data.update(_said(row, _OF_PERSON))
    person.enrolments.append(_enrolment(row))
    return person


def _enrolment(row: Row) -> KnownEnrolment:
    said_ = row.values
    return KnownEnrolment(
        said_["enrolled_on"],
        said_["enrolled_precision"],
        said_.get("ended_on"),
        said_.get("step"),
        said_.get("end_reason"),
        row.number,
        data=_said(row, _OF_ENROLMENT),
    )


def _said(row: Row, names: Iterable[str]) -> dict[str, Any]:
    return {name: row.values[name] for name in names if row.values.get(name) is not None}


def _compare(row: Row, known: KnownPerson) -> None:
    """A row about somebody who is already there, in the register or from an earlier row."""
    start: date | None = row.values.get("enrolled_on")
    if start is None:
        same = known.enrolments[-1] if known.enrolments else None
    else:
        same = next((each for each in known.enrolments if _same_start(each, row)), None)
        if same is None:
            _another_enrolment(row, known)
            return
    in_file = same.row if same is not None else known.row
    row.first = in_file
    _say_changed_twice(row, known, _OF_PERSON)
    if same is not None:
        _say_conflicts(row, same)
        _say_changed_twice(row, same, _OF_ENROLMENT)
    if row.held:
        row.outcome = HELD
        return
    closes = same is not None and _close(row, same)
    added = _merge(row, known, _OF_PERSON)
    if same is not None:
        added |= _merge(row, same, _OF_ENROLMENT)
    row.outcome = UPDATED if closes or added else UNCHANGED
    row.issues.append(issue("", _manner(added, closes=closes, in_file=in_file is not None)))


def _manner(added: set[str], *, closes: bool, in_file: bool) -> str:
    if in_file:
        return "dup_adds" if closes or added else "dup_same"
    if closes:
        return "closes"
    if not added:
        return "dup_same"
    return "adds_contact" if added <= set(_CONTACT) else "adds_data"


def _same_start(known: KnownEnrolment, row: Row) -> bool:
    """Also when one of the two was said more roughly."""
    start, precision = row.values["enrolled_on"], row.values["enrolled_precision"]
    if known.start == start:
        return True
    if "month" in (known.precision, precision):
        rough = known.start if known.precision == "month" else start
        exact = start if known.precision == "month" else known.start
        return (rough.year, rough.month) == (exact.year, exact.month)
    if "week" in (known.precision, precision):
        return bool(known.start.isocalendar()[:2] == start.isocalendar()[:2])
    return False


def _say_conflicts(row: Row, known: KnownEnrolment) -> None:
    """Step and end. A file never changes a step, nor an end that is there, nor ends what somebody
    here has decided about; it says nothing new where it only says again what it said before."""
    code = "conflicts_with_register" if known.row is None else "dup_conflict"
    said_before = known.said or {}
    step, end = row.values.get("step"), row.values.get("ended_on")
    found = []
    if step and known.step and step not in (known.step, said_before.get("step")):
        found.append("step")
    if end and end != said_before.get("ended_on") and end != known.end:
        found += ["end"] if known.end or known.decided else []
    if row.decided(Decision.KEEP):
        for field in found:
            row.values.pop({"step": "step", "end": "ended_on"}[field], None)
        return
    for field in found:
        row.say(row.column(field), code)


def _close(row: Row, known: KnownEnrolment) -> bool:
    end = row.values.get("ended_on")
    if end is None or known.end is not None or known.decided:
        return False
    known.end, known.end_reason = end, row.values.get("end_reason")
    return True


def _say_changed_twice(row: Row, known: KnownPerson | KnownEnrolment, names: Iterable[str]) -> None:
    """Values that both a person here and the sender have changed since the last import."""
    if row.decided(Decision.KEEP, Decision.TAKE):
        return
    for name, value in _said(row, names).items():
        mine, base = known.data.get(name), (known.said or {}).get(name)
        if name in _FOLLOWED and base is not None and value not in (mine, base) and mine != base:
            row.say(_column_of(row, name), "conflicts_with_register")


def _merge(row: Row, known: KnownPerson | KnownEnrolment, names: Iterable[str]) -> set[str]:
    """What the row adds. Three sides: what stands here, what a file said last, what this one says.
    A gap is filled; the same as last time is no news, whatever has been written here since; a
    correction is followed where nobody here has touched the value."""
    added = set()
    for name, value in _said(row, names).items():
        mine, base = known.data.get(name), (known.said or {}).get(name)
        if value in (mine, base):
            continue
        if mine is not None or base is not None:
            follows = name in _FOLLOWED and base is not None and mine == base
            if follows:
                row.issues.append(issue(_column_of(row, name), "changed_by_sender"))
            elif not (name in _FOLLOWED and row.decided(Decision.TAKE)):
                row.say(_column_of(row, name), "differs_from_earlier")
                continue
            row.takes[name] = mine
        known.data[name] = value
        added.add(name)
    return added


def _column_of(row: Row, name: str) -> str:
    return row.column(_FIELD_OF.get(name, name))


_FIELD_OF = {"case_worker": "worker", "language": "language_support"}


def _another_enrolment(row: Row, known: KnownPerson) -> None:
    """A later enrolment after a closed one, or an earlier one before it; never two at once."""
    new = _enrolment(row)
    clash = next((each for each in known.enrolments if _overlap(each, new)), None)
    if clash is not None:
        code = "conflicts_with_register" if clash.row is None else "dup_conflict"
        row.say(row.column("start"), code)
        row.first = clash.row
    _say_changed_twice(row, known, _OF_PERSON)
    if row.held:
        row.outcome = HELD
        return
    row.first, row.outcome = known.row, UPDATED
    if known.enrolments:
        row.issues.append(issue("", "second_enrolment"))
    known.enrolments.append(new)
    _merge(row, known, _OF_PERSON)


def _overlap(one: KnownEnrolment, other: KnownEnrolment) -> bool:
    first, second = sorted((one, other), key=lambda each: each.start)
    return first.end is None or first.end > second.start


PARTICIPANTS = Kind("participants", _readers, _judge, _finish)
