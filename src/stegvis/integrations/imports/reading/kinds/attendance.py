"""Lists of attendance: a sheet per week, names down, days across. What the signs mean stands in the
file's own legend; a cell that cannot be read waits by itself, and an empty one says nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from stegvis.integrations.imports.reading.codes import Issue, Level
from stegvis.integrations.imports.reading.kinds.kind import (
    CellReader,
    Context,
    Kind,
    compare_names,
    contact_readers,
    identity_reader,
    join_names,
    name_reader,
)
from stegvis.integrations.imports.reading.register import KnownDay, KnownPerson, Ledger
from stegvis.integrations.imports.reading.results import CREATED, HELD, UNCHANGED, UPDATED, Row
from stegvis.integrations.imports.reading.values.names import name_key

_AS_STORED = {
    "present": ("present", ""),
    "sick": ("sick", ""),
    "absent_not_reported": ("absent", "not_told"),
    "care_of_child": ("absent", "care_of_child"),
    "leave": ("absent", "granted_leave"),
    "visit": ("absent", "visit"),
}
MINUTES = 60


def stored_days(row: Row) -> dict[date, KnownDay]:
    """What the register keeps of a row: not the days that say nothing, that wait, or on which
    nobody was expected."""
    found = {}
    for on, value in row.values.get("days", {}).items():
        known = _AS_STORED.get(value["s"])
        if known is None:
            continue
        late, hours = value.get("late_min"), value.get("hours")
        attended = None if hours is None else round(hours * MINUTES)
        found[date.fromisoformat(on)] = KnownDay(
            "late" if late else known[0], late, known[1], attended
        )
    return found


def _readers(context: Context) -> Mapping[str, CellReader]:
    return {"id": identity_reader(context), "name": name_reader, **contact_readers()}


def _judge(rows: Sequence[Row], ledger: Ledger) -> None:
    brought: dict[tuple[str, date], int] = {}
    for row in rows:
        known = _who(row, ledger)
        if known is not None and not row.held and not known.enrolments:
            row.say(row.column("name"), "enrolment_missing")
        if known is None or row.held:
            row.outcome = HELD
        else:
            _compare(row, known, brought)


def _who(row: Row, ledger: Ledger) -> KnownPerson | None:
    """By number where there is one, else by a name that one person alone has: never a guess."""
    if not row.identity and row.values.get("name"):
        found = ledger.named(name_key(row.values["name"]))
        if len(found) != 1 or not found[0].national_id:
            row.say(row.column("name"), "name_not_unique" if found else "name_not_found")
            return None
        row.identity = row.values["national_id"] = found[0].national_id
    known = ledger.person(row.identity) if row.identity else None
    if known is None:
        row.say(row.column("name"), "name_missing" if not row.identity else "person_not_found")
        return None
    compare_names(row, known, ledger)
    return known


def _compare(row: Row, known: KnownPerson, brought: dict[tuple[str, date], int]) -> None:
    """A file fills the days nobody has marked. What stands of a day is never changed by one."""
    mine = stored_days(row)
    differs = [on for on, said in mine.items() if known.days.get(on, said) != said]
    earlier = [at for on in differs if (at := brought.get((row.identity, on)))]
    if earlier:
        row.first = earlier[0]
        row.say(row.column("name"), "dup_conflict")
        row.outcome = HELD
        return
    new = {on: said for on, said in mine.items() if on not in known.days}
    for on in differs:
        row.issues.append(Issue(on.isoformat(), "differs_from_earlier", Level.WARN))
    met = len(mine) > len(new)
    row.outcome = UNCHANGED if not new else UPDATED if met else CREATED
    known.days.update(new)
    brought.update({(row.identity, on): row.number for on in new})


ATTENDANCE = Kind("attendance", _readers, _judge, join_names, required=("name",), by_week=True)
