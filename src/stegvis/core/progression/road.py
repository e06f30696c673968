"""A person's road: stays per ladder, pauses, readings and categories, as known on a day.

Facts dated after the day are not looked at, and an end that lies after the day counts as open, so
what was judged yesterday can be judged again tomorrow with the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from stegvis.core.programme.model import Ladder, LadderKind, Programme, Step
from stegvis.core.progression.facts import Fact
from stegvis.core.values.periods import Period

STOOD_ON = (LadderKind.PHASE, LadderKind.ABILITY)
"""Ladders with stays; scales and categories have dated readings instead."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A time on one step, half-open; `until` None: still there. `since == until`: a step left on
    the day it was entered. `how`: enter, forward, skip, back or restart."""

    ladder: str
    step: str
    ordinal: int
    since: date
    until: date | None
    attempt: int
    how: str
    skipped: tuple[str, ...] = ()
    gap_days: int = 0  # days without a step before this one; only imported history may have them
    imported: bool = False
    cut: bool = False  # the next step began before this one was said to end
    support: str = ""
    purpose: str = ""
    ends: date | None = None

    def days(self, on: date) -> int:
        return ((self.until or on) - self.since).days


@dataclass(frozen=True, slots=True)
class Reading:
    on: date
    level: int
    by: str
    person_level: int | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """A dated classification: need category, screening group."""

    on: date
    code: str
    by: str


@dataclass(frozen=True, slots=True)
class Spell:
    """An earlier enrolment that has ended."""

    since: date
    until: date
    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class Road:
    on: date
    facts: tuple[Fact, ...]  # of the present enrolment, by day
    kinds: Mapping[str, tuple[Fact, ...]]
    referred: date | None
    enrolled: date | None
    exited: date | None
    track: str
    stays: Mapping[str, tuple[Stay, ...]]  # by ladder code, in order
    pauses: tuple[Period, ...]
    readings: Mapping[str, tuple[Reading, ...]]  # by scale ladder
    categories: Mapping[str, tuple[Filed, ...]]  # by category set
    earlier: tuple[Spell, ...] = ()
    scheme: str = ""  # under which the person was referred

    def of(self, kind: str) -> tuple[Fact, ...]:
        return self.kinds.get(kind, ())

    def current(self, ladder: str) -> Stay | None:
        """The open stay of a ladder; None before the first, in a gap and after the exit."""
        stays = self.stays.get(ladder)
        return stays[-1] if stays and stays[-1].until is None else None

    @property
    def paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].until is None

    @property
    def standing_on(self) -> frozenset[str]:
        """The codes of the steps the person stands on, over all ladders."""
        open_stays = (stays[-1] for stays in self.stays.values() if stays)
        return frozenset(stay.step for stay in open_stays if stay.until is None)


class UnknownStepError(ValueError):
    """A fact names a step the programme does not have."""


def history(programme: Programme, facts: Iterable[Fact], on: date) -> Road:
    """The road as it was known on `on`. UnknownStepError when a fact names a step of no ladder."""
    ordered = in_order(fact for fact in facts if fact.on <= on)
    spells = _spells(ordered)
    earlier = tuple(_ended(programme, spell, on) for spell in spells[:-1])
    return _road(programme, spells[-1], on, earlier)


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """By day, kind and, within one day, by content: the order they came in means nothing."""
    ordered = sorted(facts, key=_day_and_kind)
    twice = {_day_and_kind(a) for a, b in pairwise(ordered) if a.on == b.on and a.kind == b.kind}
    if not twice:
        return ordered
    return [
        fact
        for place, several in groupby(ordered, key=_day_and_kind)
        for fact in (sorted(several, key=_content) if place in twice else several)
    ]


def _day_and_kind(fact: Fact) -> tuple[date, str]:
    return fact.on, fact.kind


def _content(fact: Fact) -> tuple[bool, int, str, str]:
    zero = fact.until == fact.on
    values = str(sorted(fact.values.items(), key=str))
    return not zero, fact.values.get("nth") or 0, values, str(fact.until)


def _spells(ordered: list[Fact]) -> list[list[Fact]]:
    """Enrolments one after another: a new one begins with the first referral or enrolment after
    an exit; what lies between (the outcome check) belongs to the one that ended."""
    spells: list[list[Fact]] = [[]]
    exited: date | None = None
    for fact in ordered:
        if exited is not None and fact.on > exited and fact.kind in {"referral", "enrolment"}:
            spells.append([])
            exited = None
        if fact.kind == "exit" and exited is None:
            exited = fact.on
        spells[-1].append(fact)
    return spells


def _ended(programme: Programme, facts: list[Fact], on: date) -> Spell:
    road = _road(programme, facts, on, ())
    ended = road.exited
    assert ended is not None  # noqa: S101  a spell is only followed by another after its exit
    stays = tuple(stay for several in road.stays.values() for stay in several)
    return Spell(road.enrolled or facts[0].on, ended, stays)


def _road(programme: Programme, facts: list[Fact], on: date, earlier: tuple[Spell, ...]) -> Road:
    kinds: dict[str, list[Fact]] = {}
    for fact in facts:
        kinds.setdefault(fact.kind, []).append(fact)
    exited = kinds["exit"][0].on if "exit" in kinds else None
    stays = _stays(programme, kinds, on=on, exited=exited)
    enrolments = kinds.get("enrolment", [])
    begun = [several[0].since for several in stays.values() if several]
    return Road(
        on=on,
        facts=tuple(facts),
        kinds={kind: tuple(several) for kind, several in kinds.items()},
        referred=_referred(kinds.get("referral", [])),
        enrolled=enrolments[0].on if enrolments else min(begun, default=None),
        exited=exited,
        track=next((f.values["track"] for f in reversed(enrolments) if "track" in f.values), ""),
        stays=stays,
        pauses=_pauses(kinds.get("pause", []), on, exited),
        readings=_readings(kinds.get("scale_reading", [])),
        categories=_categories(programme, kinds),
        earlier=earlier,
        scheme=next(
            (
                f.values["scheme"]
                for f in reversed(kinds.get("referral", []))
                if "scheme" in f.values
            ),
            "",
        ),
    )


def _referred(referrals: list[Fact]) -> date | None:
    """The day the first referral came in; one only sent, returned or declined opens nothing."""
    came_in = ("received", "accepted", None)
    return next((fact.on for fact in referrals if fact.values.get("state") in came_in), None)


def _stays(
    programme: Programme, kinds: Mapping[str, list[Fact]], *, on: date, exited: date | None
) -> dict[str, tuple[Stay, ...]]:
    places = {
        step.code: (ladder, step)
        for ladder in programme.ladders
        if ladder.kind in STOOD_ON
        for step in ladder.steps
    }
    by_ladder: dict[str, list[tuple[Fact, Ladder, Step]]] = {}
    for fact in kinds.get("step", ()):
        if fact.values["step"] not in places:
            raise UnknownStepError(f"{programme.key} has no step {fact.values['step']!r}")
        ladder, step = places[fact.values["step"]]
        by_ladder.setdefault(ladder.code, []).append((fact, ladder, step))
    dropped = tuple(fact.on for fact in kinds.get("drop_out", ()))
    restart = programme.transitions.drop_out.restart_step if programme.transitions.drop_out else ""
    return {
        code: _in_a_row(sorted(rows, key=_within_the_day), on, exited, (dropped, restart))
        for code, rows in by_ladder.items()
    }


def _within_the_day(row: tuple[Fact, Ladder, Step]) -> tuple[Any, ...]:
    fact, _, step = row
    zero = fact.until == fact.on
    return (
        fact.on,
        not zero,
        fact.values.get("nth") or 0,
        fact.values.get("attempt") or 0,
        step.ordinal,
    )


def _in_a_row(
    rows: list[tuple[Fact, Ladder, Step]],
    on: date,
    exited: date | None,
    restart: tuple[tuple[date, ...], str],
) -> tuple[Stay, ...]:
    stays: list[Stay] = []
    for index, (fact, ladder, step) in enumerate(rows):
        next_on = rows[index + 1][0].on if index + 1 < len(rows) else None
        until, cut = _end(fact, next_on, exited)
        values = fact.values
        before = stays[-1] if stays else None
        gap = (fact.on - before.until).days if before and before.until else 0
        stays.append(
            Stay(
                ladder=ladder.code,
                step=step.code,
                ordinal=step.ordinal,
                since=fact.on,
                until=None if until is None or until > on else until,
                attempt=values.get("attempt") or 1 + sum(s.step == step.code for s in stays),
                how=_how(before, step, fact.on, restart),
                skipped=_skipped(before, step, ladder),
                gap_days=gap,
                imported=bool(values.get("imported")),
                cut=cut,
                support=values.get("support") or step.support,
                purpose=values.get("purpose") or "",
                ends=values.get("ends"),
            )
        )
    return tuple(stays)


def _end(fact: Fact, next_on: date | None, exited: date | None) -> tuple[date | None, bool]:
    """Where a stay ends, and whether that is before what was said."""
    ends = [day for day in (next_on, exited) if day is not None]
    first = max(fact.on, min(ends)) if ends else None
    if fact.until is None:
        return first, False
    if first is not None and first < fact.until:
        return first, True
    return fact.until, False


def _how(
    before: Stay | None, step: Step, since: date, restart: tuple[tuple[date, ...], str]
) -> str:
    if before is None:
        return "enter"
    dropped, restart_step = restart
    away = step.ordinal - before.ordinal
    fell_out = any(before.since <= day <= since for day in dropped)
    if away == 0 or (away < 0 and step.code == restart_step and fell_out):
        return "restart"
    if away < 0:
        return "back"
    return "forward" if away == 1 else "skip"


def _skipped(before: Stay | None, step: Step, ladder: Ladder) -> tuple[str, ...]:
    low = before.ordinal if before else 0
    return tuple(other.code for other in ladder.steps if low < other.ordinal < step.ordinal)


def _pauses(pauses: list[Fact], on: date, exited: date | None) -> tuple[Period, ...]:
    """Pauses that do not overlap, in order; an open one ends with the enrolment."""
    merged: list[Period] = []
    for fact in pauses:
        ends = [day for day in (fact.until, exited) if day is not None]
        until = max(fact.on, min(ends)) if ends else None
        period = Period(fact.on, None if until is None or until > on else until)
        last = merged[-1] if merged else None
        if last and (last.until is None or period.since <= last.until):
            is_open = last.until is None or period.until is None
            until = None if is_open else max(last.until or on, period.until or on)
            merged[-1] = Period(last.since, until)
        else:
            merged.append(period)
    return tuple(merged)


def _readings(facts: list[Fact]) -> dict[str, tuple[Reading, ...]]:
    found: dict[str, list[Reading]] = {}
    for fact in facts:
        values = fact.values
        reading = Reading(
            fact.on, values["level"], values.get("by", ""), values.get("person_level")
        )
        found.setdefault(values["ladder"], []).append(reading)
    return {ladder: tuple(readings) for ladder, readings in found.items()}


def _categories(
    programme: Programme, kinds: Mapping[str, list[Fact]]
) -> dict[str, tuple[Filed, ...]]:
    """Category facts, and screenings as the category they put the person in."""
    home = {cat.code: group.code for group in programme.category_sets for cat in group.categories}
    found: dict[str, list[Filed]] = {}
    for fact in (*kinds.get("category", ()), *kinds.get("screening", ())):
        code = str(fact.values.get("code") or fact.values.get("group"))
        where = fact.values.get("set") or home.get(code)
        if where:
            found.setdefault(where, []).append(Filed(fact.on, code, fact.values.get("by", "")))
    return {where: tuple(sorted(filed, key=lambda f: f.on)) for where, filed in found.items()}
