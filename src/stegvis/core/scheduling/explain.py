"""What could not be met and why, and which rules leave no plan at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stegvis.core.scheduling.instance import Instance, Person, Plan, allowed, free, support
from stegvis.core.scheduling.model import Model, Row
from stegvis.core.scheduling.wording import half_day
from stegvis.core.values.sentences import Sentence

NAMED = 3  # rules in one sentence: more is not read


@dataclass(frozen=True, slots=True)
class Unmet:
    """Someone with fewer half days than they should have."""

    person: str
    planned: int
    target: int
    because: Sentence


def unmet(week: Instance, plan: Plan) -> tuple[Unmet, ...]:
    use = _Use(week, plan)
    found = []
    for person in week.people.values():
        planned = len(plan.get(person.id, {}))
        if planned < person.target:
            because = _why(week, use, person, plan)
            found.append(Unmet(person.id, planned, person.target, because))
    return tuple(found)


def _why(week: Instance, use: _Use, person: Person, plan: Plan) -> Sentence:
    can = [
        slot
        for slot in week.slots
        if any(allowed(person, area, slot) and area.places for area in week.areas.values())
    ]
    if len(can) < person.target and len(can) == len(plan.get(person.id, {})):
        return Sentence("few_half_days", {"n": len(can), "wanted": person.target})
    taken = plan.get(person.id, {})
    tight: Counter[tuple[str, str]] = Counter()
    for slot in week.slots:
        if slot in taken or not free(person, slot):
            continue
        for area in week.areas.values():
            if allowed(person, area, slot):
                tight.update(use.tight(person, area.id, slot))
    if not tight:
        return Sentence("no_better_found")
    rules = [_short(*one) for one, _ in sorted(tight.items(), key=lambda x: (-x[1], x[0]))]
    return Sentence("full", {"rules": rules[:NAMED]})


def _short(rule: str, name: str) -> Sentence:
    values = {"short_support": {"team": name}, "short_apart": {}}.get(rule, {"area": name})
    return Sentence(rule, values)


class _Use:
    """What a plan uses of places, hours and support."""

    def __init__(self, week: Instance, plan: Plan) -> None:
        self.week = week
        self.heads: Counter[tuple[str, str]] = Counter()
        self.hours: Counter[str] = Counter()
        self.load: Counter[tuple[str, str]] = Counter()
        self.there = set(week.held)
        self.there |= {(who, name, slot) for who, at in plan.items() for slot, name in at.items()}
        for who, name, slot in self.there:
            area = week.areas[name]
            self.heads[name, slot] += 1
            self.hours[name] += 1
            self.load[area.team, slot] += support(week.people[who], area)

    def tight(self, person: Person, name: str, slot: str) -> Iterator[tuple[str, str]]:
        """The rules against one more half day of the person there."""
        area = self.week.areas[name]
        if self.heads[name, slot] >= area.places:
            yield "short_places", name
        if area.half_days is not None and self.hours[name] >= area.half_days:
            yield "short_hours", name
        load = self.load[area.team, slot] + support(person, area)
        if load > self.week.capacity(area.team, slot):
            yield "short_support", area.team
        for pair in self.week.apart:
            others = [one for one in pair if one != person.id]
            if len(others) == 1 and (others[0], name, slot) in self.there:
                yield "short_apart", ""


def blocking(week: Instance, made: Model, *, seconds: float, seed: int) -> tuple[Sentence, ...]:
    """Rules that together leave no plan; none of them could be spared, where time allows to
    show that. Assumptions of CP-SAT give a first set, which is then thinned row by row."""
    hopeless = [row for row in made.rows if row.least > sum(row.terms.values())]
    if hopeless:
        return tuple(_named(row) for row in hopeless)
    core = _core(made, list(made.rows), seconds=seconds / 2, seed=seed)
    for row in list(core):
        rest = [one for one in core if one is not row]
        thinner = _core(made, rest, seconds=seconds / 2 / len(core), seed=seed)
        if thinner:
            core = [one for one in core if one in thinner]
    # That nobody is in two places is known to everyone; it stays in the set, and out of the words.
    return tuple(_named(row) for row in core if row.rule != "one_area")


def _core(made: Model, rows: Sequence[Row], *, seconds: float, seed: int) -> list[Row]:
    """Rows among these that cannot all be kept; [] when they can, or when time ran out."""
    from ortools.sat.python import cp_model

    built = cp_model.CpModel()
    x: list[Any] = [built.new_bool_var("") for _ in made.keys]
    kept: list[Any] = [built.new_bool_var("") for _ in rows]
    for row, holds in zip(rows, kept, strict=True):
        terms = cp_model.LinearExpr.weighted_sum(
            [x[column] for column in row.terms], list(row.terms.values())
        )
        built.add_linear_constraint(terms, row.least, row.most).only_enforce_if(holds)
    built.add_assumptions(kept)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.05, seconds)
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = 1
    if solver.solve(built) != cp_model.INFEASIBLE:
        return []
    found = set(solver.sufficient_assumptions_for_infeasibility())
    return [row for row, holds in zip(rows, kept, strict=True) if holds.index in found]


def _named(row: Row) -> Sentence:
    values = {**row.values, "m": len(row.terms)}
    if "slot" in values:
        values["slot"] = half_day(values["slot"])
    return Sentence(row.rule, values)
