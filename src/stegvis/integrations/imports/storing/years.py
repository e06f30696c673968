"""Earlier measures and enrolments of persons the register knows. What somebody here has written is
read again under lock and never written over: a file fills gaps and closes what was open."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from stegvis.integrations.imports.reading.results import CREATED, UNCHANGED
from stegvis.integrations.imports.reading.wording import plain
from stegvis.integrations.imports.storing.arrivals import Arrival
from stegvis.integrations.imports.storing.crowd import Crowd
from stegvis.integrations.imports.storing.ground import Ground
from stegvis.journey.background.models import AgencyPeriod, EarlierIntervention
from stegvis.platform.tenancy.copying import change_rows, copy_rows
from stegvis.platform.tenancy.keys import uuid7

_DAY = dt.timedelta(days=1)
_ADDED = ("result", "learnt", "source")
_THERE = """
select id, person_id, agency, kind, since, until, result, learnt, source
  from background_earlierintervention where person_id = any(%(persons)s) and not struck
 order by since, id for update"""
_ENROLLED = """
select id, person_id, agency, '', since, until, '', '', ''
  from background_agencyperiod where person_id = any(%(persons)s) and not struck
 order by since, id for update"""
_FILL = """
update background_earlierintervention
   set until = %s, until_precision = coalesce(%s, until_precision), result = %s,
       result_words = coalesce(nullif(%s, ''), result_words), learnt = %s, source = %s,
       version = version + 1
 where id = %s"""
_END = """
update background_agencyperiod
   set until = %s, until_precision = coalesce(%s, until_precision), version = version + 1
 where id = %s"""


@dataclass(slots=True)
class Stored:
    """One stored row, as a list would say it."""

    key: uuid.UUID
    agency: str
    kind: str
    since: dt.date
    until: dt.date | None
    said: dict[str, str]

    @property
    def last(self) -> dt.date | None:
        return self.until - _DAY if self.until else None


@dataclass(slots=True)
class _Writing:
    there: dict[uuid.UUID, list[Stored]]
    measures: list[tuple[Any, ...]] = field(default_factory=list)
    periods: list[tuple[Any, ...]] = field(default_factory=list)
    filled: list[tuple[Any, ...]] = field(default_factory=list)
    ended: list[tuple[Any, ...]] = field(default_factory=list)


def store_years(arrivals: Sequence[Arrival], ground: Ground) -> None:
    crowd = Crowd.locked(ground, arrivals)
    persons = {number: present.person for number, present in crowd.by_number.items()}
    writing = _Writing(stored_of(persons.values()))
    for arrival in arrivals:
        person = persons.get(arrival.row.identity)
        if person is None:
            arrival.wait()
            continue
        arrival.person = person
        if arrival.row.outcome == CREATED:
            _make(arrival, writing)
        else:
            _meet(arrival, writing)
    _write(writing)


def stored_of(persons: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Stored]]:
    """What stands of each, held until the transaction ends."""
    found: dict[uuid.UUID, list[Stored]] = {}
    for statement in (_THERE, _ENROLLED):
        with connection.cursor() as cursor:
            cursor.execute(statement, {"persons": list(persons)})
            for key, person, agency, kind, since, until, *said in cursor:
                values = {name: text for name, text in zip(_ADDED, said, strict=True) if text}
                row = Stored(key, agency, kind, since, until, values)
                found.setdefault(person, []).append(row)
    return found


def _make(arrival: Arrival, writing: _Writing) -> None:
    values, key = arrival.row.values, uuid7()
    arrival.period = key
    until = values["to"] + _DAY if values.get("to") else None
    spell = (
        key,
        arrival.person,
        values["agency"],
        values["from_"],
        until,
        values["precision"],
        values.get("to_precision") or "day",
        True,
    )
    kind = values.get("kind") or ""
    said = _said(arrival)
    if kind:
        more = (kind, values.get("helps", True), said.get("result", ""))
        texts = (values.get("result_words") or "", said.get("learnt", ""), said.get("source", ""))
        writing.measures.append((*spell, *more, *texts))
    else:
        writing.periods.append((*spell, ""))
    row = Stored(key, values["agency"], kind, values["from_"], until, said)
    if arrival.person:
        writing.there.setdefault(arrival.person, []).append(row)


def _meet(arrival: Arrival, writing: _Writing) -> None:
    """The row it is about, with its gaps filled if there is something to fill."""
    values = arrival.row.values
    same = _same(arrival, writing)
    if same is None:
        arrival.wait()
        return
    arrival.period = same.key
    if arrival.row.outcome == UNCHANGED:
        return
    gaps = {name: text for name, text in _said(arrival).items() if name not in same.said}
    closes = same.until is None and values.get("to") is not None
    arrival.before = dict.fromkeys(gaps, "") | ({"until": None} if closes else {})
    if closes:
        same.until = values["to"] + _DAY
    same.said |= gaps
    precision = values.get("to_precision") if closes else None
    if same.kind:
        texts = [same.said.get(name, "") for name in _ADDED]
        words = values.get("result_words") or ""
        writing.filled.append((same.until, precision, texts[0], words, *texts[1:], same.key))
    elif closes:
        writing.ended.append((same.until, precision, same.key))


def _said(arrival: Arrival) -> dict[str, str]:
    """Of a measure; an enrolment alone has nothing to say."""
    values = arrival.row.values
    return {n: values[n] for n in _ADDED if values.get(n)} if values.get("kind") else {}


def _same(arrival: Arrival, writing: _Writing) -> Stored | None:
    """Of those alike, the one that says most of what the row says."""
    values = arrival.row.values
    mark = (values["agency"], plain(values.get("kind") or ""), values["from_"])
    every = writing.there.get(arrival.person, []) if arrival.person else []
    like = [row for row in every if (row.agency, plain(row.kind), row.since) == mark]
    said = _said(arrival)
    return max(
        like,
        key=lambda row: (row.last == values.get("to"), len(said.items() & row.said.items())),
        default=None,
    )


_SPELL = (
    "id", "person_id", "agency", "since", "until", "since_precision", "until_precision", "imported",
)  # fmt: skip


def _write(writing: _Writing) -> None:
    if writing.measures:
        more = ("kind", "helps", "result", "result_words", "learnt", "source")
        copy_rows(EarlierIntervention, (*_SPELL, *more), writing.measures)
    if writing.periods:
        copy_rows(AgencyPeriod, (*_SPELL, "what"), writing.periods)
    change_rows(_FILL, writing.filled)
    change_rows(_END, writing.ended)
