"""What the register knows, as the reading asks for it: everybody of the municipality, protected
persons too (their rows go to the one who is responsible). One `prepare` per file, some queries."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, override

from django.db import connection

from stegvis.integrations.imports.reading.register import (
    KnownCompany,
    KnownDay,
    KnownEnrolment,
    KnownPeriod,
    KnownPerson,
    KnownReferral,
    KnownSlip,
    KnownStretch,
    OrderKey,
    OrderRow,
    Register,
)
from stegvis.integrations.imports.reading.values.names import name_key
from stegvis.integrations.imports.storing.citizens import groups_of, hours_listed
from stegvis.integrations.imports.storing.firms import known_companies
from stegvis.integrations.imports.storing.ordering import known_order_rows
from stegvis.integrations.imports.storing.paying import known_slips
from stegvis.integrations.imports.storing.years import stored_of
from stegvis.platform.access.sealing import mark, unseal
from stegvis.platform.accounts.models import Member
from stegvis.platform.tenancy.scope import current

_DAY = dt.timedelta(days=1)
_BY_MARK = "select i.mark, i.person_id from people_identity i where i.mark = any(%s)"
_PERSONS = """
select p.id, p.given_name, p.family_name, p.language, p.needs_interpreter,
       coalesce(c.phone, ''), coalesce(c.email, ''),
       exists (select 1 from access_shield s where s.tenant_id = p.tenant_id and s.person = p.id
                and s.lifted_on is null)
  from people_person p left join people_contact c
    on c.tenant_id = p.tenant_id and c.person_id = p.id
 where p.id = any(%s)"""
# Each table by itself, put together here: joined in one statement, and asked of a database whose
# rows nobody has counted yet, every enrolment was held against every income.
_ENROLMENTS = """
select e.id, e.person_id, e.since, e.until, e.exit_reason, e.agency, e.extent_percent,
       e.extent_hours, u.name,
       exists (select 1 from steps_stepdecision d
                where d.tenant_id = e.tenant_id and d.enrolment_id = e.id)
  from intake_enrolment e
  join tenancy_unit u on u.tenant_id = e.tenant_id and u.id = e.unit_id
 where e.person_id = any(%s) order by e.since, e.id"""
_INCOMES = """
select enrolment_id, source from intake_income where person_id = any(%s) and moment = 'entry'"""
_WORKERS = """
select distinct on (a.enrolment_id) a.enrolment_id, m.name
  from intake_assignment a
  join accounts_member m on m.tenant_id = a.tenant_id and m.id = a.member_id
 where a.person_id = any(%s) and a.part = 'case_worker'
 order by a.enrolment_id, a.until is null desc, a.since desc, a.id desc"""
_STEPS = """
select distinct on (enrolment_id) enrolment_id, ordinal
  from standing_stepperiod
 where person_id = any(%s) and voided_at is null and ladder = %s
 order by enrolment_id, until is null desc, since desc, id desc"""
_PERIODS = """
select p.id, p.person_id, p.ordinal, p.since, p.until, p.imported
  from standing_stepperiod p
 where p.person_id = any(%s) and p.voided_at is null and p.ladder = %s
 order by p.since, p.id"""
_ROWS = """
select r.person, f.kind, r.file_id, r.number, r.values, r.enrolment, r.period, r.referral
  from imports_importrow r join imports_importfile f
    on f.tenant_id = r.tenant_id and f.id = r.file_id
 where r.person = any(%s) and r.done and f.state <> 'undone'
 order by f.day, r.id"""
_REFERRALS = """
select r.id, r.person_id, r.number, r.received_on, r.referrer_kind, r.referrer_name, r.need,
       r.services_asked, r.answer_by, l.verb, l.uses
  from intake_referral r left join lateral (
    select l.verb, l.uses from intake_orderline l
     where l.tenant_id = r.tenant_id and l.referral_id = r.id order by l.id limit 1) l on true
 where r.person_id = any(%s) or r.number = any(%s)"""
_NAMES = "select id, given_name, family_name from people_person"
_SEALED = """
select person_id, sealed from people_identity
 where person_id = any(%s) order by until is null, since, id"""
_OF_PERSON = ("phone", "email", "mother_tongue", "language_support", "language")
_OF_ENROLMENT = ("case_worker", "referrer", "scope", "income", "unit")
_OF_STEP = ("step", "ended_on")
_DAYS = ("ended_on", "received", "answer_due")
_YEARS = "earlier_interventions"
_ATTENDANCE = "attendance"
_CITIZENS = "citizens_dk"
_DAYS_THERE = """
select a.person_id, a."on", a.status, a.minutes, a.reason, a.attended
  from attendance_attendance a
 where a.person_id = any(%s) and a.what = 'work' order by a.person_id, a."on", a.id"""


@dataclass(slots=True)
class Said:
    """What files have said of a person so far, the latest last."""

    person: dict[str, Any] | None = None
    enrolments: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)
    periods: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)
    named_steps: set[uuid.UUID] = field(default_factory=set)  # periods a list's step stands for
    referrals: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)
    rows: dict[uuid.UUID | None, int] = field(default_factory=dict)  # of this very file

    def hear(self, kind: str, row: Mapping[str, Any]) -> None:
        values = row["values"]
        for day in _DAYS:
            if values.get(day):
                values[day] = dt.date.fromisoformat(values[day])
        if kind == "participants":
            self.person = (self.person or {}) | _told(values, _OF_PERSON)
            if row["enrolment"]:
                before = self.enrolments.setdefault(row["enrolment"], {})
                names = (*_OF_ENROLMENT, *_OF_STEP, "enrolled_precision")
                before.update(_told(values, names))
            if row["period"]:
                self.named_steps.add(row["period"])
        elif kind == "step_history" and row["period"]:
            self.periods[row["period"]] = values
        elif kind == "referrals" and row["referral"]:
            self.referrals.setdefault(row["referral"], {}).update(values)


def _told(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if values.get(name) is not None}


class StoredRegister(Register):
    """The municipality that is open. `file`: when the storing of a file goes on, what it has
    already stored counts as its own rows, so that the rest is judged as the first time. `kind`: of
    the file, since only some ask for the years before."""

    def __init__(self, ladder: str, *, kind: str = "", file: uuid.UUID | None = None) -> None:
        self._ladder, self._kind, self._file = ladder, kind, file
        self._people: dict[str, KnownPerson] = {}
        self._by_key: dict[str, list[KnownPerson]] = {}
        self._referrals: dict[str, KnownReferral] = {}
        self._ids: dict[uuid.UUID, str] = {}

    @override
    def prepare(
        self, *, ids: Collection[str], name_keys: Collection[str], numbers: Collection[str]
    ) -> None:
        tenant = current().tenant
        marks = {mark(tenant, each): each for each in ids}
        keys = _keyed(_BY_MARK, [list(marks)]) if marks else []
        of_id = {person: marks[bytes(found)] for found, person in keys}
        named = self._names(name_keys)
        wanted = list({*of_id, *(key for keys in named.values() for key in keys)})
        lacking = [key for key in wanted if key not in of_id]
        if lacking:
            of_id |= {
                person: unseal(tenant, bytes(sealed))
                for person, sealed in _keyed(_SEALED, [lacking])
            }
        self._ids = of_id
        known = self._known(wanted, of_id)
        self._people = {each.national_id: each for each in known.values() if each.national_id}
        self._by_key = {
            name: [known[key] for key in keys if key in known] for name, keys in named.items()
        }
        self._know_referrals(wanted, numbers, of_id)

    @override
    def person(self, national_id: str) -> KnownPerson | None:
        return self._people.get(national_id)

    @override
    def named(self, key: str) -> Sequence[KnownPerson]:
        return self._by_key.get(key, ())

    @override
    def referral(self, number: str) -> KnownReferral | None:
        return self._referrals.get(number)

    @override
    def order_rows(self, numbers: Collection[str]) -> Mapping[OrderKey, OrderRow]:
        return known_order_rows(numbers)

    @override
    def slips(self, numbers: Collection[str]) -> Mapping[str, Sequence[KnownSlip]]:
        return known_slips(numbers, self._ids)

    @override
    def companies(self) -> Sequence[KnownCompany]:
        return known_companies()

    @override
    def case_workers(self) -> Collection[str]:
        working = Member.members.working(current().on)
        return list(working.order_by("name").values_list("name", flat=True))

    @override
    def signatures(self) -> Mapping[str, str]:
        working = Member.members.working(current().on).exclude(signature="")
        return dict(working.order_by("id").values_list("signature", "name"))

    def _names(self, wanted: Collection[str]) -> dict[str, list[uuid.UUID]]:
        """Persons by the keys of their names, for the few rows that have no number. A key sorts
        the parts of a name, which no index knows: the names are read through."""
        found: dict[str, list[uuid.UUID]] = {key: [] for key in wanted}
        if not wanted:
            return found
        for person, given, family in _keyed(_NAMES, []):
            key = name_key(f"{given} {family}")
            if key in found:
                found[key].append(person)
        return found

    def _known(
        self, persons: list[uuid.UUID], numbers: Mapping[uuid.UUID, str]
    ) -> dict[uuid.UUID, KnownPerson]:
        if not persons:
            return {}
        said = self._heard(persons)
        known = {}
        for key, given, family, language, interpreter, phone, email, shielded in _keyed(
            _PERSONS, [persons]
        ):
            told = said.get(key) or Said()
            data = {"phone": phone, "email": email, "language_support": interpreter or None}
            data |= dict.fromkeys(_languages(told), language)
            data = {name: value for name, value in data.items() if value}
            known[key] = KnownPerson(
                numbers.get(key, ""),
                f"{given} {family}".strip(),
                shielded,
                data,
                told.person,
                row=told.rows.get(None),
            )
        self._know_enrolments(known, said)
        self._know_periods(known, said)
        if self._kind == _YEARS:
            self._know_years(known, said)
        if self._kind == _CITIZENS:
            for person, hours in hours_listed(list(known)).items():
                known[person].hours = hours
        if self._kind == _ATTENDANCE:
            for person, on, *day in _keyed(_DAYS_THERE, [list(known)]):
                known[person].days[on] = KnownDay(*day)
        return known

    def _heard(self, persons: list[uuid.UUID]) -> dict[uuid.UUID, Said]:
        said: dict[uuid.UUID, Said] = {}
        for person, kind, file, number, raw, enrolment, period, referral in _keyed(
            _ROWS, [persons]
        ):
            told = said.setdefault(person, Said())
            values = json.loads(raw) if isinstance(raw, str) else raw  # as the driver is set
            row = {"values": values, "enrolment": enrolment, "period": period, "referral": referral}
            told.hear(kind, row)
            if file == self._file:
                told.rows.setdefault(None, number)
                for key in (enrolment, period, referral):
                    told.rows.setdefault(key, number)
        return said

    def _know_enrolments(
        self, known: Mapping[uuid.UUID, KnownPerson], said: Mapping[uuid.UUID, Said]
    ) -> None:
        groups = groups_of(list(known)) if self._kind == _CITIZENS else {}
        persons = list(known)
        incomes, workers = (dict(_keyed(asked, [persons])) for asked in (_INCOMES, _WORKERS))
        steps = dict(_keyed(_STEPS, [persons, self._ladder]))
        for row in _keyed(_ENROLMENTS, [persons]):
            key, person, since, until, reason, agency, percent, hours, unit, decided = row
            income, worker = incomes.get(key), workers.get(key)
            told = said.get(person) or Said()
            base = told.enrolments.get(key)
            data = {
                "referrer": agency,
                "unit": (base or {}).get("unit") or unit,
                "income": None if income in (None, "unknown") else income,
                "case_worker": worker or (base or {}).get("case_worker"),
                "scope": _scope(percent, hours),
                "group": groups.get(key),
            }
            known[person].enrolments.append(
                KnownEnrolment(
                    since,
                    (base or {}).get("enrolled_precision", "day"),
                    until - _DAY if until else None,
                    steps.get(key),
                    reason or None,
                    told.rows.get(key),
                    {name: value for name, value in data.items() if value is not None},
                    base,
                    decided,
                )
            )

    def _know_periods(
        self, known: Mapping[uuid.UUID, KnownPerson], said: Mapping[uuid.UUID, Said]
    ) -> None:
        """The step a participant list names is no period of its own: history lies behind it."""
        for key, person, ordinal, since, until, imported in _keyed(
            _PERIODS, [list(known), self._ladder]
        ):
            told = said.get(person) or Said()
            if key in told.named_steps:
                continue
            base = told.periods.get(key)
            last = until - _DAY if until else None
            if base and base.get("last_day") and until is not None:
                last = dt.date.fromisoformat(base["last_day"])
            known[person].periods.append(
                KnownPeriod(ordinal, since, last, decided=not imported, row=told.rows.get(key))
            )

    def _know_years(
        self, known: Mapping[uuid.UUID, KnownPerson], said: Mapping[uuid.UUID, Said]
    ) -> None:
        for person, rows in stored_of(known).items():
            told = said.get(person) or Said()
            known[person].stretches += [
                KnownStretch(
                    row.agency, row.kind, row.since, row.last, row.said, told.rows.get(row.key)
                )
                for row in rows
            ]

    def _know_referrals(
        self,
        persons: list[uuid.UUID],
        numbers: Collection[str],
        ids: Mapping[uuid.UUID, str],
    ) -> None:
        found = _keyed(_REFERRALS, [persons, list(numbers)]) if persons or numbers else []
        others = list({row[1] for row in found} - ids.keys())
        ids = dict(ids) | {
            person: unseal(current().tenant, bytes(sealed))
            for person, sealed in (_keyed(_SEALED, [others]) if others else [])
        }
        said = self._heard(list({row[1] for row in found})) if found else {}
        for key, person, number, received, kind, sender, need, services, due, verb, uses in found:
            told = said.get(person) or Said()
            values = {
                "received": received,
                "referrer": kind,
                "sender": sender or None,
                "why": need or None,
                "verb": verb,
                "service": (services or [None])[0],
                "use": (uses or [None])[0],
                "answer_due": due,
            }
            base = told.referrals.get(key)
            if base is not None and base.get("answer_due") is None:
                values["answer_due"] = None  # ours, counted from the day it came: a gap to fill
            referral = KnownReferral(number, ids.get(person, ""), values, told.rows.get(key), base)
            self._referrals[number] = referral
            self._referrals[f"{ids.get(person, '')}|{received}|{kind}"] = referral


def _languages(told: Said) -> tuple[str, ...]:
    """Under what name lists speak of the language; the register has one place for it."""
    base = told.person or {}
    return tuple(name for name in ("mother_tongue", "language") if name in base) or (
        "mother_tongue",
    )


def _scope(percent: int | None, hours: Any) -> dict[str, Any] | None:
    if percent is not None:
        return {"kind": "percent", "value": percent}
    if hours is None:
        return None
    value = float(hours)
    return {"kind": "hours_week", "value": int(value) if value.is_integer() else value}


def _keyed(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
