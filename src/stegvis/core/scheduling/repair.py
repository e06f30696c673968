"""A published week after an absence, changed as little as can be: first the fewest other people
moved, then the fewest entries changed, then as many half days as the rules then leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from stegvis.core.scheduling import engines
from stegvis.core.scheduling.engines import Task
from stegvis.core.scheduling.explain import blocking
from stegvis.core.scheduling.instance import Instance, Plan
from stegvis.core.scheduling.model import Model, Row, bare
from stegvis.core.values.sentences import Sentence

type Absences = Mapping[str, frozenset[str]]
"""person or supervisor → the half days they are not there"""


@dataclass(frozen=True, slots=True)
class Repaired:
    """`plan` None: no plan keeps the rules (or none was found in time, when not `proven`).
    `moved`: others than the absent whose week is another; `proven`: fewer cannot be moved."""

    plan: Plan | None
    moved: tuple[str, ...]
    proven: bool
    seconds: float
    blocked_by: tuple[Sentence, ...] = ()


def repair(
    week: Instance,
    published: Plan,
    *,
    absent: Absences,
    seconds: float,
    seed: int,
    clock: Callable[[], float],
    bearing: bool = False,
) -> Repaired:
    """The published plan with `absent` away. Someone away all their half days has no week left,
    and the rule of one half day does not bind for them. `bearing`: what the published plan breaks
    already may stay so, and whoever must move has another half day before they have none."""
    begun = clock()
    now = without(week, absent)
    made = _loosened(bare(now), absent)
    if bearing:
        made = _borne(made, bare(week), published)
    kept = frozenset(made.columns(published))
    whole = not bearing or len(kept) == _entries(published, absent)
    if whole and engines.holds(made.rows, kept):
        return _told(made, kept, published, absent, proven=True, seconds=clock() - begun)
    names = [one for one in now.people if one not in absent]
    left = seconds - (clock() - begun)
    task = _least_change(made, kept, names, left, seed, fill=bearing)
    found = engines.cp_sat(task)
    if found.chosen is None:
        left = max(0.5, seconds - (clock() - begun))
        why = blocking(now, made, seconds=left, seed=seed) if found.proven else ()
        return Repaired(None, (), found.proven, clock() - begun, why)
    chosen = frozenset(column for column in found.chosen if column < len(made.keys))
    return _told(made, chosen, published, absent, proven=found.proven, seconds=clock() - begun)


def _entries(published: Plan, absent: Absences) -> int:
    none = frozenset[str]()
    return sum(s not in absent.get(who, none) for who, at in published.items() for s in at)


def _borne(made: Model, before: Model, published: Plan) -> Model:
    """Rules the published plan broke before anybody was away, as far as it broke them."""
    columns = before.columns(published)
    over: dict[object, int] = {}
    for row in before.rows:
        total = sum(weight for column, weight in row.terms.items() if column in columns)
        if total > row.most:
            over[_name(row)] = total
    rows = [replace(row, most=max(row.most, over.get(_name(row), row.most))) for row in made.rows]
    return replace(made, rows=tuple(rows))


def _name(row: Row) -> object:
    return row.rule, tuple(sorted((key, str(value)) for key, value in row.values.items()))


def without(week: Instance, absent: Absences) -> Instance:
    """The week with the absent away."""
    none = frozenset[str]()
    people = {
        one.id: replace(one, available=one.available - absent.get(one.id, none))
        for one in week.people.values()
    }
    led = tuple(
        replace(one, absent=one.absent | absent.get(one.id, none)) for one in week.supervisors
    )
    return replace(week, people=people, supervisors=led)


def _loosened(made: Model, absent: Absences) -> Model:
    rows = [
        replace(row, least=0)
        if row.rule == "person_week" and row.values["person"] in absent
        else row
        for row in made.rows
    ]
    return replace(made, rows=tuple(rows))


def _least_change(
    made: Model,
    kept: frozenset[int],
    names: list[str],
    seconds: float,
    seed: int,
    *,
    fill: bool,
) -> Task:
    """One more column a person: whether they are moved. An entry of the absent costs as any.
    `fill`: as many half days as can be come before the fewest changes."""
    size = len(made.keys)
    moved = {name: size + number for number, name in enumerate(names)}
    rows, costs = list(made.rows), {}
    entry = 2 * size + 1
    one, other = (-entry - 1, 1 - entry) if fill else (-1 - entry, entry - 1)
    new: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for column, (who, _, slot) in enumerate(made.keys):
        costs[column] = one if column in kept else other
        if who not in moved:
            continue
        if column in kept:
            rows.append(Row("kept", {}, {column: 1, moved[who]: 1}, least=1))
        else:
            new[who, slot][column] = 1
    rows += [Row("new", {}, {**new[at], moved[at[0]]: -1}, most=0) for at in new]
    person = 2 * entry * size + 1
    costs |= dict.fromkeys(moved.values(), person)
    return Task(size + len(names), rows, costs, seconds, seed, start=kept, known=True)


def _told(
    made: Model,
    chosen: frozenset[int],
    published: Plan,
    absent: Absences,
    *,
    proven: bool,
    seconds: float,
) -> Repaired:
    plan = made.plan(set(chosen))
    moved = sorted(
        name
        for name in {*plan, *published}
        if name not in absent and plan.get(name, {}) != published.get(name, {})
    )
    return Repaired(plan, tuple(moved), proven, seconds)
