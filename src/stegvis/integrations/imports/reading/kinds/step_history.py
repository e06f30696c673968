"""Step history: which step from when to when. The last day is inclusive in lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from stegvis.integrations.imports.reading.codes import issue
from stegvis.integrations.imports.reading.grid import Cell
from stegvis.integrations.imports.reading.kinds.kind import (
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
from stegvis.integrations.imports.reading.register import KnownPeriod, KnownPerson, Ledger
from stegvis.integrations.imports.reading.results import (
    CREATED,
    HELD,
    UNCHANGED,
    UPDATED,
    Row,
)
from stegvis.integrations.imports.reading.values.steps import read_step
from stegvis.integrations.imports.reading.wording import listed, shown

_DAY = timedelta(days=1)


def _readers(context: Context) -> Mapping[str, CellReader]:
    def step(cell: Cell, column: str) -> Read:
        found = read_step(cell, context.steps)
        return said(column, found.fault, step=found.step)

    def start(cell: Cell, column: str) -> Read:
        day = context.dates.past(cell)
        if day.on is None:
            return said(column, day.fault)
        return said(column, day.note, from_=day.on, **_rough(day.precision))

    def last(cell: Cell, column: str) -> Read:
        if shown(cell).casefold() in listed("open_end"):
            return Read({"last_day": None, "open": True})
        day = context.dates.any(cell)
        if day.on is None:
            return said(column, day.fault)
        return said(column, day.note, last_day=day.on, open=False)

    return {
        "id": identity_reader(context),
        "name": name_reader,
        **contact_readers(),
        "step": step,
        "start": start,
        "last": last,
        "why": text_reader("why"),
        "by": text_reader("decided_by"),
    }


def _rough(precision: str) -> dict[str, Any]:
    return {} if precision == "day" else {"from_precision": precision}


def _finish(row: Row) -> None:
    join_names(row)
    if not row.column("last"):
        row.values.update(last_day=None, open=True)
    start, last = row.values.get("from_"), row.values.get("last_day")
    if start and last and last < start:
        row.say(row.column("last"), "date_order")
    elif start and last == start:
        row.say(row.column("last"), "same_day")


def _judge(rows: Sequence[Row], ledger: Ledger) -> None:
    of_person: dict[str, list[Row]] = {}
    for row in rows:
        known = ledger.person(row.identity) if row.identity else None
        compare_names(row, known, ledger)
        if not row.slipped:
            _require(row)
        if row.identity and known is None:
            row.say(row.column("id"), "person_not_found")
        elif known is not None and not known.enrolments:
            row.say(row.column("id"), "enrolment_missing")
        if row.identity and row.values.get("from_"):
            of_person.setdefault(row.identity, []).append(row)
        row.outcome = HELD
    for national_id, theirs in of_person.items():
        theirs.sort(key=lambda row: (row.values["from_"], _last(row), row.number))
        _judge_person(theirs, ledger.person(national_id))


def _require(row: Row) -> None:
    for field, value, code in (
        ("start", "from_", "date_missing"),
        ("step", "step", "step_missing"),
    ):
        column = row.column(field)
        spoken = column and any(each.column == column for each in row.issues)
        if row.values.get(value) is None and not spoken:
            row.say(column, code)


def _judge_person(rows: Sequence[Row], known: KnownPerson | None) -> None:
    """One person's rows in order of time, each against the row before, also where that one waits:
    a hole or a skip is a matter between neighbours as the sender wrote them."""
    before: Row | None = None
    seen: dict[tuple[object, ...], int] = {}
    ordered = []
    for row in rows:
        same = (row.values.get("step"), row.values["from_"], row.values.get("last_day"))
        if same in seen:
            row.first = seen[same]
            row.issues.append(issue("", "dup_same"))
            row.outcome = HELD if row.held else UNCHANGED
            continue
        seen[same] = row.number
        ordered.append(row)
    reach = date.min
    for row in ordered:
        if before is not None:
            _compare_times(before, row)
            _compare_steps(before, row)
        if row.values["from_"] < reach:
            row.say(row.column("start"), "overlap")
        if not row.held and not row.values.get("open"):
            reach = max(reach, _last(row))
        before = row
    if ordered and ordered[-1].values.get("open") is False and not ordered[-1].held:
        ordered[-1].say(ordered[-1].column("last"), "no_open_period")
    for row in ordered:
        if not row.held:
            _decide(row, known)


def _compare_times(before: Row, row: Row) -> None:
    start = _first(row)
    if before.values.get("open"):
        if start > before.values["from_"]:
            before.say(before.column("last"), "two_open")
        else:
            row.say(row.column("start"), "overlap")
        return
    end = _last(before)
    if start == end:
        row.say(row.column("start"), "touching_day")
    elif start < end:
        row.say(row.column("start"), "overlap")
    elif start > end + _DAY:
        row.say(row.column("start"), "gap")


def _first(row: Row) -> date:
    """The earlier of the two days."""
    return min(row.values.get("last_day") or date.max, _start(row))


def _last(row: Row) -> date:
    """The later of the two days: where they are swapped, the row still reaches that far."""
    if row.values.get("open"):
        return date.max
    return max(row.values.get("last_day") or date.min, _start(row))


def _start(row: Row) -> date:
    start: date = row.values["from_"]
    return start


def _compare_steps(before: Row, row: Row) -> None:
    """Back-steps and skips are normal; a skip wants a reason."""
    earlier, step = before.values.get("step"), row.values.get("step")
    if earlier is None or step is None:
        return
    column = row.column("step")
    if step < earlier:
        row.say(column, "back_step")
    elif step > earlier + 1:
        row.say(column, "skip")
        if row.column("why") and not row.values.get("why"):
            row.say(row.column("why"), "grounds_missing")


def _decide(row: Row, known: KnownPerson | None) -> None:
    """Against what is stored: the same says nothing new, an open one may be closed, anything else
    that overlaps by more than a day is for a person."""
    stored = known.periods if known else []
    step, start, last = row.values["step"], row.values["from_"], row.values.get("last_day")
    row.outcome = CREATED
    for period in stored:
        if (period.step, period.start) == (step, start):
            if period.last == last or last is None:
                row.outcome = UNCHANGED
                return
            if period.last is None and not period.decided:
                row.outcome = UPDATED
                row.issues.append(issue("", "closes"))
                return
        if _overlaps(period, start, last):
            row.say(row.column("start"), "conflicts_with_register")
            row.outcome = HELD
            return


def _overlaps(period: KnownPeriod, start: date, last: date | None) -> bool:
    end = last or date.max
    return start < (period.last or date.max) and period.start < end


STEP_HISTORY = Kind("step_history", _readers, _judge, _finish)
