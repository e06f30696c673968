"""Places in order for one person: the own goal first, every need explained, nothing a verdict."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stegvis.core.matching.pairs import PairsError, parse
from stegvis.core.matching.ranking import Ranked, State, ranked
from tests.core.matching.crowds import crowd, level_of, pair


def rows(data: dict[str, Any], person: int = 0) -> list[Ranked]:
    return ranked(parse(data), person, most=100)


@pytest.mark.requirement("KN-74", "JI-45")
@settings(max_examples=60, deadline=None)
@given(crowd())
def test_what_is_said_of_each_need_is_what_is_known_and_adds_up_exactly(
    data: dict[str, Any],
) -> None:
    person = data["persons"][0]
    for row in rows(data):
        known = {one.need.ability: level_of(person, one.need.ability, data) for one in row.because}
        for one in row.because:
            level = known[one.need.ability]
            assert (one.mark.level if one.mark else None) == level
            assert (one.state is State.NOT_TRIED) == (level is None)
            fits = level is not None and level >= one.need.level
            assert (one.state is State.FITS) == fits
        assert sum(one.burden for one in row.because) == row.burden
        place = next(q for q in data["places"] if q["id"] == row.place.id)
        said = pair(person, place, data)
        assert (said is None) == any(one.state is State.NOT_NOW for one in row.because)
        if said is not None:
            assert said == (int(row.own_goal), row.burden, row.km)
        assert 0 <= row.least <= row.most <= 1
        assert 0 <= row.coverage <= 1


@settings(max_examples=60, deadline=None)
@given(crowd())
def test_the_own_goal_stands_first_then_what_can_be_then_the_least_burden(
    data: dict[str, Any],
) -> None:
    order = [
        (not row.own_goal, any(one.state is State.NOT_NOW for one in row.because))
        for row in rows(data)
    ]
    assert order == sorted(order)
    may = [row for row in rows(data) if not any(one.state is State.NOT_NOW for one in row.because)]
    keys = [(not row.own_goal, row.burden, row.km) for row in may]
    assert keys == sorted(keys)


@settings(max_examples=40, deadline=None)
@given(crowd(), st.integers(0, 4))
def test_more_ability_never_lowers_what_fits(data: dict[str, Any], level: int) -> None:
    better = copy.deepcopy(data)
    for marks in better["persons"][0]["abilities"].values():
        for mark in marks:
            mark["level"] = max(mark["level"], level)
    before = {row.place.id: row for row in rows(data)}
    for row in rows(better):
        assert row.least >= before[row.place.id].least
        assert row.burden <= before[row.place.id].burden


@pytest.mark.requirement("INV-28")
@pytest.mark.parametrize("field", ["sex", "name", "birth_year", "origin", "diagnosis"])
def test_there_is_no_way_in_for_what_must_not_count(field: str) -> None:
    data: dict[str, Any] = {
        "kind": "matching", "id": "x", "today": "2026-11-16", "stale_after_days": 183,
        "objective": "matching_v1", "places": [],
        "persons": [{
            "id": "p", "hours": [0, 40], "xy": [0, 0], "max_km": 5, "goal_area": None,
            "wishes": [], "declined": [], "abilities": {}, field: "x",
        }],
    }  # fmt: skip
    with pytest.raises(PairsError, match=rf"persons\[0\].*{field}"):
        parse(data)


def test_a_need_of_no_weight_changes_nothing() -> None:
    need = {"ability": "lift", "level": 2, "hard": False, "weight": 2}
    data: dict[str, Any] = {
        "kind": "matching", "id": "x", "today": "2026-11-16", "stale_after_days": 183,
        "objective": "matching_v1",
        "persons": [{
            "id": "p", "hours": [0, 40], "xy": [0, 0], "max_km": 5, "goal_area": None,
            "wishes": ["q"], "declined": [],
            "abilities": {"lift": [{"level": 1, "source": "self", "date": "2026-11-01"}]},
        }],
        "places": [{"id": "q", "area": "a", "capacity": 1, "hours": [4, 8], "xy": [1, 1],
                    "requirements": [need]}],
    }  # fmt: skip
    (before,) = rows(data)
    light = {"ability": "read", "level": 4, "hard": False, "weight": 0}
    data["places"][0]["requirements"].append(light)
    (after,) = rows(data)
    assert before.wished
    assert (before.least, before.most, before.coverage) == (Decimal("0.75"), Decimal("0.75"), 1)
    assert (after.least, after.most, after.burden) == (before.least, before.most, before.burden)
