"""Days off as the core wants them: the country's holidays, the municipality's closing days, leave.

The library's holidays are the law's; which eves are free besides is ours (they are what municipal
agreements give) and a municipality adds what differs as closing days.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import connection

from stegvis.core.progression.days_off import DaysOff
from stegvis.core.values.periods import Period

BACK, AHEAD = 1, 2
"""Whole years round the present one that are known; what lies further off is not moved."""
KINDS = {"SE": ("public", "de_facto"), "DK": ("public",)}
EVES = {"SE": (), "DK": ((6, 5), (12, 24), (12, 31))}  # Sweden's are among the library's de facto
LONGEST = dt.timedelta(days=366)


@cache
def free_days(country: str, year: int) -> frozenset[dt.date]:
    """Public holidays of a year, and the eves on which offices are shut."""
    import holidays

    found = holidays.country_holidays(country, years=year, categories=KINDS[country])
    return frozenset(found) | {dt.date(year, month, day) for month, day in EVES[country]}


@dataclass(slots=True)
class Calendar:
    """One municipality's days off. `of` gives those that matter to one member in one unit."""

    closed: frozenset[dt.date]
    units: dict[uuid.UUID, frozenset[dt.date]] = field(default_factory=dict)
    leaves: dict[uuid.UUID, tuple[Period, ...]] = field(default_factory=dict)
    _made: dict[tuple[uuid.UUID | None, uuid.UUID | None], DaysOff] = field(default_factory=dict)

    def of(self, member: uuid.UUID | None, unit: uuid.UUID | None) -> DaysOff:
        known = self._made.get((member, unit))
        if known is None:
            closed = self.closed | (self.units.get(unit, frozenset()) if unit else frozenset())
            away = self.leaves.get(member, ()) if member else ()
            known = self._made[member, unit] = DaysOff(closed, away, weekends=True)
        return known


def calendar(
    country: str, on: dt.date, *, members: Collection[uuid.UUID | None] | None = None
) -> Calendar:
    """The days off round a day; the leave of those named, or of all. One query."""
    years = range(on.year - BACK, on.year + AHEAD + 1)
    made = Calendar(frozenset[dt.date]().union(*(free_days(country, year) for year in years)))
    here: set[dt.date] = set()
    units: dict[uuid.UUID, set[dt.date]] = {}
    for unit, member, since, until in _ranges(on, members):
        if member:
            made.leaves[member] = (*made.leaves.get(member, ()), Period(since, until))
            continue
        days = units.setdefault(unit, set()) if unit else here
        days |= {since + dt.timedelta(n) for n in range((until - since).days)}
    made.closed |= here
    made.units = {unit: frozenset(days) for unit, days in units.items()}
    return made


_RANGES = """
select unit_id, null::uuid, since, until from tenancy_closeddays
 where until > %(back)s and since <= %(ahead)s
union all
select null::uuid, member_id, since, until from accounts_leave
 where until > %(back)s and since <= %(ahead)s
   and (%(members)s::uuid[] is null or member_id = any(%(members)s::uuid[]))
"""


def _ranges(on: dt.date, members: Collection[uuid.UUID | None] | None) -> list[Any]:
    """Closed days and leave near the day: unit, member, since, until; by their days."""
    named = None if members is None else [one for one in members if one]
    values = {"back": on - LONGEST, "ahead": on + 2 * LONGEST, "members": named}
    with connection.cursor() as cursor:
        cursor.execute(_RANGES, values)
        return sorted(cursor.fetchall(), key=lambda row: row[2:])
