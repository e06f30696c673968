"""Participants: enrolments, the step someone stands on, and who works with them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection

from stegvis.integrations.imports.reading.results import CREATED, UNCHANGED, Row
from stegvis.integrations.imports.storing.arrivals import Arrival
from stegvis.integrations.imports.storing.crowd import Crowd, NoLonger, Present
from stegvis.integrations.imports.storing.ground import Ground
from stegvis.journey.intake.models import Assignment, Enrolment, Income
from stegvis.journey.standing.models import StepPeriod
from stegvis.platform.access.models import Kind, Relation
from stegvis.platform.tenancy.copying import (
    change_rows,
    copy_rows,
    draft,
    forget,
    lay_out,
    same,
)
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

_DAY = dt.timedelta(days=1)
_STAYS = """
select e.id, e.person_id, e.unit_id, e.since, e.until, e.extent_percent, e.extent_hours,
       exists (select 1 from intake_income i where i.tenant_id = e.tenant_id
                and i.enrolment_id = e.id and i.moment = 'entry' and i.source <> 'unknown'),
       exists (select 1 from intake_assignment a where a.tenant_id = e.tenant_id
                and a.enrolment_id = e.id and a.part = 'case_worker'),
       exists (select 1 from steps_stepdecision d where d.tenant_id = e.tenant_id
                and d.enrolment_id = e.id)
  from intake_enrolment e where e.person_id = any(%s) order by e.since, e.id for update of e"""
_CLOSE = """
update intake_enrolment set until = %s, exit_reason = %s, version = version + 1 where id = %s"""
_CLOSE_PERIODS = """
update standing_stepperiod set until = greatest(%s, since), version = version + 1
 where enrolment_id = %s and until is null and voided_at is null"""
_CLOSE_ASSIGNMENTS = """
update intake_assignment set until = greatest(%s, since), version = version + 1
 where enrolment_id = %s and until is null"""
_CLOSE_TIES = """
update access_relation r set until = greatest(%s, r.since), version = r.version + 1
 where r.person = %s and r.until is null
   and (r.kind = 'unit' and r.unit_id = %s
        or r.kind in ('case_worker', 'work_supervisor', 'job_mediator') and exists (
           select 1 from intake_assignment a where a.tenant_id = r.tenant_id
              and a.enrolment_id = %s and a.member_id = r.member_id and a.part = r.kind))"""
_EXTENT = """
update intake_enrolment set extent_percent = %s, extent_hours = %s, version = version + 1
 where id = %s"""


@dataclass(slots=True)
class Stay:
    """An enrolment, there already or to come."""

    key: uuid.UUID
    person: uuid.UUID
    unit: uuid.UUID
    since: dt.date
    until: dt.date | None
    percent: int | None = None
    hours: Decimal | None = None
    has_income: bool = False
    has_worker: bool = False
    decided: bool = False
    is_new: bool = False
    period: uuid.UUID | None = None  # of the step the row names
    values: dict[str, Any] = field(default_factory=dict)  # of the rows that bring it
    earlier: uuid.UUID | None = None
    protected: bool = False


@dataclass(slots=True)
class _Writing:
    ground: Ground
    crowd: Crowd
    stays: dict[uuid.UUID, list[Stay]]
    closed: list[Stay] = field(default_factory=list)
    extents: list[Stay] = field(default_factory=list)
    incomes: list[tuple[Any, ...]] = field(default_factory=list)
    assigned: list[tuple[Any, ...]] = field(default_factory=list)


def store_participants(arrivals: Sequence[Arrival], ground: Ground) -> None:
    """Write what the rows say; those that no longer fit are left waiting."""
    crowd = Crowd.locked(ground, arrivals)
    known = [present.person for present in crowd.by_number.values()]
    writing = _Writing(ground, crowd, _stays(known))
    for arrival in arrivals:
        try:
            _take(arrival, writing)
        except NoLonger:
            arrival.wait()
    crowd.write()
    _write_stays(writing)


def _stays(persons: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Stay]]:
    found: dict[uuid.UUID, list[Stay]] = {}
    if persons:
        with connection.cursor() as cursor:
            cursor.execute(_STAYS, [list(persons)])
            for row in cursor:
                found.setdefault(row[1], []).append(Stay(*row))
    return found


def _take(arrival: Arrival, writing: _Writing) -> None:
    row = arrival.row
    if row.outcome == CREATED:
        present = writing.crowd.comes(row)
        arrival.before = {"new": True}
        stay: Stay | None = _begin(row, present, writing)
    else:
        present = writing.crowd.there(row)
        stay = _known_stay(arrival, present, writing)
    arrival.person, arrival.enrolment = present.person, stay.key if stay is not None else None
    arrival.period = stay.period if stay is not None and stay.is_new else None


def _known_stay(arrival: Arrival, present: Present, writing: _Writing) -> Stay | None:
    row = arrival.row
    stays = writing.stays.get(present.person, [])
    stay = _meant(row, stays)
    if row.outcome == UNCHANGED:
        return stay
    if stay is None and row.values.get("enrolled_on") is not None:
        if any(_overlap(each, row) for each in stays):
            raise NoLonger
        arrival.before = present.add(row)
        return _begin(row, present, writing)
    closes = stay is not None and stay.until is None and row.values.get("ended_on") is not None
    if closes and stay is not None and stay.decided:
        raise NoLonger
    arrival.before = present.add(row)
    if stay is not None:
        if closes:
            _end(stay, row, writing)
            arrival.before["until"] = None
        _add_to(stay, row, arrival, writing)
    return stay


def _meant(row: Row, stays: Sequence[Stay]) -> Stay | None:
    """The enrolment a row is about, as the judging found it: the same day, or within the week or
    month the row or the register says instead."""
    start: dt.date | None = row.values.get("enrolled_on")
    if start is None:
        return stays[-1] if stays else None
    exact = next((each for each in stays if each.since == start), None)
    if exact is not None:
        return exact
    near = [e for e in stays if (e.since.year, e.since.month) == (start.year, start.month)]
    near += [e for e in stays if e.since.isocalendar()[:2] == start.isocalendar()[:2]]
    same = any(code == "second_enrolment" for code in row.codes)
    return None if same else next(iter(near), None)


def _overlap(stay: Stay, row: Row) -> bool:
    start, until = row.values["enrolled_on"], _until(row)
    first, second = sorted(((stay.since, stay.until), (start, until)), key=lambda each: each[0])
    return first[1] is None or first[1] > second[0] + _DAY


def _until(row: Row) -> dt.date | None:
    """Lists name the last day; the register the day after it."""
    ended: dt.date | None = row.values.get("ended_on")
    return ended + _DAY if ended else None


def _begin(row: Row, present: Present, writing: _Writing) -> Stay:
    before = [each for each in writing.stays.get(present.person, []) if each.until]
    stay = Stay(
        uuid7(),
        present.person,
        writing.ground.units.named(row.values.get("unit")),
        row.values["enrolled_on"],
        _until(row),
        is_new=True,
        period=uuid7(),
        values=dict(row.values),
        earlier=before[-1].key if before else None,
        protected=row.protected,
    )
    stay.percent, stay.hours = _extent(row)
    writing.stays.setdefault(present.person, []).append(stay)
    return stay


def _extent(row: Row) -> tuple[int | None, Decimal | None]:
    scope = row.values.get("scope")
    if not scope:
        return None, None
    if scope["kind"] == "percent":
        return round(scope["value"]), None
    return None, Decimal(str(scope["value"])).quantize(Decimal("0.1"))


def _end(stay: Stay, row: Row, writing: _Writing) -> None:
    stay.until = _until(row)
    stay.values |= {name: row.values.get(name) for name in ("ended_on", "end_reason")}
    if not stay.is_new:
        writing.closed.append(stay)


def _add_to(stay: Stay, row: Row, arrival: Arrival, writing: _Writing) -> None:
    """Gaps of the enrolment. For one that comes in this batch they are part of what it brings."""
    percent, hours = _extent(row)
    if (percent or hours) and (not (stay.percent or stay.hours) or "scope" in row.takes):
        arrival.before["scope"] = [stay.percent, str(stay.hours) if stay.hours else None]
        stay.percent, stay.hours = percent, hours
        if not stay.is_new:
            writing.extents.append(stay)
    if stay.is_new:
        for name in ("income", "case_worker"):
            stay.values.setdefault(name, row.values.get(name))
        return
    if row.values.get("income") and not stay.has_income:
        stay.has_income = True
        writing.incomes.append(_income(stay, row.values["income"]))
        arrival.before["income"] = None
    if not stay.has_worker and stay.until is None:
        stay.has_worker = _assign(stay, row.values.get("case_worker"), writing)
        if stay.has_worker:
            arrival.before["case_worker"] = None


def _income(stay: Stay, source: str) -> tuple[Any, ...]:
    return uuid7(), stay.key, stay.person, "entry", source, stay.since


def _worker(stay: Stay, name: str | None, ground: Ground) -> uuid.UUID | None:
    """Whoever the list names, if that is one of ours. For a protected person it is for those
    responsible to say who may know."""
    return None if stay.protected else ground.worker(name)


def _assign(stay: Stay, name: str | None, writing: _Writing) -> bool:
    member = _worker(stay, name, writing.ground)
    if member is None:
        return False
    part = Assignment.Part.CASE_WORKER
    writing.assigned.append((uuid7(), stay.key, stay.person, member, part, stay.since, stay.until))
    writing.crowd.tie(
        stay.person, Kind.CASE_WORKER, since=stay.since, until=stay.until, member=member
    )
    return True


def _write_stays(writing: _Writing) -> None:
    _close(writing.closed)
    change_rows(_EXTENT, [(each.percent, each.hours, each.key) for each in writing.extents])
    new = [each for stays in writing.stays.values() for each in stays if each.is_new]
    if new:
        _write_new(new, writing)
    if writing.assigned:
        columns = ("id", "enrolment_id", "person_id", "member_id", "part", "since", "until")
        copy_rows(Assignment, columns, writing.assigned)
    if writing.incomes:
        replace = (
            "on conflict (tenant_id, enrolment_id, moment) do update set source = excluded.source, "
            "version = intake_income.version + 1 where intake_income.source = 'unknown'"
        )
        moments = ("id", "enrolment_id", "person_id", "moment", "source", "on")
        copy_rows(Income, moments, writing.incomes, on_conflict=replace)
    writing.crowd.write_ties()


_STAYS_TO_COME = {
    "enrolment_id": "uuid", "person_id": "uuid", "unit_id": "uuid", "earlier_id": "uuid",
    "agency": "text", "since": "date", "until": "date", "exit_reason": "text",
    "extent_percent": "smallint", "extent_hours": "numeric", "period_id": "uuid", "step": "text",
    "ordinal": "smallint", "source": "text", "member_id": "uuid", "alone": "boolean",
}  # fmt: skip


def _write_new(new: Sequence[Stay], writing: _Writing) -> None:
    """An enrolment with all that comes with it lies in five tables; it is sent over once. The rows
    that come with it take its key, which is theirs alone in each table."""
    ground, all_alone = writing.ground, _send(new, writing)
    enrolment = ("person_id", "unit_id", "earlier_id", "agency", "since", "until", "exit_reason")
    lay_out(
        Enrolment,
        "stays",
        {"id": "enrolment_id", **same(*enrolment, "extent_percent", "extent_hours")},
        always={"programme_id": ground.version, "imported": True},
    )
    of_stay = {"id": "enrolment_id", **same("enrolment_id", "person_id")}
    lasts = same("since", "until")
    lay_out(
        StepPeriod,
        "stays",
        {**of_stay, **lasts, **same("step", "ordinal"), "id": "period_id"},
        always={"ladder": ground.ladder, "imported": True},
    )
    lay_out(
        Income,
        "stays",
        {**of_stay, "source": "source", "on": "since"},
        always={"moment": "entry"},
    )
    lay_out(
        Assignment,
        "stays",
        {**of_stay, **lasts, "member_id": "member_id"},
        always={"part": Assignment.Part.CASE_WORKER},
        where="member_id is not null",
    )
    _tie(ground, all_alone=all_alone)
    forget("stays")


def _send(new: Sequence[Stay], writing: _Writing) -> bool:
    """The draft; and whether each of them is the only one of somebody who comes now (`alone`), so
    that nobody can have tied them to anybody yet."""
    come = {each.person for each in writing.crowd.new()}
    alone = [each.person in come and len(writing.stays[each.person]) == 1 for each in new]
    rows = ((*_to_come(stay, writing.ground), one) for stay, one in zip(new, alone, strict=True))
    draft("stays", _STAYS_TO_COME, rows)
    return all(alone)


def _tie(ground: Ground, *, all_alone: bool) -> None:
    """Whoever is enrolled is the unit's from that day, and at once if the day is still to come."""
    tied = {"person": "person_id", "until": "until"}
    at_once = f"least(since, date '{ground.on:%Y-%m-%d}')"
    unit = {**tied, "id": "enrolment_id", "unit_id": "unit_id", "since": at_once}
    worker = {**tied, "id": "period_id", **same("member_id", "since")}
    ways = {"alone": "", "not alone": "on conflict do nothing"}
    for whose, once in list(ways.items())[: 1 if all_alone else 2]:
        lay_out(Relation, "stays", unit, always={"kind": Kind.UNIT}, where=whose, on_conflict=once)
        lay_out(
            Relation,
            "stays",
            worker,
            always={"kind": Kind.CASE_WORKER},
            where=f"{whose} and member_id is not null",
            on_conflict=once,
        )


def _to_come(stay: Stay, ground: Ground) -> tuple[Any, ...]:
    said = stay.values
    return (
        stay.key,
        stay.person,
        stay.unit,
        stay.earlier,
        said["referrer"],
        stay.since,
        stay.until,
        said.get("end_reason") or "",
        stay.percent,
        stay.hours,
        stay.period,
        ground.steps[said["step"]],
        said["step"],
        said.get("income") or "unknown",
        _worker(stay, said.get("case_worker"), ground),
    )


def _close(closed: Sequence[Stay]) -> None:
    if not closed:
        return
    reasons = [(e.until, e.values.get("end_reason") or "", e.key) for e in closed]
    change_rows(_CLOSE, reasons)
    change_rows(_CLOSE_TIES, [(e.until, e.person, e.unit, e.key) for e in closed])
    current().known.clear()
    change_rows(_CLOSE_PERIODS, [(e.until, e.key) for e in closed])
    change_rows(_CLOSE_ASSIGNMENTS, [(e.until, e.key) for e in closed])
