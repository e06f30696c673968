"""A register in memory, and the steps of a programme, for reading files without a database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from stegvis.core.programme.load import load
from stegvis.core.values.identity import check_digit_holds
from stegvis.integrations.imports.reading.judging import Situation, read_file
from stegvis.integrations.imports.reading.kinds.attendance import stored_days
from stegvis.integrations.imports.reading.kinds.citizens_dk import hours_of
from stegvis.integrations.imports.reading.kinds.ordinary_hours import line_of, voucher
from stegvis.integrations.imports.reading.kinds.workplaces import (
    OF_COMPANY,
    Part,
    contact_of,
    part_of,
    task_key,
)
from stegvis.integrations.imports.reading.mapping import Mapping as Decided
from stegvis.integrations.imports.reading.register import (
    KnownCompany,
    KnownEnrolment,
    KnownPeriod,
    KnownPerson,
    KnownReferral,
    KnownSlip,
    KnownStretch,
    OrderKey,
    OrderRow,
)
from stegvis.integrations.imports.reading.results import CREATED, UPDATED, Reading, Row
from stegvis.integrations.imports.reading.values.names import name_key
from stegvis.integrations.imports.reading.values.steps import StepNames
from stegvis.integrations.imports.step_names import step_names

FILES = Path(__file__).parents[2] / "fixtures" / "imports"
TODAY = date(2026, 11, 16)
_OF_PERSON = ("phone", "email", "mother_tongue", "language_support", "language")
_OF_ENROLMENT = ("case_worker", "referrer", "scope", "income", "unit")


def _of_programme(key: str) -> StepNames:
    path = Path(__file__).parents[3] / "programmes" / key / "model.yaml"
    return step_names(load(path.read_text("utf-8"), file=path.name))


SWEDISH_STEPS = _of_programme("jobbtrappa")
DANISH_STEPS = _of_programme("flere_skal_med")


class Remembered:
    """Answers as the database would."""

    def __init__(self, workers: Collection[str] = ()) -> None:
        self.people: dict[str, KnownPerson] = {}
        self.referrals: dict[str, KnownReferral] = {}
        self.orders: dict[OrderKey, OrderRow] = {}
        self.lines: dict[str, list[KnownSlip]] = {}
        self.firms: dict[str, KnownCompany] = {}
        self.prepared: list[tuple[int, int, int]] = []
        self._workers = workers

    def prepare(
        self, *, ids: Collection[str], name_keys: Collection[str], numbers: Collection[str]
    ) -> None:
        self.prepared.append((len(ids), len(name_keys), len(numbers)))

    def person(self, national_id: str) -> KnownPerson | None:
        return self.people.get(national_id)

    def named(self, key: str) -> Sequence[KnownPerson]:
        return [each for each in self.people.values() if name_key(each.name) == key]

    def referral(self, number: str) -> KnownReferral | None:
        return self.referrals.get(number)

    def order_rows(self, numbers: Collection[str]) -> Mapping[OrderKey, OrderRow]:
        return {key: row for key, row in self.orders.items() if key[0] in numbers}

    def slips(self, numbers: Collection[str]) -> Mapping[str, Sequence[KnownSlip]]:
        return {number: lines for number, lines in self.lines.items() if number in numbers}

    def companies(self) -> Sequence[KnownCompany]:
        return list(self.firms.values())

    def case_workers(self) -> Collection[str]:
        return self._workers

    def signatures(self) -> Mapping[str, str]:
        return {}

    def store(self, reading: Reading) -> None:
        for row in reading.rows:
            if row.outcome in (CREATED, UPDATED):
                assert not row.protected
                self._store(reading.kind, row)

    def _store(self, kind: str, row: Row) -> None:
        values, national_id = row.values, row.identity
        if kind == "customer_orders":
            key = (values["order"], values["what"], values.get("object") or "", values["date"])
            said_of = (values["customer"], values["qty"], values["price"], values["status"])
            self.orders[key] = OrderRow(*said_of)
            return
        if kind == "workplaces":
            store_firm(self.firms, row)
            return
        name = values.get("name") or ""
        person = self.people.setdefault(national_id, KnownPerson(national_id, name))
        if kind == "participants":
            _fill(person.data, values, _OF_PERSON)
            person.said = dict(person.data)
            self._enrol(person, values)
        elif kind == "earlier_interventions":
            said = {n: values[n] for n in ("result", "learnt", "source") if values.get(n)}
            stretch = KnownStretch(
                values["agency"], values.get("kind") or "", values["from_"], values["to"],
                said if values.get("kind") else {},
            )  # fmt: skip
            person.stretches.append(stretch)
        elif kind == "citizens_dk":
            _admit(person, row)
        elif kind == "ordinary_hours":
            self.lines.setdefault(voucher(row), []).append(line_of(row)._replace(row=None))
        elif kind == "attendance":
            person.days.update(stored_days(row))
        elif kind == "step_history":
            person.periods.append(KnownPeriod(values["step"], values["from_"], values["last_day"]))
        else:
            number = values["number"]
            self.referrals[number] = KnownReferral(number, national_id, dict(values))

    def _enrol(self, person: KnownPerson, values: Mapping[str, Any]) -> None:
        start, end = values.get("enrolled_on"), values.get("ended_on")
        if start is None:
            return
        known = next((each for each in person.enrolments if each.start == start), None)
        if known is None:
            precision, step = values["enrolled_precision"], values["step"]
            known = KnownEnrolment(start, precision, end, step, said={})
            person.enrolments.append(known)
        elif end:
            known.end = end
        _fill(known.data, values, _OF_ENROLMENT)
        known.said = dict(known.data)


def _admit(person: KnownPerson, row: Row) -> None:
    values = row.values
    group = {"group": values["group"]} if values["group"] else {}
    if not person.enrolments:
        since = values["start"] or TODAY
        person.enrolments.append(KnownEnrolment(since, step=values["step"], data=group))
    person.hours.update(hours_of(row))


def store_firm(firms: dict[str, KnownCompany], row: Row) -> None:
    values = row.values
    firm = firms.setdefault(values["company"], KnownCompany(values["company"]))
    if part_of(row) is Part.COMPANY:
        firm.data |= {name: values[name] for name in OF_COMPANY if values.get(name) is not None}
        reach = {name: values[name] for name in ("phone", "email") if values.get(name)}
        firm.contacts[name_key(contact_of(values))] = reach
    elif part_of(row) is Part.TASK:
        firm.tasks.add(task_key(values))
    else:
        key = name_key(values["ambassador"])
        firm.modules.setdefault(key, {}).update(values["modules"])
        firm.gone |= {key: values["left"]} if values["left"] else {}
        firm.ambassador = firm.ambassador or values["fully_trained"]


def _fill(data: dict[str, Any], values: Mapping[str, Any], names: Sequence[str]) -> None:
    for key in names:
        if values.get(key) is not None:
            data.setdefault(key, values[key])


def read(
    data: bytes,
    filename: str,
    kind: str,
    *,
    register: Remembered | None = None,
    country: str = "SE",
    decided: dict[str, Any] | None = None,
) -> Reading:
    steps = DANISH_STEPS if country == "DK" else SWEDISH_STEPS
    situation = Situation(TODAY, country, steps, register or Remembered())
    mapping = Decided.of(decided) if decided is not None else None
    return read_file(data, filename, kind, situation, decided=mapping)


def row_of(reading: Reading, number: int, sheet: str | None = None) -> Row:
    found = [row for row in reading.rows if row.number == number and row.sheet == sheet]
    assert len(found) == 1
    return found[0]


def swedish(birth: str, serial: int) -> str:
    """An invented number, twelve digits, its check digit right. `birth` is YYYYMMDD."""
    nine = f"{birth[2:]}{serial:03d}"
    return birth[:2] + next(f"{nine}{d}" for d in range(10) if check_digit_holds(f"{nine}{d}"))
