"""Milestones M0 to M12: when a road reached what makes roads of different programmes comparable.

Each is the first day one of its conditions held, with the reason; none is typed in, except those
that are decisions. The conditions are listed in core/programme/measures (WHENS).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from stegvis.core.programme.model import Criterion, Ladder, Programme, Test
from stegvis.core.progression.criteria import Judge
from stegvis.core.progression.events import patterns
from stegvis.core.progression.facts import Fact, Reason
from stegvis.core.progression.measures import CORRECTED_BY, READS, View
from stegvis.core.progression.moves import step_name
from stegvis.core.progression.road import Road, Stay


@dataclass(frozen=True, slots=True)
class Reached:
    code: str
    on: date
    because: Reason


def milestones(
    programme: Programme, road: Road, *, judge: Judge | None = None
) -> tuple[Reached, ...]:
    """Those reached, in the order of the model."""
    judge = judge or Judge(programme, road)
    found: dict[str, Reached] = {}
    for milestone in programme.milestones:
        days = [day for when in milestone.when if (day := _held(judge, when, found)) is not None]
        if days:
            on, reason = min(days, key=lambda day: day[0])
            found[milestone.code] = Reached(milestone.code, on, reason)
    return tuple(found.values())


type Held = tuple[date, Reason] | None


def _held(judge: Judge, when: Mapping[str, Any], found: Mapping[str, Reached]) -> Held:
    if "after" in when:
        before = found.get(when["after"])
        day = before.on + timedelta(days=when.get("days", 0)) if before else None
        if day is None or day > judge.road.on:
            return None
        return day, Reason("milestone_after", {"code": when["after"], "days": when.get("days", 0)})
    for name, read in _WHENS.items():
        if name in when:
            return read(judge, when)
    return None


def _first(judge: Judge, when: Mapping[str, Any]) -> Held:
    also = {name: value for name, value in when.items() if name != "first"}
    happened = View(judge.road).happened(when["first"], also)
    if not happened:
        return None
    return happened[0].on, Reason("milestone_fact", {"kind": happened[0].kind})


def _enters(judge: Judge, when: Mapping[str, Any]) -> Held:
    stays = _stays_on(judge, when["enters"])
    first = min(stays, key=lambda pair: pair[1].since, default=None)
    if first is None:
        return None
    return first[1].since, Reason("milestone_enters", {"step": _name(judge, *first)})


def _leaves(judge: Judge, when: Mapping[str, Any]) -> Held:
    left = [pair for pair in _stays_on(judge, when["leaves"]) if pair[1].until is not None]
    first = min(left, key=lambda pair: pair[1].until or date.max, default=None)
    if first is None or first[1].until is None:
        return None
    return first[1].until, Reason("milestone_leaves", {"step": _name(judge, *first)})


def _met(judge: Judge, when: Mapping[str, Any]) -> Held:
    """The first day of a fact on which all the criteria held, as known now: a row that has been
    corrected since is left out, so a milestone reached by mistake goes with the mistake."""
    codes = _listed(when["met"])
    criteria = [judge.programme.criteria[code] for code in codes]
    since = _judged_since(judge.road, criteria)
    if since is None:
        return None
    kinds = {kind for one in criteria for kind in _kinds(one)}
    facts = [fact for kind in sorted(kinds) for fact in _standing_rows(judge.road.of(kind), kind)]
    for day in sorted({fact.on for fact in facts if fact.on >= since}):
        then = Judge(judge.programme, _as_of(judge.road, facts, day))
        if all(then.finding(code).state == "met" for code in codes):
            return day, Reason("milestone_met", {"criteria": tuple(c.texts for c in criteria)})
    return None


def _judged_since(road: Road, criteria: list[Criterion]) -> date | None:
    """The day before which not all could have held: by then each that is judged had been judged
    met. None when one never was."""
    since = date.min
    for one in criteria:
        if one.test is not Test.AUTO:
            first = next((f.on for f in road.of("judgement") if _says_met(f, one.code)), None)
            if first is None:
                return None
            since = max(since, first)
    return since


def _says_met(fact: Fact, code: str) -> bool:
    return fact.values["criterion"] == code and fact.values.get("met") is True


def _kinds(criterion: Criterion) -> Iterator[str]:
    """The kinds of facts a criterion is read from."""
    if criterion.test is not Test.AUTO:
        yield "judgement"
        return
    yield from READS.get(criterion.measure, ())
    for name in ("fact", "starts"):
        if name in criterion.needs:
            yield from (kind for kind, _ in patterns(str(criterion.needs[name])))


def _standing_rows(facts: tuple[Fact, ...], kind: str) -> Iterable[Fact]:
    """The facts without those that a later row about the same thing has replaced."""
    if kind not in CORRECTED_BY:
        return facts
    names = CORRECTED_BY[kind]
    return {tuple(fact.values.get(name) for name in names): fact for fact in facts}.values()


def _decided(judge: Judge, when: Mapping[str, Any]) -> Held:
    words = _listed(when["decided"])
    for fact in judge.road.of("decision"):
        if fact.values["what"] in words:
            return fact.on, Reason("milestone_decided", {"by": fact.values.get("by", "")})
    return None


def _reaches(judge: Judge, when: Mapping[str, Any]) -> Held:
    for code in _listed(when["reaches"]):
        for ladder in judge.programme.ladders:
            step = next((step for step in ladder.steps if step.code == code), None)
            for reading in judge.road.readings.get(ladder.code, ()) if step else ():
                if step and reading.level >= step.ordinal:
                    return reading.on, Reason("milestone_reaches", {"level": reading.level})
    return None


_WHENS: Mapping[str, Callable[[Judge, Mapping[str, Any]], Held]] = {
    "first": _first,
    "enters": _enters,
    "leaves": _leaves,
    "met": _met,
    "decided": _decided,
    "reaches": _reaches,
}


def _as_of(road: Road, facts: Iterable[Fact], day: date) -> Road:
    """The road with only these facts, and of them those known on an earlier day."""
    kinds: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.on <= day:
            kinds.setdefault(fact.kind, []).append(fact)
    readings = {k: tuple(r for r in rs if r.on <= day) for k, rs in road.readings.items()}
    categories = {k: tuple(c for c in cs if c.on <= day) for k, cs in road.categories.items()}
    known = {kind: tuple(several) for kind, several in kinds.items()}
    return replace(road, on=day, kinds=known, readings=readings, categories=categories)


def _stays_on(judge: Judge, codes: object) -> list[tuple[Ladder, Stay]]:
    wanted = _listed(codes)
    return [
        (ladder, stay)
        for ladder in judge.programme.ladders
        for stay in judge.road.stays.get(ladder.code, ())
        if stay.step in wanted
    ]


def _name(judge: Judge, ladder: Ladder, stay: Stay) -> Mapping[str, str]:
    step = next(step for step in ladder.steps if step.code == stay.step)
    return step_name(judge.programme, step, judge.road.track)


def _listed(value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    return (str(value),)
