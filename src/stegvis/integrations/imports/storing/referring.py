"""Referrals: who is sent by whom, for what, and what is to be answered when."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from stegvis.integrations.imports.reading.results import CREATED, UNCHANGED, Row
from stegvis.integrations.imports.storing.arrivals import Arrival
from stegvis.integrations.imports.storing.crowd import Crowd, NoLonger
from stegvis.integrations.imports.storing.ground import Ground
from stegvis.journey.intake.models import ANSWER_DAYS, OrderLine, Referral
from stegvis.platform.access.models import Kind
from stegvis.platform.tenancy.copying import copy_rows
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

_OURS = re.compile(r"(\d{4})-(\d{1,6})")  # the form of the municipality's own numbers
_THERE = """
select r.id, r.person_id, r.number, r.received_on, r.referrer_kind, r.referrer_name, r.need,
       r.answer_by, cardinality(r.services_asked),
       exists (select 1 from intake_orderline l where l.tenant_id = r.tenant_id
                and l.referral_id = r.id)
  from intake_referral r where r.person_id = any(%s) or r.number = any(%s) for update of r"""
_COUNT = """
insert into intake_referralcount (id, version, tenant_id, year, last)
values (gen_random_uuid(), 1, %s, %s, %s)
on conflict (tenant_id, year) do update set last = {}
returning last"""


class _Book:
    """The referrals that are there, and the numbers still to be had."""

    def __init__(self, persons: list[uuid.UUID], numbers: list[str]) -> None:
        self.by_number: dict[str, tuple[Any, ...]] = {}
        self.by_day: dict[tuple[uuid.UUID, dt.date, str], tuple[Any, ...]] = {}
        with connection.cursor() as cursor:
            cursor.execute(_THERE, [persons, numbers])
            for row in cursor:
                self.by_number[row[2]] = row
                self.by_day[row[1], row[3], row[4]] = row

    def find(self, row: Row, person: uuid.UUID | None) -> tuple[Any, ...] | None:
        number = row.values.get("number")
        if number:
            return self.by_number.get(number)
        if person is None:
            return None
        return self.by_day.get((person, row.values["received"], row.values["referrer"]))


def store_referrals(arrivals: Sequence[Arrival], ground: Ground) -> None:
    crowd = Crowd.locked(ground, arrivals)
    numbers = [n for n in (each.row.values.get("number") for each in arrivals) if n]
    book = _Book([present.person for present in crowd.by_number.values()], numbers)
    new: list[Arrival] = []
    for arrival in arrivals:
        try:
            _take(arrival, crowd, book, new)
        except NoLonger:
            arrival.wait()
    crowd.write()
    _write(new, ground, crowd)
    crowd.write_ties()


def _take(arrival: Arrival, crowd: Crowd, book: _Book, new: list[Arrival]) -> None:
    row = arrival.row
    present = crowd.by_number.get(row.identity)
    there = book.find(row, present.person if present else None)
    if row.outcome == CREATED:
        if there is not None:
            raise NoLonger
        if present is None:
            present = crowd.comes(row)
            arrival.before = {"new": True}
        else:
            arrival.before = present.add(row)
        arrival.person, arrival.referral = present.person, uuid7()
        new.append(arrival)
        return
    earlier = next((each for each in new if _is_same(each.row, row)), None)
    if earlier is not None:  # of this batch: the first row is written with what this one adds
        for name, value in row.values.items():
            if earlier.row.values.get(name) is None:
                earlier.row.values[name] = value
        arrival.person, arrival.referral = earlier.person, earlier.referral
        return
    if there is None:
        raise NoLonger
    arrival.person, arrival.referral = there[1], there[0]
    if row.outcome != UNCHANGED:
        _fill(arrival, there)


def _is_same(one: Row, other: Row) -> bool:
    number = other.values.get("number")
    if number:
        return bool(one.values.get("number") == number)
    names = ("received", "referrer")
    same_day = all(one.values.get(name) == other.values.get(name) for name in names)
    return bool(one.identity == other.identity and same_day)


def _fill(arrival: Arrival, there: tuple[Any, ...]) -> None:
    """Gaps of a referral that is stored already."""
    values = arrival.row.values
    sender, need, due, services, has_line = (*there[5:8], there[8], there[9])
    arrival.before["referral"] = [sender, need, due.isoformat() if due else None]
    asked = [values["service"]] if values.get("service") and not services else None
    with connection.cursor() as cursor:
        cursor.execute(
            "update intake_referral set referrer_name = %s, need = %s, answer_by = %s, "
            "services_asked = coalesce(%s, services_asked), version = version + 1 where id = %s",
            [
                sender or values.get("sender") or "",
                need or values.get("why") or "",
                values.get("answer_due") or due,
                asked,
                arrival.referral,
            ],
        )
    if not has_line:
        _write_lines([arrival])


def _write(new: Sequence[Arrival], ground: Ground, crowd: Crowd) -> None:
    if not new:
        return
    numbers = _numbers([each.row for each in new])
    copy_rows(
        Referral,
        (
            "id", "person_id", "unit_id", "number", "referrer_kind", "referrer_name", "state",
            "received_on", "answer_by", "need", "services_asked", "imported",
        ),
        (_referral(each, number, ground) for each, number in zip(new, numbers, strict=True)),
    )  # fmt: skip
    _write_lines(new)
    for each in new:
        assert each.person is not None  # noqa: S101
        if not each.row.protected:
            since = min(each.row.values["received"], ground.on)
            unit = ground.units.named(each.row.values.get("unit"))
            crowd.tie(each.person, Kind.INTAKE, since=since, unit=unit)


def _referral(each: Arrival, number: str, ground: Ground) -> tuple[Any, ...]:
    values = each.row.values
    received = values["received"]
    return (
        each.referral,
        each.person,
        ground.units.named(values.get("unit")),
        number,
        values["referrer"],
        values.get("sender") or "",
        Referral.State.RECEIVED,
        received,
        values.get("answer_due") or received + dt.timedelta(days=ANSWER_DAYS),
        values["why"],
        [values["service"]] if values.get("service") else [],
        True,
    )


def _write_lines(arrivals: Iterable[Arrival]) -> None:
    """What is to be done and why. What it is to be done with stands in the same words where the
    file has no column of its own for it; an unclear verb leaves the order to be asked about."""
    columns = ("id", "referral_id", "person_id", "verb", "what", "why", "uses")
    rows = [
        (
            uuid7(),
            each.referral,
            each.person,
            each.row.values["verb"],
            each.row.values["why"][:300],
            each.row.values["why"],
            [each.row.values["use"]] if each.row.values.get("use") else [],
        )
        for each in arrivals
        if each.row.values.get("verb") and each.row.values.get("why")
    ]
    if rows:
        copy_rows(OrderLine, columns, rows)


def _numbers(rows: Sequence[Row]) -> list[str]:
    """The sender's number where there is one. Where it looks like one of ours, ours go on above
    it; where there is none, the next of ours."""
    lacking: dict[int, int] = {}
    for row in rows:
        number = row.values.get("number")
        ours = _OURS.fullmatch(number) if number else None
        if ours:
            _count(int(ours[1]), "greatest(intake_referralcount.last, excluded.last)", int(ours[2]))
        elif not number:
            year = row.values["received"].year
            lacking[year] = lacking.get(year, 0) + 1
    upto = {
        year: _count(year, "intake_referralcount.last + excluded.last", many)
        for year, many in lacking.items()
    }
    free = {year: iter(range(last - lacking[year] + 1, last + 1)) for year, last in upto.items()}
    return [
        row.values.get("number")
        or f"{row.values['received'].year}-{next(free[row.values['received'].year])}"
        for row in rows
    ]


def _count(year: int, last: str, many: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(last), [current().tenant, year, many])
        row = cursor.fetchone()
    assert row is not None  # noqa: S101
    return int(row[0])
