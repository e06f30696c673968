"""Frozen values from a file that has been checked; nothing here looks for faults."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from stegvis.core.programme.model import (
    Cadence,
    Category,
    CategorySet,
    Criterion,
    Document,
    DropOut,
    Duty,
    Element,
    Entry,
    Ladder,
    LadderKind,
    Milestone,
    Outcome,
    Programme,
    Role,
    Setting,
    Step,
    Term,
    Test,
    Transitions,
    Vocabulary,
)

type Raw = Mapping[str, Any]


def programme(raw: Raw) -> Programme:
    duties = raw.get("duties", {})
    return Programme(
        key=raw["programme"],
        version=raw["version"],
        country=raw["country"],
        languages=tuple(raw["languages"]),
        names=raw["names"],
        source=raw["source"],
        target_group=raw["target_group"],
        aim=raw["aim"],
        requires_referral=raw.get("requires_referral", False),
        tracks=raw["tracks"],
        roles=tuple(_made(Role, code, row) for code, row in raw["roles"].items()),
        ladders=tuple(_ladder(row, duties) for row in raw["ladders"]),
        transitions=_transitions(raw["transitions"]),
        criteria={code: _criterion(code, row) for code, row in raw["criteria"].items()},
        elements=tuple(_element(row) for row in raw.get("elements", [])),
        cadences=tuple(Cadence(**_frozen(row)) for row in raw.get("cadences", [])),
        documents=tuple(_made(Document, c, row) for c, row in raw.get("documents", {}).items()),
        outcomes=tuple(Outcome(**_frozen(row)) for row in raw.get("outcomes", [])),
        milestones=tuple(Milestone(code, tuple(w)) for code, w in raw["milestones"].items()),
        category_sets=tuple(_category_set(row) for row in raw.get("category_sets", [])),
        settings={key: Setting(key, **row) for key, row in raw.get("settings", {}).items()},
        vocabularies={c: _vocabulary(c, row) for c, row in raw.get("vocabularies", {}).items()},
        unknown=tuple(raw.get("unknown", [])),
        ours=tuple(raw.get("ours", [])),
    )


def _ladder(raw: Raw, duties: Raw) -> Ladder:
    if "use" in raw:  # a place kept until the other programme's ladder is put in
        return Ladder(raw["code"], LadderKind.PHASE, {}, Entry.ANY, ())
    return Ladder(
        code=raw["code"],
        kind=LadderKind(raw["kind"]),
        texts=raw["texts"],
        entry=Entry(raw["entry"]),
        steps=tuple(_step(row, duties) for row in raw["steps"]),
        optional=raw.get("optional", False),
        primary=raw.get("primary", False),
        place=raw.get("place", ""),
    )


def _step(raw: Raw, duties: Raw) -> Step:
    row = _frozen(raw)
    row["duties"] = tuple(_duty(one, duties) for one in raw.get("duties", []))
    return Step(**row)


def _duty(raw: str | Raw, duties: Raw) -> Duty:
    here: Raw = {"code": raw} if isinstance(raw, str) else raw
    return Duty(**{**duties[here["code"]], **here})


def _criterion(code: str, raw: Raw) -> Criterion:
    row = _frozen(raw)
    return Criterion(code=code, **{**row, "test": Test(raw["test"])})


def _element(raw: Raw) -> Element:
    return Element(**{"step": None, "evidence": (), **_frozen(raw)})


def _transitions(raw: Raw) -> Transitions:
    drop_out = raw.get("drop_out")
    return Transitions(
        skip_up=raw["skip_up"],
        back=raw["back"],
        decided_by=tuple(raw["decided_by"]),
        drop_out=DropOut(**drop_out) if drop_out else None,
    )


def _category_set(raw: Raw) -> CategorySet:
    categories = tuple(Category(**_frozen(row)) for row in raw["categories"])
    return CategorySet(raw["code"], raw["texts"], categories)


def _vocabulary(code: str, raw: Raw) -> Vocabulary:
    row = _frozen(raw)
    row["terms"] = tuple(_term(term) for term in raw["terms"])
    return Vocabulary(code=code, **row)


def _term(raw: Raw) -> Term:
    days = {key: date.fromisoformat(raw[key]) for key in ("since", "until") if key in raw}
    return Term(**{**raw, **days})


def _made[T](kind: type[T], code: str, raw: Raw) -> T:
    return kind(**{"code": code, **_frozen(raw)})


def _frozen(raw: Raw) -> dict[str, Any]:
    """Lists as tuples, so that nothing of a published model can be added to."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
