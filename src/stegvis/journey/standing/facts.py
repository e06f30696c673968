"""One query's worth of rows into the core's dated facts, for one enrolment or for many.

Every row kind is one branch of one UNION, so a page asks once, however much is known of a person.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import connection

from stegvis.core.progression.facts import Fact
from stegvis.core.progression.kinds import KINDS

DATES = {
    kind: dated
    for kind, fields in KINDS.items()
    if (dated := tuple(name for name, field in fields.items() if field.of == "date"))
}
"""The fields of a kind that hold a day: JSON keeps them as text."""

# Column order of every branch: enrolment, day, kind, until, values. The role of whoever judged is
# not looked up: a fact says what is known, the journal says by whom.
_FACTS = """
select e.id, r.received_on, 'referral', null::date,
       jsonb_strip_nulls(jsonb_build_object(
       'state', r.state, 'referrer', r.referrer_kind, 'scheme', s.code))
  from intake_enrolment e join intake_referral r on r.id = e.referral_id
  left join programmes_scheme s on s.id = r.scheme_id
 where e.id = any(%(keys)s)
union all
select e.id, e.since, 'enrolment', null,
       jsonb_strip_nulls(jsonb_build_object('agency', e.agency, 'track', nullif(u.track, ''),
       'imported', nullif(e.imported, false)))
  from intake_enrolment e join tenancy_unit u on u.id = e.unit_id where e.id = any(%(keys)s)
union all
select e.id, e.until, 'exit', null, jsonb_build_object('reason', e.exit_reason)
  from intake_enrolment e where e.id = any(%(keys)s) and e.until is not null
union all
select enrolment_id, since, 'step', until, jsonb_strip_nulls(jsonb_build_object(
       'ladder', ladder, 'step', step, 'attempt', attempt, 'imported', imported,
       'support', nullif(support, ''), 'purpose', nullif(purpose, '')))
  from standing_stepperiod where enrolment_id = any(%(keys)s) and voided_at is null
union all
select enrolment_id, since, 'pause', until, jsonb_build_object('reason', reason)
  from standing_pause where enrolment_id = any(%(keys)s)
union all
select enrolment_id, "on", case when category_set = 'screening_group' then 'screening'
       else 'category' end, null, case when category_set = 'screening_group'
       then jsonb_build_object('group', code, 'set', category_set)
       else jsonb_build_object('set', category_set, 'code', code) end
  from (select distinct on (enrolment_id, category_set, "on") enrolment_id, "on", category_set, code
          from standing_category where enrolment_id = any(%(keys)s)
         order by enrolment_id, category_set, "on", created_at desc, id desc) as the_days_last
union all
select enrolment_id, "on", 'scale_reading', null, jsonb_strip_nulls(jsonb_build_object(
       'ladder', ladder, 'level', ordinal, 'person_level', persons_own))
  from standing_scalereading where enrolment_id = any(%(keys)s)
union all
select enrolment_id, "on", 'income_source', null,
       jsonb_build_object('source', source, 'at', moment)
  from intake_income where enrolment_id = any(%(keys)s)
union all
select enrolment_id, "on", 'judgement', null,
       jsonb_build_object('criterion', criterion, 'met', met)
  from standing_judged where enrolment_id = any(%(keys)s)
union all
select enrolment_id, since, 'assignment', null,
       jsonb_build_object('role', part, 'state', 'assigned')
  from intake_assignment where enrolment_id = any(%(keys)s)
union all
select enrolment_id, until, 'assignment', null,
       jsonb_build_object('role', part, 'state', 'ended')
  from intake_assignment where enrolment_id = any(%(keys)s) and until is not null
union all
select enrolment_id, "on", kind, until, values
  from standing_datedfact where enrolment_id = any(%(keys)s) and not struck
"""


_ONE = "= %(key)s"
_MANY = "= any(%(keys)s)"

_TOLD = """
select enrolment, string_agg('["' || day || '","' || kind || '",'
       || coalesce('"' || until || '"', 'null') || ',' || said || ']', ',')
  from ({branches}) as facts(enrolment, day, kind, until, said) group by enrolment
"""


def told(enrolments: Iterable[uuid.UUID], *, also: str = "") -> dict[uuid.UUID, str]:
    """What is written down of each enrolment, as one text to be `read`: rows by the thousand cost
    more to fetch than to write together. One query. `also`: a branch of a room above, in the same
    columns, so that a page over many people asks once for all there is."""
    keys = list(enrolments)
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(*_asked(_TOLD.format(branches=_FACTS + also), keys))
        return dict.fromkeys(keys, "") | dict(cursor.fetchall())


def read(text: str) -> tuple[Fact, ...]:
    """The facts of a text that was `told`, in order."""
    day = dt.date.fromisoformat
    facts = [
        Fact(day(on), kind, _dated(kind, values), day(until) if until else None)
        for on, kind, until, values in json.loads(f"[{text}]")
    ]
    return tuple(sorted(facts, key=_order))


def cases(enrolments: Iterable[uuid.UUID], *, also: str = "") -> dict[uuid.UUID, tuple[Fact, ...]]:
    """The facts of each enrolment. One query; see `told`."""
    return {key: read(text) for key, text in told(enrolments, also=also).items()}


def _asked(branches: str, keys: list[uuid.UUID]) -> tuple[str, dict[str, Any]]:
    """Of one enrolment by equality: how many an array holds PostgreSQL cannot know, so it would
    plan all the branches anew each time, which takes longer than reading them."""
    if len(keys) == 1:
        return branches.replace(_MANY, _ONE), {"key": keys[0]}
    return branches, {"keys": keys}


def case(enrolment: uuid.UUID) -> tuple[Fact, ...]:
    return cases([enrolment])[enrolment]


def _dated(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    for name in DATES.get(kind, ()):
        if isinstance(values.get(name), str):
            values[name] = dt.date.fromisoformat(values[name])
    return values


def _order(fact: Fact) -> tuple[dt.date, str]:
    return fact.on, fact.kind
