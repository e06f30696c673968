"""Danish lists of citizens: the group they are screened into, the step, the mediator, and their
ordinary hours by month, a column for each. What a list says of one month is one figure of the
ledger, from the list; nothing in doubt of an amount or a month is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from stegvis.core.values.paid import PARTS
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
from stegvis.integrations.imports.reading.register import (
    HoursKey,
    KnownEnrolment,
    KnownPerson,
    Ledger,
    employer_key,
)
from stegvis.integrations.imports.reading.results import CREATED, HELD, UNCHANGED, UPDATED, Row
from stegvis.integrations.imports.reading.values.steps import read_step
from stegvis.integrations.imports.reading.values.worked import (
    SHORT,
    as_hours,
    fault_of,
    read_month,
    read_parts,
)
from stegvis.integrations.imports.reading.wording import listed, plain, shown

REACHES = 30 * PARTS
"""The ordinary hours of a month that the effort aims at, of the model; here only for showing."""
PROJECT = 1
AGENCY = "JOBCENTER"
_CONTACT = ("phone", "email")
_GROUP = re.compile(r"(?:(?:mål|visitations)?gruppe|group|grupp)? ?([1-3]|i{1,3})")
_LONGEST = 120
_MONTH = "_month:"


def _readers(context: Context) -> Mapping[str, CellReader]:
    def mediator(cell: Cell, column: str) -> Read:
        name, fault = context.directory.read(cell)
        if fault == "worker_missing":
            return Read({"mediator": None})
        return said(column, fault, mediator=name or None)

    def start(cell: Cell, column: str) -> Read:
        day = context.dates.past(cell)
        if day.fault == "date_missing":
            return NOTHING
        if day.on is None:
            return said(column, day.fault)
        return said(column, day.note, start=day.on)

    def step(cell: Cell, column: str) -> Read:
        found = read_step(cell, context.steps)
        return said(column, found.fault) if found.fault else Read({"step": found.step})

    def month(cell: Cell, column: str) -> Read:
        return _month(cell, column, context.today)

    return {
        "id": identity_reader(context),
        "name": name_reader,
        **contact_readers(),
        "group": _group,
        "step": step,
        "worker": mediator,
        "employer": _employer,
        "start": start,
        "month": month,
        "unit": text_reader("unit"),
    }


def _group(cell: Cell, column: str) -> Read:
    text = plain(shown(cell))
    if text in listed("nothing"):
        return NOTHING
    found = _GROUP.fullmatch(text)
    if found is None:
        return said(column, "group_unknown")
    return Read({"group": len(found[1]) if found[1].startswith("i") else int(found[1])})


def _employer(cell: Cell, column: str) -> Read:
    text = shown(cell)
    if plain(text) in listed("nothing"):
        return NOTHING
    return said(column, "too_long" if len(text) > _LONGEST else "", employer=text)


def _month(cell: Cell, column: str, today: date) -> Read:
    if plain(shown(cell)) in listed("nothing"):
        return NOTHING
    on, parts = read_month(column, today.year), read_parts(cell)
    if on is None or parts is None:
        return said(column, "hours_unreadable")
    if on > today:
        return said(column, "future_month")
    fault = fault_of(parts)
    return said(column, fault) if fault else Read({f"{_MONTH}{column}": (on, parts)})


def _finish(row: Row) -> None:
    """What cells of one row say together."""
    join_names(row)
    values = row.values
    for name in ("group", "mediator", "employer", "start"):
        values.setdefault(name, None)
    if values.get("national_id"):
        values["mod11"] = values["id_kind"] == "mod11"
    _say_group(row)
    months = _months(row)
    values["_hours"] = months
    values["ordinary_hours"] = {named(on, row): as_hours(months[on]) for on in sorted(months)}
    reached = [on for on in sorted(months) if months[on] >= REACHES]
    values["first_month_30"] = f"{reached[0]:%Y-%m}" if reached else None
    if any(months.values()) and not values["employer"]:
        row.say(row.column("employer"), "employer_missing")


def named(on: date, row: Row) -> str:
    """As the list's own columns have it: the month, and the year too where there are several."""
    years = {each.year for each in row.values["_hours"]}
    return SHORT[on.month - 1] if len(years) == 1 else f"{on:%Y-%m}"


def _say_group(row: Row) -> None:
    """A mediator, and a step beyond the first, belong to group 1 alone (INV-14)."""
    group, mediator, step = (row.values.get(name) for name in ("group", "mediator", "step"))
    if group is None:
        return
    if group != PROJECT and (mediator or (step or 1) > 1):
        row.say(row.column("group"), "group_conflict")
    elif group == PROJECT and not mediator and not _spoken(row, "worker"):
        row.say(row.column("worker"), "mediator_missing")


def _months(row: Row) -> dict[date, int]:
    found: dict[date, int] = {}
    start = row.values.get("start")
    for name in [name for name in row.values if name.startswith(_MONTH)]:
        on, parts = row.values.pop(name)
        column = name.removeprefix(_MONTH)
        if start and on < start.replace(day=1):
            if parts:
                row.say(column, "hours_before_start")
        elif found.setdefault(on, parts) != parts:
            row.say(column, "hours_unreadable")  # two columns of one month say different things
    return found


def _spoken(row: Row, field: str) -> bool:
    column = row.column(field)
    return bool(column) and any(each.column == column for each in row.issues)


def hours_of(row: Row) -> dict[HoursKey, int]:
    """What the ledger keeps of a row, by month and employer."""
    employer = row.values.get("employer")
    if not employer:
        return {}
    key = employer_key(employer)
    return {(on, key): parts for on, parts in row.values["_hours"].items()}


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
            if row.values["start"] is None:
                row.issues.append(issue("", "start_unknown"))
            if row.identity:
                ledger.add_later(row.identity, partial(_person, row, ledger.today))
        else:
            _compare(row, known)


def _require(row: Row) -> None:
    for field, code in (("step", "step_missing"), ("name", "name_missing")):
        if row.values.get(field) is None and not _spoken(row, field):
            row.say(row.column(field), code)


def _person(row: Row, today: date) -> KnownPerson:
    person = KnownPerson(row.identity, row.values["name"], row=row.number)
    values = row.values
    person.data.update({name: values[name] for name in _CONTACT if values.get(name)})
    data = {"group": values["group"]} if values["group"] else {}
    start = values["start"] or today
    person.enrolments.append(KnownEnrolment(start, step=values["step"], row=row.number, data=data))
    person.hours.update(hours_of(row))
    return person


def _compare(row: Row, known: KnownPerson) -> None:
    """A row about somebody who is already there, in the register or from an earlier row: months
    that nobody has written down are added, and what says otherwise waits."""
    same = known.enrolments[-1] if known.enrolments else None
    row.first = same.row if same is not None else known.row
    if same is None:
        row.say(row.column("name"), "enrolment_missing")
    else:
        _say_conflicts(row, same)
    _say_other_hours(row, known)
    if row.held or same is None:
        row.outcome = HELD
        return
    new = {key: parts for key, parts in hours_of(row).items() if key not in known.hours}
    known.hours.update(new)
    added = _fill(row, known) or bool(new)
    if row.values["group"] and not same.data.get("group"):
        same.data["group"], added = row.values["group"], True
    row.outcome = UPDATED if added else UNCHANGED
    told = "dup_adds" if row.first is not None else "adds_data"
    row.issues.append(issue("", told if added else "dup_same"))


def _fill(row: Row, known: KnownPerson) -> bool:
    """Gaps of contact data are filled; what is there stays."""
    added = False
    for name in _CONTACT:
        value, mine = row.values.get(name), known.data.get(name)
        if value and not mine:
            known.data[name], added = value, True
        elif value and value != mine:
            row.say(row.column(name), "differs_from_earlier")
    return added


def _say_conflicts(row: Row, same: KnownEnrolment) -> None:
    """A file never changes a step, nor the group somebody is in."""
    code = "conflicts_with_register" if same.row is None else "dup_conflict"
    mine = {"step": same.step, "group": same.data.get("group")}
    for name, there in mine.items():
        value = row.values.get(name)
        if value is None or there is None or value == there:
            continue
        if row.decided(Decision.KEEP):
            row.values[name] = there
        else:
            row.say(row.column(name), code)


def _say_other_hours(row: Row, known: KnownPerson) -> None:
    """Another figure for a month the list has spoken of before is corrected by a person, by a row
    of its own."""
    if row.decided(Decision.KEEP):
        there = {key: known.hours.get(key, parts) for key, parts in hours_of(row).items()}
        row.values["_hours"] = {on: parts for (on, _), parts in there.items()}
        return
    code = "conflicts_with_register" if row.first is None else "dup_conflict"
    for (on, employer), parts in hours_of(row).items():
        if known.hours.get((on, employer), parts) != parts:
            row.say(named(on, row), code)


CITIZENS = Kind("citizens_dk", _readers, _judge, _finish, number_as="cpr", durations=True)
