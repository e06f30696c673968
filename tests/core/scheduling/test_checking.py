"""Each rule, broken once, is found by the independent reading."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from stegvis.core.scheduling import checking
from stegvis.core.scheduling.checking import check, objective
from tests.core.scheduling.weeks import area, person, week

HARD = [{"ability": "lift", "level": 2, "hard": True}]


def two(**more: Any) -> dict[str, Any]:
    return week([person("p1"), person("p2")], [area("a", **more), area("b")])


GOOD = {"p1": {"mon_am": "a"}, "p2": {"mon_am": "a"}}


def changed(**more: Any) -> dict[str, Any]:
    return week([person("p1", **more), person("p2")], [area("a", requirements=HARD)])


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        ("places", two(places=1)),
        ("hours", two(hours_week=7)),
        ("closed", two(closed=["mon_am"])),
        ("must_cover", two(must_cover={"mon_pm": 1})),
        ("site", two(site="far")),
        ("available", changed(available=["mon_pm"])),
        ("fixed", changed(fixed=[{"slot": "mon_am"}])),
        ("requirement", changed(abilities={"lift": 1})),
        ("target", changed(target_slots=0)),
        ("apart", two() | {"apart": [["p1", "p2"]]}),
        ("support", two() | {"supervisors": []}),
    ],
)
def test_a_broken_rule_is_found_and_told_with_its_place(rule: str, data: dict[str, Any]) -> None:
    found = [one for one in check(data, GOOD) if one.rule == rule]
    assert found
    assert all(word in found[0].says for word in _place(rule))


def _place(rule: str) -> list[str]:
    if rule == "target":
        return ["p1"]
    if rule == "hours":
        return ["a"]
    return {"support": ["t", "mon_am"], "must_cover": ["a", "mon_pm"]}.get(rule, ["a", "mon_am"])


def test_a_good_plan_breaks_nothing_and_nobody_is_left_out() -> None:
    assert check(two(), GOOD) == []
    assert [one.rule for one in check(two(), {"p1": GOOD["p1"]})] == ["at_least_one"]


def test_names_of_nothing_are_told() -> None:
    plan = {"p9": {"sun_am": "z"}}
    assert [one.rule for one in check(two(), plan)] == ["unknown"] * 3


def test_an_untried_hard_requirement_costs_one_point_once() -> None:
    asked = [*HARD, {"ability": "see", "level": 1, "hard": True}]
    led = [{"id": "h", "team": "t", "capacity": 2, "absent": []}]
    data = week([person("p1")], [area("a", requirements=asked)], supervisors=led)
    assert check(data, {"p1": {"mon_am": "a"}}) == []
    led[0]["capacity"] = 1
    assert [one.rule for one in check(data, {"p1": {"mon_am": "a"}})] == ["support"]


def test_the_four_figures_are_counted_anew() -> None:
    soft = [{"ability": "lift", "level": 3, "hard": False}]
    one = person("p1", goal_area="b", wishes=["a"], abilities={"lift": 1}, target_slots=3)
    one["last_week"] = {"mon_am": "b", "tue_am": "a", "tue_pm": "b"}
    one["fixed"] = [{"slot": "tue_pm"}]
    data = week([one], [area("a", requirements=soft), area("b")])
    figures = objective(data, {"p1": {"mon_am": "a", "mon_pm": "b"}})
    assert figures == {"shortfall": 1, "wish_points": 4, "changes": 2, "soft_gap": 2}


def test_the_checker_shares_nothing_with_the_planner() -> None:
    tree = ast.parse(Path(checking.__file__).read_text("utf-8"))
    named = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert [name for name in named if name and name.startswith("stegvis")] == []
