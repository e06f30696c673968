"""What a municipality will hold: rows by model, made from chance that is handed in."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from dataclasses import dataclass, field
from typing import Any

type Row = dict[str, Any]

_HOLIDAYS = {(1, 1), (1, 6), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}
_SATURDAY = 5


@dataclass(slots=True)
class Plan:
    """`rows` hold column names and plain values by model label; keys are of version 7, so that they
    sort as the rows came into being. The same chance gives the same plan."""

    country: str
    today: dt.date
    rng: random.Random
    rows: dict[str, list[Row]] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)

    def add(self, model: str, on: dt.date, /, **values: Any) -> Row:
        moment = self.moment(on)
        row = {"id": self.key(moment), "created_at": moment, **values}
        self.rows.setdefault(model, []).append(row)
        return row

    def moment(self, on: dt.date) -> dt.datetime:
        """Some time in the office hours of a day."""
        second = self.rng.randrange(7 * 3600, 15 * 3600)
        return dt.datetime.combine(on, dt.time(), dt.UTC) + dt.timedelta(seconds=second)

    def key(self, at: dt.datetime) -> uuid.UUID:
        milliseconds = int(at.timestamp() * 1000)
        high, low = self.rng.getrandbits(12), self.rng.getrandbits(62)
        return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)

    def of(self, model: str) -> list[Row]:
        return self.rows.get(model, [])

    def some(self, chance: float) -> bool:
        return self.rng.random() < chance


def days(count: float) -> dt.timedelta:
    return dt.timedelta(days=int(count))


def working_day(day: dt.date) -> dt.date:
    """The day itself, or the next one on which an office is open."""
    while day.weekday() >= _SATURDAY or (day.month, day.day) in _HOLIDAYS:
        day += dt.timedelta(days=1)
    return day
