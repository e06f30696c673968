"""The planner against the best of all plans there are, of six people in four half days."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from stegvis.core.scheduling.checking import check, objective
from tests.core.scheduling.brute import best
from tests.core.scheduling.test_plans import planned, rank
from tests.core.scheduling.weeks import every_plan, small


@settings(max_examples=6, deadline=None)
@given(small())
def test_the_fast_way_finds_what_trying_every_plan_finds(data: dict[str, Any]) -> None:
    lawful = [one for one in every_plan(data) if not check(data, one)]
    found = min((rank(objective(data, one)) for one in lawful), default=None)
    assert best(data) == found


def as_good_as_the_best(data: dict[str, Any]) -> None:
    found, answer = best(data), planned(data)
    if found is None:
        assert answer.status == "infeasible"
        return
    assert answer.status == "optimal"
    assert check(data, answer.plan) == []
    assert rank(answer.objective) == found


@settings(max_examples=5, deadline=None)
@given(small(people=6, slots=4))
def test_no_plan_of_six_people_in_four_half_days_is_better(data: dict[str, Any]) -> None:
    as_good_as_the_best(data)


@pytest.mark.night
@settings(max_examples=300, deadline=None)
@given(small(people=6, slots=4))
def test_no_plan_of_many_such_weeks_is_better(data: dict[str, Any]) -> None:
    as_good_as_the_best(data)
