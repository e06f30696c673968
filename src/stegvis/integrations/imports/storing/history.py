"""Step history: periods behind the step someone stands on. They fill an enrolment's past; what was
decided in the product is never moved."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from stegvis.integrations.imports.reading.results import CREATED, UPDATED, Row
from stegvis.integrations.imports.storing.arrivals import Arrival
from stegvis.integrations.imports.storing.crowd import Crowd
from stegvis.integrations.imports.storing.ground import Ground
from stegvis.journey.standing.models import StepPeriod
from stegvis.platform.tenancy.copying import change_rows, copy_rows
from stegvis.platform.tenancy.keys import uuid7

_DAY = dt.timedelta(days=1)
_ENROLMENTS = """
select id, person_id, since, until from intake_enrolment
 where person_id = any(%s) order by since, id for update"""
_PERIODS = """
select p.id, p.enrolment_id, p.since, p.until, p.ordinal, not p.imported,
       exists (select 1 from imports_importrow r
                 join imports_importfile f on f.tenant_id = r.tenant_id and f.id = r.file_id
                where r.tenant_id = p.tenant_id and r.person = p.person_id and r.period = p.id
                  and f.kind = 'participants'),
       exists (select 1 from steps_stepdecision d where d.tenant_id = p.tenant_id
                and d.enrolment_id = p.enrolment_id and (d.closes_id = p.id or d.opens_id = p.id)),
       (select (r.values ->> 'last_day')::date from imports_importrow r
          join imports_importfile f on f.tenant_id = r.tenant_id and f.id = r.file_id
         where r.tenant_id = p.tenant_id and r.person = p.person_id and r.period = p.id
           and f.kind = 'step_history' order by r.id desc limit 1)
  from standing_stepperiod p
 where p.person_id = any(%s) and p.ladder = %s and p.voided_at is null
 order by p.since, p.id for update of p"""
_MOVE = "update standing_stepperiod set since = %s, version = version + 1 where id = %s"
_END = "update standing_stepperiod set until = %s, version = version + 1 where id = %s"
_VOID = "update standing_stepperiod set voided_at = now(), version = version + 1 where id = %s"


@dataclass(slots=True)
class Span:
    """One period, stored or to come. `last` is the last day as a list says it, None = open."""

    key: uuid.UUID
    enrolment: uuid.UUID
    since: dt.date
    until: dt.date | None
    ordinal: int
    decided: bool = False  # opened in the product
    named: bool = False  # stands for the step a participant list names
    held_fast: bool = False  # a decision rests on it
    last: dt.date | None = None
    arrival: Arrival | None = None
    is_new: bool = False
    was: dt.date | None = None  # its end as stored

    def __post_init__(self) -> None:
        self.was = self.until

    @property
    def order(self) -> tuple[dt.date, dt.date, int]:
        number = self.arrival.row.number if self.arrival else 0
        return self.since, self.last or self.until or dt.date.max, number


@dataclass(frozen=True, slots=True)
class Stay:
    key: uuid.UUID
    since: dt.date
    until: dt.date | None


@dataclass(slots=True)
class _Changes:
    made: list[tuple[Any, ...]] = field(default_factory=list)
    moved: list[tuple[Any, ...]] = field(default_factory=list)
    ended: list[tuple[Any, ...]] = field(default_factory=list)
    voided: list[tuple[Any, ...]] = field(default_factory=list)


def store_history(arrivals: Sequence[Arrival], ground: Ground) -> None:
    """Write the rows of whole persons: a person's rows are never split over two calls."""
    crowd = Crowd.locked(ground, arrivals)
    persons = {number: present.person for number, present in crowd.by_number.items()}
    stays = _stays(persons.values())
    spans = _spans(persons.values(), ground.ladder)
    changes = _Changes()
    for number, theirs in _grouped(arrivals).items():
        person = persons.get(number)
        if person is None:
            for arrival in theirs:
                arrival.wait()
            continue
        for arrival in theirs:
            arrival.person = person
            _place(arrival, stays.get(person, []), spans)
        for stay in stays.get(person, []):
            _lay(stay, spans.get(stay.key, []), changes, ground)
    _write(changes)


def _grouped(arrivals: Sequence[Arrival]) -> dict[str, list[Arrival]]:
    found: dict[str, list[Arrival]] = {}
    for each in arrivals:
        found.setdefault(each.row.identity, []).append(each)
    return found


def _stays(persons: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Stay]]:
    found: dict[uuid.UUID, list[Stay]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ENROLMENTS, [list(persons)])
        for key, person, since, until in cursor:
            found.setdefault(person, []).append(Stay(key, since, until))
    return found


def _spans(persons: Collection[uuid.UUID], ladder: str) -> dict[uuid.UUID, list[Span]]:
    found: dict[uuid.UUID, list[Span]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PERIODS, [list(persons), ladder])
        for row in cursor:
            span = Span(*row)
            if span.last is None or span.until is None:
                span.last = span.until - _DAY if span.until else None
            found.setdefault(span.enrolment, []).append(span)
    return found


def _place(arrival: Arrival, stays: Sequence[Stay], spans: dict[uuid.UUID, list[Span]]) -> None:
    """Find the period a row says again or closes, or the enrolment a new one belongs to."""
    row = arrival.row
    if row.outcome != CREATED:
        same = _same(row, [span for stay in stays for span in spans.get(stay.key, [])])
        if same is None:
            arrival.wait()
            return
        arrival.enrolment, arrival.period = same.enrolment, same.key
        if row.outcome == UPDATED:
            arrival.before["until"] = None
            same.last, same.arrival = row.values["last_day"], arrival
        return
    stay = _belongs(row.values["from_"], stays)
    if stay is None:
        arrival.wait()
        return
    span = Span(
        uuid7(), stay.key, row.values["from_"], None, row.values["step"],
        last=row.values["last_day"], arrival=arrival, is_new=True,
    )  # fmt: skip
    arrival.enrolment, arrival.period = stay.key, span.key
    spans.setdefault(stay.key, []).append(span)


def _same(row: Row, spans: Sequence[Span]) -> Span | None:
    step, start = row.values["step"], row.values["from_"]
    return next((s for s in spans if not s.named and (s.ordinal, s.since) == (step, start)), None)


def _belongs(start: dt.date, stays: Sequence[Stay]) -> Stay | None:
    """The enrolment that day lies in, else the one before it, else the first: history may begin
    before the day a list says."""
    for stay in reversed(stays):
        if stay.since <= start:
            return None if stay.until and start >= stay.until else stay
    return stays[0] if stays else None


def _lay(stay: Stay, spans: list[Span], changes: _Changes, ground: Ground) -> None:
    """Put an enrolment's periods in order of time and say where the new ones end."""
    if not any(span.arrival for span in spans):
        return
    road = sorted((span for span in spans if not span.named), key=lambda span: span.order)
    while (clash := _ends(road, stay)) is not None:
        assert clash.arrival is not None  # noqa: S101
        clash.arrival.wait()
        road.remove(clash)
        if not clash.is_new:
            return
    keys = iter(sorted(uuid7() for _ in road))  # in the order of the road, also within a day
    for at, span in enumerate(road):
        if span.is_new and span.arrival:
            span.key = span.arrival.period = next(keys)
            attempt = 1 + sum(each.ordinal == span.ordinal for each in road[:at])
            step = ground.steps[span.ordinal]
            changes.made.append(
                (
                    span.key, stay.key, span.arrival.person, ground.ladder, step, span.ordinal,
                    attempt, span.since, span.until, True,
                )
            )  # fmt: skip
        elif span.until != span.was:
            changes.ended.append((span.until, span.key))
    if any(span.arrival for span in road):
        _make_room(next((s for s in spans if s.named), None), road, changes)


def _ends(road: Sequence[Span], stay: Stay) -> Span | None:
    """Half-open ends for what files say; the first row that cannot stand beside what is there."""
    for at, span in enumerate(road):
        after = road[at + 1] if at + 1 < len(road) else None
        if not span.decided:
            span.until = _end(span, after, stay)
        if after is not None and span.since < (span.until or dt.date.max) > after.since:
            return after if after.arrival and after.is_new else _new(span)
    return None


def _new(span: Span) -> Span | None:
    return span if span.arrival else None


def _end(span: Span, after: Span | None, stay: Stay) -> dt.date | None:
    """The day after the last; the last day itself where the next period begins on it, and for a
    change on the same day, which has no length. An open one ends with its enrolment."""
    if span.last is None:
        return stay.until
    if span.last == span.since and (span.is_new or span.was == span.since):
        return span.since
    touches = after is not None and after.since == span.last
    return span.last if touches else span.last + _DAY


def _make_room(named: Span | None, road: Sequence[Span], changes: _Changes) -> None:
    """The step a participant list named stands for what is not known better: it begins where the
    history ends, and goes where the history leads up to now."""
    if named is None:
        return
    ends = [span.until for span in road]
    reach = None if None in ends else max(end for end in ends if end is not None)
    if (reach is None or (named.until and reach >= named.until)) and not named.held_fast:
        changes.voided.append((named.key,))
    elif reach and reach > named.since:
        changes.moved.append((min(reach, named.until or reach), named.key))


def _write(changes: _Changes) -> None:
    """What makes room goes first: the database lets no two periods overlap, not even for a
    moment."""
    change_rows(_VOID, changes.voided)
    change_rows(_MOVE, changes.moved)
    change_rows(_END, changes.ended)
    if changes.made:
        columns = ("id", "enrolment_id", "person_id", "ladder", "step", "ordinal", "attempt")
        copy_rows(StepPeriod, (*columns, "since", "until", "imported"), changes.made)
