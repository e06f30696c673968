"""A case file as facts: read strictly, and every fault said in one sentence naming its place."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from stegvis.core.programme.model import LadderKind, Programme
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.kinds import EVERY, KINDS, LONG, Field
from stegvis.core.values.periods import Week

_CODE = re.compile(r"\S{1,64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_LONGEST = 4000


class CaseError(ValueError):
    """The case cannot be judged; the message is one sentence for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Case:
    programme: str | None
    version: int | None
    facts: tuple[Fact, ...]


def read(data: object) -> Case:
    """The case of parsed JSON. CaseError names the number of the fact (from 0) and the field."""
    if not isinstance(data, Mapping):
        raise CaseError('a case is an object {"schema": 1, "facts": [...]}')
    unknown = sorted(str(name) for name in set(data) - {"schema", "programme", "version", "facts"})
    if unknown:
        raise CaseError(f"a case has no field {unknown[0]!r}")
    if data.get("schema") != 1 or isinstance(data.get("schema"), bool):
        raise CaseError('field "schema" must be 1')
    programme, version = data.get("programme"), data.get("version")
    if programme is not None and not isinstance(programme, str):
        raise CaseError('field "programme" must be a programme key')
    if version is not None and (not isinstance(version, int) or isinstance(version, bool)):
        raise CaseError('field "version" must be a whole number')
    facts = data.get("facts")
    if not isinstance(facts, list):
        raise CaseError('field "facts" must be a list of dated facts')
    return Case(programme, version, tuple(_fact(index, raw) for index, raw in enumerate(facts)))


def check(case: Case, programme: Programme) -> None:
    """That the case is about the programme, in this version, and that the programme has the
    steps, scales and criteria the facts name; else CaseError."""
    if case.programme not in {None, programme.key}:
        raise CaseError(f"the case is about {case.programme}, not {programme.key}")
    if case.version not in {None, programme.version}:
        wanted, here = case.version, programme.version
        raise CaseError(f"the case is about version {wanted} of {programme.key}; here is {here}")
    home = {
        step.code: ladder.code
        for ladder in programme.ladders
        if ladder.kind in {LadderKind.PHASE, LadderKind.ABILITY}
        for step in ladder.steps
    }
    for index, fact in enumerate(case.facts):
        if fact.kind == "step":
            _check_step(index, fact.values, home, programme.key)
        elif fact.kind == "scale_reading":
            _check_reading(index, fact.values, programme)
        elif fact.kind in _NAMED:
            field, what = _NAMED[fact.kind]
            if fact.values[field] not in _codes(programme, fact):
                problem = f"{programme.key} has no {what} {fact.values[field]!r}"
                raise _fault(index, field, problem)


_NAMED: Mapping[str, tuple[str, str]] = {
    "judgement": ("criterion", "criterion"),
    "screening": ("group", "category"),
    "category": ("code", "category"),
    "exception": ("code", "exception"),
}


def _codes(programme: Programme, fact: Fact) -> Container[str]:
    """The codes the programme has of what the fact names."""
    if fact.kind == "judgement":
        return programme.criteria.keys()
    if fact.kind == "exception":
        rule = programme.transitions.drop_out
        return rule.exceptions.keys() if rule else ()
    wanted = fact.values.get("set")
    sets = [one for one in programme.category_sets if wanted in {None, one.code}]
    return {category.code for one in sets for category in one.categories}


def _check_step(index: int, values: Mapping[str, Any], home: Mapping[str, str], key: str) -> None:
    step, ladder = values["step"], values.get("ladder")
    if step not in home:
        raise _fault(index, "step", f"{key} has no step {step!r}")
    if ladder not in {None, home[step]}:
        raise _fault(index, "ladder", f"step {step!r} is on {home[step]!r}, not on {ladder!r}")


def _check_reading(index: int, values: Mapping[str, Any], programme: Programme) -> None:
    ladder, level = values["ladder"], values["level"]
    scales = {one.code: len(one.steps) for one in programme.ladders if one.kind == "scale"}
    if ladder not in scales:
        raise _fault(index, "ladder", f"{programme.key} has no scale {ladder!r}")
    if not 1 <= level <= scales[ladder]:
        raise _fault(index, "level", f"a level is 1 to {scales[ladder]}, not {level}")


def to_json(case: Case) -> dict[str, Any]:
    """The case as it is written to a file; `read` of it gives the same case."""
    head = {"schema": 1, "programme": case.programme, "version": case.version}
    facts = [dict(_written(fact)) for fact in case.facts]
    return {**{name: value for name, value in head.items() if value is not None}, "facts": facts}


def _written(fact: Fact) -> Iterator[tuple[str, Any]]:
    yield "on", fact.on.isoformat()
    yield "kind", fact.kind
    if fact.until is not None:
        yield "until", fact.until.isoformat()
    for name, value in fact.values.items():
        if isinstance(value, date):
            yield name, value.isoformat()
        else:
            yield name, list(value) if isinstance(value, tuple) else value


def _fact(index: int, raw: object) -> Fact:
    if not isinstance(raw, Mapping):
        raise CaseError(f"fact {index}: a fact is an object with the fields on and kind")
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise _fault(index, "kind", f"{kind!r} is no kind of fact; see ./run format case")
    on = _day(index, "on", raw.get("on"))
    fields = {**KINDS[kind], **EVERY}
    values: dict[str, Any] = {}
    for name, value in raw.items():
        if name in {"on", "kind"} or (name == "until" and kind in LONG):
            continue
        if name not in fields:
            raise _fault(index, str(name), f"a fact of kind {kind} has no such field")
        values[name] = _value(index, name, fields[name], value)
    for name, field in fields.items():
        if field.required and values.get(name) is None:
            raise _fault(index, name, f"a fact of kind {kind} needs it")
    return Fact(on, kind, values, _until(index, raw, on))


def _until(index: int, raw: Mapping[str, Any], on: date) -> date | None:
    if raw.get("until") is None:
        return None
    until = _day(index, "until", raw["until"])
    if until < on:
        raise _fault(index, "until", f"{until} lies before the beginning, {on}")
    return until


def _value(index: int, name: str, field: Field, value: Any) -> Any:
    if value is None and field.of in {"number", "whole", "yes_no"}:
        return None
    problem = _problem(field, value)
    if problem:
        raise _fault(index, name, f"{problem}, not {_short(value)}")
    if field.of == "date":
        return _day(index, name, value)
    return tuple(value) if isinstance(value, list) else value


def _problem(field: Field, value: Any) -> str:
    """What the field should have held, or nothing."""
    if field.one_of:
        return "" if value in field.one_of else f"it must be one of {', '.join(field.one_of)}"
    wanted, is_right = _RIGHT[field.of]
    return "" if is_right(value) else f"it must be {wanted}"


def _is_code(value: Any) -> bool:
    return isinstance(value, str) and bool(_CODE.fullmatch(value))


def _is_week(value: Any) -> bool:
    try:
        return isinstance(value, str) and str(Week.parse(value)) == value
    except ValueError:
        return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9  # noqa: PLR2004


_RIGHT: Mapping[str, tuple[str, Any]] = {
    "code": ("a code without spaces", _is_code),
    "text": ("a text", lambda value: isinstance(value, str) and len(value) <= _LONGEST),
    "codes": ("a list of codes", lambda v: isinstance(v, list) and all(map(_is_code, v))),
    "date": ("a date such as 2026-03-02", lambda value: isinstance(value, str)),
    "month": (
        "a month such as 2026-03",
        lambda value: isinstance(value, str) and bool(_MONTH.fullmatch(value)),
    ),
    "week": ("an ISO week such as 2026-W53", _is_week),
    "number": ("a number, 0 or more", _is_number),
    "whole": (
        "a whole number, 0 or more",
        lambda value: isinstance(value, int) and _is_number(value),
    ),
    "yes_no": ("true, false or null", lambda value: isinstance(value, bool)),
}


def _day(index: int, name: str, value: Any) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _fault(index, name, f"it must be a date such as 2026-03-02, not {_short(value)}")


def _short(value: Any) -> str:
    said = repr(value)
    return said if len(said) <= 40 else f"{said[:39]}…"  # noqa: PLR2004


def _fault(index: int, name: str, problem: str) -> CaseError:
    return CaseError(f"fact {index}, field {name!r}: {problem}")
