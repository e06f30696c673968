"""Aims behind the four levels: against every plan there is, and never at their cost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stegvis.core.scheduling.checking import check, objective
from stegvis.core.scheduling.further import FURTHER, figures
from stegvis.core.scheduling.instance import InstanceError, parse
from stegvis.core.scheduling.solve import plan
from tests.core.scheduling.test_plans import planned, rank
from tests.core.scheduling.weeks import area, every_plan, person, small, still, stored, week

SIGNS = {"variety": -1, "even_load": 1}


def _ranked(data: dict[str, Any], told: dict[str, int]) -> tuple[int, ...]:
    return (*rank(told), *(SIGNS[name] * told[name] for name in data["further"]))


@settings(max_examples=8, deadline=None)
@given(small(), st.permutations(FURTHER), st.integers(1, 2))
def test_no_plan_is_better_in_the_order_the_municipality_chose(
    data: dict[str, Any], order: list[str], n: int
) -> None:
    data = {**data, "further": order[:n]}
    lawful = [one for one in every_plan(data) if not check(data, one)]
    answer = planned(data)
    if not lawful:
        assert answer.status == "infeasible"
        return
    assert answer.status == "optimal"
    assert check(data, answer.plan) == []
    assert objective(data, answer.plan) == answer.objective == answer.bound
    best = min(_ranked(data, objective(data, one)) for one in lawful)
    assert _ranked(data, answer.objective) == best


def test_the_load_is_spread_over_the_week_and_the_areas_over_people() -> None:
    areas = [area("a", places=2), area("b", places=2)]
    people = [person("p", target_slots=2), person("q", target_slots=2)]
    data = {**week(people, areas), "further": ["even_load", "variety"]}
    found = planned(data)
    assert found.objective == {
        "shortfall": 0, "wish_points": 0, "changes": 0, "soft_gap": 0, "even_load": 1, "variety": 4,
    }  # fmt: skip


def test_what_stands_already_counts_in_both() -> None:
    data = {**week([person("p", target_slots=1)], [area("a"), area("b")]), "further": ["variety"]}
    read = parse(data)
    one = replace(read.people["p"], fixed={"mon_am": "stands"})
    read = replace(read, people={"p": one}, held=(("p", "a", "mon_am"),))
    read = replace(read, further=("variety", "even_load"))
    found = plan(read, seconds=60, seed=0, clock=still())
    assert found.status == "optimal"
    assert set(found.plan["p"].values()) == {"b"}
    assert figures(read, found.plan) == {"variety": 2, "even_load": 1}
    assert found.bound["variety"] == 2


def test_a_week_of_twenty_two_keeps_its_proven_figures_and_evens_the_load() -> None:
    data = stored("w022-a")
    found = planned({**data, "further": ["even_load"]})
    first = {name: found.objective[name] for name in ("shortfall", "wish_points", "changes")}
    assert first == {"shortfall": 19, "wish_points": 229, "changes": 10}
    assert found.objective["soft_gap"] == 26
    assert found.bound["even_load"] == found.objective["even_load"]
    plain = planned(data)
    assert (
        found.objective["even_load"]
        <= figures(replace(parse(data), further=("even_load",)), plain.plan)["even_load"]
    )


def test_an_aim_nobody_knows_is_refused_by_its_place() -> None:
    data = {**week([person("p")], [area("a")]), "further": ["beauty"]}
    with pytest.raises(InstanceError, match=r"further\[0\]"):
        parse(data)
