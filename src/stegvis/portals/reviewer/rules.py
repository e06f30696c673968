"""Which reads are looked at: by rules decided beforehand, about reads and never about colleagues.

The picking runs as a job, because one rule compares family names; what leaves it is numbers of
events and codes of rules. Nothing of what was read is in the journal to begin with.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from stegvis.platform.tenancy.scope import current, scope

ZONE = "Europe/Stockholm"  # Copenhagen keeps the same clock
RULES = ("denied", "protected", "same_name", "many", "evening", "sample")
MANY, MINUTES = 25, 15
EVERY = 10  # of reads in the evening and at weekends
OF_256 = 5  # of all reads, by a byte of the event's hash: nobody can reckon it beforehand

# The window counts one-person pages of the same member in the minutes before and after, so that
# the first of a burst is picked as well as the last.
_PICKED = """
with shielded as materialized (
  select person from access_shield where lifted_on is null
), within as (
  select e.*, count(*) filter (where e.sort = 'read' and cardinality(e.persons) = 1)
    over (partition by e.member order by e.at
          range between %(span)s::interval preceding and %(span)s::interval following) as near,
    (e.at at time zone %(zone)s) as here
  from journal_event e
  where e.at >= %(since)s and e.at < %(until)s and e.member is not null
    and e.sort in ('read', 'write', 'denied') and cardinality(e.persons) > 0
    and e.what <> 'reads'
), marked as (
  select w.seq, array_remove(array[
    case when w.sort = 'denied' then 'denied' end,
    case when (w.sort = 'write' or w.sort = 'read' and cardinality(w.persons) = 1) and exists (
      select 1 from shielded s where s.person = any(w.persons)) then 'protected' end,
    case when w.sort = 'read' and cardinality(w.persons) = 1 and exists (
      select 1 from people_person p join accounts_member m on m.id = w.member
       where p.id = w.persons[1] and m.name ilike '%%_ ' || p.family_name
         and p.family_name <> '' and p.id not in (select s.person from shielded s))
      then 'same_name' end,
    case when w.sort = 'read' and cardinality(w.persons) = 1 and w.near > %(many)s
      then 'many' end,
    case when w.sort = 'read' and w.seq %% %(every)s = 0 and (
      extract(isodow from w.here) > 5 or extract(hour from w.here) < 6
      or extract(hour from w.here) >= 20) then 'evening' end,
    case when w.sort = 'read' and get_byte(w.hash, 0) < %(of_256)s then 'sample' end
  ], null) as rules
  from within w
)
"""
_COUNT = "select rules, count(*) from marked group by rules"
_LIST = """select seq, rules from marked
 where cardinality(rules) > 0 and (%(rule)s = '' or %(rule)s = any(rules))
   and (%(before)s::bigint is null or seq < %(before)s)
 order by seq desc limit %(limit)s"""

type Value = str | int | dt.datetime | None


@dataclass(frozen=True, slots=True)
class Span:
    """Whole local days, half-open."""

    since: dt.date
    until: dt.date

    @property
    def instants(self) -> tuple[dt.datetime, dt.datetime]:
        zone = ZoneInfo(ZONE)
        since, until = (
            dt.datetime.combine(day, dt.time(), zone) for day in (self.since, self.until)
        )
        return since, until


@dataclass(frozen=True, slots=True)
class Tally:
    """`looked_at`: events the rules went through; `picked`: those any rule picked."""

    looked_at: int
    picked: int
    by_rule: Counter[str]


def tally(span: Span) -> Tally:
    looked_at = found = 0
    by_rule: Counter[str] = Counter()
    for rules, number in _run(_COUNT, span):
        looked_at += number
        found += number if rules else 0
        by_rule.update(dict.fromkeys(rules, number))
    return Tally(looked_at, found, by_rule)


def picked(
    span: Span, *, rule: str = "", before: int | None = None, limit: int = 50
) -> dict[int, list[str]]:
    """Event numbers, newest first, with the rules that picked them."""
    return dict(_run(_LIST, span, rule=rule, before=before, limit=limit))


def _run(asked: str, span: Span, **more: Value) -> list[Any]:
    here = current()
    since, until = span.instants
    values: dict[str, Value] = {
        "since": since,
        "until": until,
        "zone": ZONE,
        "span": f"{MINUTES} minutes",
        "many": MANY,
        "every": EVERY,
        "of_256": OF_256,
        **more,
    }
    with scope(here.tenant, service="log_rules", on=here.on), connection.cursor() as cursor:
        cursor.execute(f"{_PICKED} {asked}", values)
        rows: list[Any] = cursor.fetchall()
    return rows
