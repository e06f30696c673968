"""Who can have a half day at all, where there is too little for everybody.

In a file's week each must have one, and a week that cannot give it has no plan. A municipality's
week is planned all the same: as few as can be are left without, and told why.
"""

from __future__ import annotations

from dataclasses import replace

from stegvis.core.scheduling import engines
from stegvis.core.scheduling.engines import Task
from stegvis.core.scheduling.instance import Instance
from stegvis.core.scheduling.model import Row, model


def placing(week: Instance, *, seconds: float, seed: int) -> Instance:
    """The week in which those who cannot all have a half day need not: the fewest of them, where
    `seconds` are enough to find out; else nobody must."""
    made = model(week)
    size = len(made.keys)
    must = [one.id for one in week.people.values() if one.least]
    left_out = {name: size + n for n, name in enumerate(must)}
    rows = [row for row in made.rows if row.rule != "person_week"]
    for row in made.rows:
        if row.rule == "person_week":
            out = left_out.get(row.values["person"])
            terms = row.terms if out is None else {**row.terms, out: 1}
            rows.append(Row("person_week", row.values, row.terms, most=row.most))
            rows.append(Row("somewhere", row.values, terms, least=row.least))
    task = Task(size + len(must), rows, dict.fromkeys(left_out.values(), 1), seconds, seed)
    found = engines.highs(task)
    chosen = found.chosen
    if chosen is None or not engines.holds(rows, chosen):
        chosen = frozenset(left_out.values())
    none = {name for name, column in left_out.items() if column in chosen}
    people = {
        name: replace(one, least=0) if name in none else one for name, one in week.people.items()
    }
    return replace(week, people=people)
