"""A published week after an absence."""

from __future__ import annotations

from typing import Any

import pytest

from stegvis.core.scheduling.checking import check
from stegvis.core.scheduling.instance import Plan, parse
from stegvis.core.scheduling.repair import Repaired, repair
from stegvis.core.scheduling.solve import plan
from tests.core.scheduling.weeks import SLOTS, area, person, still, stored, week


def repaired(data: dict[str, Any], published: Plan, absent: dict[str, list[str]]) -> Repaired:
    away = {name: frozenset(slots) for name, slots in absent.items()}
    return repair(parse(data), published, absent=away, seconds=60, seed=0, clock=still())


def test_nobody_else_moves_when_nothing_needs_them() -> None:
    data = week([person("p1"), person("p2")], [area("a")])
    published = {"p1": {"mon_am": "a"}, "p2": {"mon_am": "a"}}
    found = repaired(data, published, {"p1": SLOTS})
    assert (found.plan, found.moved, found.proven) == ({"p2": {"mon_am": "a"}}, (), True)


def test_one_person_moves_to_an_area_that_must_be_covered() -> None:
    areas = [area("a", must_cover={"mon_am": 1}), area("b")]
    data = week([person("p1"), person("p2"), person("p3")], areas)
    published = {"p1": {"mon_am": "a"}, "p2": {"mon_am": "b"}, "p3": {"mon_am": "b"}}
    found = repaired(data, published, {"p1": ["mon_am"]})
    assert found.plan is not None
    assert len(found.moved) == 1
    assert sum(days.get("mon_am") == "a" for days in found.plan.values()) == 1


def test_nobody_who_may_take_over_is_said() -> None:
    areas = [area("a", must_cover={"mon_am": 1}), area("b")]
    data = week([person("p1"), person("p2", available=["tue_am"])], areas)
    published = {"p1": {"mon_am": "a"}, "p2": {"tue_am": "b"}}
    found = repaired(data, published, {"p1": SLOTS})
    assert (found.plan, found.proven) == (None, True)
    assert [one.code for one in found.blocked_by] == ["must_cover"]


def test_a_supervisor_away_moves_those_whose_support_they_were() -> None:
    areas = [area("a"), area("b", team="u")]
    led = [{"id": name, "team": name, "capacity": 6, "absent": []} for name in ("t", "u")]
    data = week([person("p1"), person("p2")], areas, supervisors=led)
    published = {"p1": {"mon_am": "a"}, "p2": {"mon_am": "b"}}
    found = repaired(data, published, {"t": ["mon_am"]})
    assert found.moved == ("p1",)
    assert found.plan is not None
    assert found.plan["p2"] == published["p2"]


@pytest.mark.night
def test_an_ill_participant_moves_at_most_three_others() -> None:
    data = stored("w022-a")
    published = plan(parse(data), seconds=60, seed=0, clock=still()).plan
    for ill in published:
        found = repaired(data, published, {ill: SLOTS[:2]})
        assert len(found.moved) <= 3
        if found.plan is not None:
            rules = {one.rule for one in check(data, found.plan)}
            assert rules <= {"at_least_one"}


def borne(data: dict[str, Any], published: Plan, absent: dict[str, list[str]]) -> Repaired:
    away = {name: frozenset(slots) for name, slots in absent.items()}
    return repair(
        parse(data), published, absent=away, seconds=60, seed=0, clock=still(), bearing=True
    )


def test_what_was_against_the_rules_before_may_stay_so() -> None:
    data = week([person("p1"), person("p2"), person("p3")], [area("a", places=1)])
    published = {name: {"mon_am": "a"} for name in ("p1", "p2", "p3")}
    assert len(repaired(data, published, {"p3": SLOTS}).moved) == 1, "two are on one place"
    found = borne(data, published, {"p3": SLOTS})
    assert (found.moved, found.proven) == ((), True)
    assert found.plan == {name: {"mon_am": "a"} for name in ("p1", "p2")}


def test_whoever_must_move_goes_elsewhere_before_they_have_none() -> None:
    led = [{"id": name, "team": name, "capacity": 6, "absent": []} for name in ("t", "u")]
    people = [person("p1", target_slots=2), person("p2", target_slots=1)]
    data = week(people, [area("a"), area("b", team="u")], supervisors=led)
    published = {"p1": {"mon_am": "a", "mon_pm": "a"}, "p2": {"mon_am": "b"}}
    found = borne(data, published, {"t": ["mon_am", "mon_pm"]})
    assert found.moved == ("p1",)
    assert found.plan is not None
    assert len(found.plan["p1"]) == 2, "without bearing one entry fewer would have been as good"
