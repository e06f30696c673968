"""Companies, those trained there, and the tasks they offer: a list of each, on sheets of one
workbook or in files of their own. Nobody who takes part is in here.

A company's grade is worked out, never typed (INV-16): ambassador where somebody who has not left
has every module of the list, example where everybody employed is trained in the parts as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from stegvis.integrations.imports.reading.answers import Decision
from stegvis.integrations.imports.reading.codes import issue
from stegvis.integrations.imports.reading.kinds.firms import Firms, company_key
from stegvis.integrations.imports.reading.kinds.firms_cells import ASKED, MODULE, readers
from stegvis.integrations.imports.reading.kinds.kind import Kind
from stegvis.integrations.imports.reading.register import KnownCompany, Ledger
from stegvis.integrations.imports.reading.results import CREATED, HELD, UNCHANGED, UPDATED, Row
from stegvis.integrations.imports.reading.values.names import name_key

_CLOSE = 0.011  # a share is written with two decimals, or none of percent
OF_COMPANY = ("org_number", "branch", "employees", "trained_in_parts", "places")
REACH = ("phone", "email")
_FIGURES = frozenset(("employees", "trained_in_parts"))  # said on a day: a new one is no conflict
_LONGEST = {
    "company": 120, "contact": 120, "ambassador": 120, "branch": 40, "task": 120, "phone": 30,
}  # fmt: skip


class Part(StrEnum):
    """What a row is about, by the columns its sheet has."""

    COMPANY = "company"
    STAFF = "staff"
    TASK = "task"


def part_of(row: Row) -> Part:
    if "task" in row.columns:
        return Part.TASK
    return Part.STAFF if row.columns.keys() & {"ambassador", "module"} else Part.COMPANY


def _finish(row: Row) -> None:
    values = row.values
    values.pop("unit", None)  # the sheet's name is no unit here
    part, name = part_of(row), values.pop("name", None)
    if name:
        values.setdefault("contact" if part is Part.COMPANY else "ambassador", name)
    if not values.get("company") and not row.issues:
        row.say(row.column("company"), "company_missing")
    for field, longest in _LONGEST.items():
        if len(values.get(field) or "") > longest:
            row.say(row.column(field), "too_long")
    finish = {Part.COMPANY: _company, Part.STAFF: _staff, Part.TASK: _task}
    finish[part](row)


def _company(row: Row) -> None:
    values = row.values
    if "contact" in row.columns and not values.get("contact"):
        row.say(row.column("contact"), "contact_missing")
        values["contact"] = None
    employees, trained = values.get("employees"), values.get("trained_in_parts")
    share = values.pop("_share", None)
    if employees is None or trained is None:
        return
    if trained > employees:
        row.say(row.column("trained"), "more_trained_than_employed")
    elif share is not None and employees and abs(share - trained / employees) > _CLOSE:
        row.say(row.column("share"), "share_conflict")


def _staff(row: Row) -> None:
    """Of every module the list has, those that this person has, with the day if it is known."""
    values = row.values
    modules = {n.removeprefix(MODULE): on for n, on in values.items() if n.startswith(MODULE)}
    asked = {name.removeprefix(ASKED) for name in values if name.startswith(ASKED)}
    for name in [name for name in values if name.startswith((MODULE, ASKED))]:
        del values[name]
    values["modules"], values["_asked"] = modules, asked
    values.setdefault("left", None)
    if not values.get("ambassador"):
        row.say(row.column("ambassador"), "name_missing")


def _task(row: Row) -> None:
    if not row.values.get("task"):
        row.say(row.column("task"), "order_says_nothing")


def _judge(rows: Sequence[Row], ledger: Ledger) -> None:
    """Companies first, wherever they stand in the file: the others are about one of them."""
    firms = Firms(ledger.companies())
    parts = {part: [row for row in rows if part_of(row) is part] for part in Part}
    headers = _headers(parts[Part.STAFF])
    trained = _trained(parts[Part.STAFF], headers, ledger.today)
    for row in parts[Part.COMPANY]:
        _judge_company(row, firms)
        _say_grade(row, firms, trained)
    for row in parts[Part.STAFF]:
        _of_a_company(row, firms, _compare_staff)
    for row in parts[Part.TASK]:
        _of_a_company(row, firms, _compare_task)


def _headers(rows: Iterable[Row]) -> set[str]:
    """The modules of the list: whoever has all of them is fully trained."""
    return {name for row in rows for name in row.values.get("_asked", ())}


def _trained(rows: Iterable[Row], modules: set[str], today: date) -> set[str]:
    """Keys of companies with somebody who has every module and has not left."""
    found = set()
    for row in rows:
        if row.slipped or "modules" not in row.values:
            continue
        values = row.values
        left = values["left"]
        values["trained"] = bool(modules) and modules <= values["modules"].keys()
        values["fully_trained"] = values["trained"] and (left is None or left > today)
        if values["fully_trained"] and values.get("company"):
            found.add(company_key(values["company"]))
    return found


def _judge_company(row: Row, firms: Firms) -> None:
    values = row.values
    known = firms.of(row)
    if known is None and not row.held and not row.decided(Decision.APART):
        near = firms.near(values["company"], values.get("org_number"))
        if near is not None and row.decided(Decision.SAME):
            known = near
        elif near is not None:
            row.say(row.column("company"), "maybe_same_company")
    if known is not None and known.waits and not row.held:
        row.first = known.row
        row.say(row.column("company"), "dup_conflict")
    if row.held:
        row.outcome = HELD
        if known is None and values.get("company"):
            firms.wait(values["company"], row.number)
    elif known is None:
        row.outcome = CREATED
        number = values.get("org_number") or ""
        known = KnownCompany(values["company"], number, row.number)
        _add(row, known)
        firms.add(known)
    else:
        row.first = known.row
        _told(row, added=_add(row, known), in_file=known.row is not None)


def _add(row: Row, known: KnownCompany) -> bool:
    """What the row adds, which `takes` names: a gap is filled, what is there stays, and what a file
    said the last time is no news. How many work there is said on a day: a later list says it
    anew."""
    added = _add_contact(row, known)
    for name in OF_COMPANY:
        value, mine, base = row.values.get(name), known.data.get(name), known.said.get(name)
        if value is None or value in (mine, base):
            continue
        if mine is None or (name in _FIGURES and known.row is None):
            known.data[name] = row.takes[name] = value
            added = True
        else:
            row.say(row.column(_COLUMN.get(name, name)), "differs_from_earlier")
    return added


def contact_of(values: Mapping[str, Any]) -> str:
    """Whom a number or an address is of; where the list says nobody, the company itself."""
    reached = any(values.get(name) for name in REACH)
    name: str | None = values.get("contact") or (values["company"] if reached else None)
    return name or ""


def _add_contact(row: Row, known: KnownCompany) -> bool:
    """Somebody new beside those who are there; whoever is there keeps what they have."""
    name = contact_of(row.values)
    if not name:
        return False
    there, added = known.contacts.get(name_key(name)), False
    if there is None:
        if known.said.get("contact") == row.values.get("contact") and known.said:
            return False  # told before, and taken away here since
        there, added = known.contacts.setdefault(name_key(name), {}), True
    for each in REACH:
        value = row.values.get(each)
        if not value or value in (there.get(each), known.said.get(each)):
            continue
        if there.get(each):
            row.say(row.column(each), "differs_from_earlier")
        else:
            there[each], added = value, True
    if added:
        row.takes["contact"] = name
    return added


_COLUMN = {"trained_in_parts": "trained"}


def _told(row: Row, *, added: bool, in_file: bool) -> None:
    row.outcome = UPDATED if added else UNCHANGED
    told = ("dup_adds" if in_file else "adds_data") if added else "dup_same"
    row.issues.append(issue("", told))


def _say_grade(row: Row, firms: Firms, trained: set[str]) -> None:
    values = row.values
    typed = values.pop("_grade", None)
    values["grade"] = None
    if row.held or row.slipped:
        return
    known = firms.of(row)
    ambassador = company_key(values["company"]) in trained or bool(known and known.ambassador)
    employees = values.get("employees")
    whole = bool(employees) and values.get("trained_in_parts") == employees
    values["grade"] = ("example" if whole else "ambassador") if ambassador else "plain"
    if typed and typed != values["grade"]:
        row.say(row.column("grade"), "grade_typed_differs")


def _of_a_company(row: Row, firms: Firms, compare: Any) -> None:
    name = row.values.get("company")
    known = firms.meant(name) if name else None
    if known is None and name:
        row.say(row.column("company"), "company_not_found")
    elif known is not None and known.waits:
        row.say("", "company_held")
    if row.held or known is None:
        row.outcome = HELD
    else:
        compare(row, known)


def _compare_staff(row: Row, known: KnownCompany) -> None:
    """Somebody of the staff: what they have gone through since is added, a day that is there
    stays."""
    modules, left = row.values["modules"], row.values["left"]
    key = name_key(row.values["ambassador"])
    there = known.modules.get(key)
    if there is None:
        known.modules[key] = dict(modules)
        if left:
            known.gone[key] = left
        row.outcome = CREATED
        return
    new = {name: on for name, on in modules.items() if name not in there or not there[name]}
    new = {name: on for name, on in new.items() if name not in there or on}
    for name, on in modules.items():
        if on and there.get(name) and there[name] != on:
            row.say(name, "differs_from_earlier")
    gone = known.gone.get(key)
    if left and gone and gone != left:
        row.say(row.column("left"), "differs_from_earlier")
    there.update(new)
    if left and not gone:
        known.gone[key] = left
    _told(row, added=bool(new) or bool(left and not gone), in_file=False)


def task_key(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes two tasks of a company the same: the same work at other hours is another."""
    asks = tuple(sorted(values.get("requirements") or ()))
    return company_key(values["task"]), values.get("hours_week"), values.get("days"), asks


def _compare_task(row: Row, known: KnownCompany) -> None:
    key = task_key(row.values)
    if key in known.tasks:
        _told(row, added=False, in_file=False)
        return
    known.tasks.add(key)
    row.outcome = CREATED


WORKPLACES = Kind(
    "workplaces", readers, _judge, _finish, required=("company",),
    # The company twice: a row with its name alone is a company, no heading.
    keys=("company", "ambassador", "task", "contact", "company"),
)  # fmt: skip
