"""Many people and scarce places: the best there is, proven, whatever they are called."""

from __future__ import annotations

from itertools import count, product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stegvis.core.matching import assign as module
from stegvis.core.matching.assign import Assigned, assign
from stegvis.core.matching.costs import Weights
from stegvis.core.matching.pairs import parse
from tests.core.matching.crowds import Figures, best, counted, crowd, pair, stored


def _still() -> Any:
    ticks = count()
    return lambda: next(ticks) * 1e-6


def assigned(data: dict[str, Any]) -> Assigned:
    return assign(parse(data), seconds=60, clock=_still())


def figures(found: Assigned) -> Figures:
    told = found.objective
    return told["placed"], told["goal"], told["burden"], told["km"]


def as_good_as_any(data: dict[str, Any]) -> None:
    found = assigned(data)
    assert found.status == "optimal"
    assert found.objective == found.bound
    assert counted(data, found.assignment) == figures(found) == best(data)


@pytest.mark.requirement("JI-45")
@settings(max_examples=60, deadline=None)
@given(crowd())
def test_no_assignment_of_all_there_are_is_better(data: dict[str, Any]) -> None:
    as_good_as_any(data)


@pytest.mark.night
@settings(max_examples=2_000, deadline=None)
@given(crowd(people=5, places=4))
def test_no_assignment_of_many_small_crowds_is_better(data: dict[str, Any]) -> None:
    as_good_as_any(data)


def test_the_reference_is_reached_and_proven() -> None:
    found = assigned(stored("m0060-a"))
    assert (found.status, figures(found)) == ("optimal", (58, 22, 153, 506))
    assert counted(stored("m0060-a"), found.assignment) == (58, 22, 153, 506)


@pytest.mark.parametrize("name", ["m0060-a", "m0060-b"])
def test_the_value_is_that_of_a_dense_exact_solver(name: str) -> None:
    """SciPy's, with a column for each place of a place and one for each person left out."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    data = stored(name)
    people, seats = data["persons"], [q for q in data["places"] for _ in range(q["capacity"])]
    n = len(people)
    # Each more than all of the next can be, and all together below what a float holds exactly.
    of_burden, of_goal, of_place = 10.0**4, 10.0**10, 10.0**13
    costs = np.full((n, len(seats) + n), 10.0**14)
    costs[:, len(seats) :] = 0
    for i, person in enumerate(people):
        for j, seat in enumerate(seats):
            said = pair(person, seat, data)
            if said is not None:
                goal, burden, km = said
                costs[i, j] = burden * of_burden + km - goal * of_goal - of_place
    rows, columns = linear_sum_assignment(costs)
    made = {
        people[i]["id"]: seats[j]["id"]
        for i, j in zip(rows, columns, strict=True)
        if j < len(seats)
    }
    assert figures(assigned(data)) == counted(data, made)


@pytest.mark.parametrize("likely", [1, 2])
def test_too_few_likely_pairs_never_lose_the_best(
    likely: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LIKELY", likely)
    monkeypatch.setattr(module, "MORE", 1)
    assert figures(assigned(stored("m0060-a"))) == (58, 22, 153, 506)


def _place(name: str, **other: Any) -> dict[str, Any]:
    where = {"area": "kök", "capacity": 1, "hours": [1, 9], "xy": [0, 0], "requirements": []}
    return {"id": name, **where, **other}


def _person(name: str, *, away: list[str], **other: Any) -> dict[str, Any]:
    who = {"hours": [1, 9], "xy": [0, 0], "max_km": 20, "goal_area": None, "wishes": []}
    return {"id": name, **who, "declined": away, "abilities": {}, **other}


def _row(*more: dict[str, Any]) -> dict[str, Any]:
    """Forty people one behind the other: each can have the place before or its own, and one who
    comes last the last of these, or one of `more`."""
    places = [_place(f"q{n}", area=f"area{n}", xy=[n, 0]) for n in range(41)] + list(more)

    def away(*but: int) -> list[str]:
        return [one["id"] for n, one in enumerate(places) if n not in but]

    row = [_person(f"p{n}", away=away(n - 1, n), xy=[n, 0]) for n in range(1, 41)]
    last = _person("last", away=away(40, 41), xy=[40, 0])
    return {**stored("m0060-a"), "persons": [*row, last], "places": places}


def test_one_more_with_a_place_goes_before_any_number_of_own_goals() -> None:
    """Forty could have their own goal if one went without a place, and a place weighs less."""
    data = _row()
    for n, person in enumerate(data["persons"][:40], start=1):
        person["goal_area"] = f"area{n}"
    assert figures(assigned(data)) == (41, 0, 0, 40)


def test_one_of_burden_goes_before_any_number_of_kilometres() -> None:
    """Forty could be nearer if one had a heavier place, and one of burden weighs less."""
    heavy = [{"ability": "lift", "level": 1, "hard": False, "weight": 1}]
    data = _row(_place("other", xy=[40, 0], requirements=heavy))
    for person in data["persons"]:
        person["max_km"] = 1
    assert figures(assigned(data)) == (41, 0, 0, 40)


def test_people_and_places_that_are_all_alike_are_soon_assigned() -> None:
    people = [_person(f"p{n}", away=[]) for n in range(300)]
    places = [_place(f"q{n}", capacity=2) for n in range(200)]
    data = {**stored("m0060-a"), "persons": people, "places": places}
    ticks = count()
    found = assign(parse(data), seconds=8, clock=lambda: float(next(ticks)))
    assert (found.status, figures(found)) == ("optimal", (300, 0, 0, 0))


FOUR = st.tuples(*(st.integers(-most, most) for most in (1, 3, 20, 60)))


@settings(max_examples=30, deadline=None)
@given(st.lists(FOUR, min_size=4, max_size=4), st.integers(2, 16))
def test_prices_that_prove_say_of_each_aim_in_turn_what_they_say_of_all(
    four: list[tuple[int, int, int, int]], times: int
) -> None:
    import numpy as np

    heavy, far = 3, 5
    weights = Weights.of(heavy=heavy, far=far, times=times)
    prices = np.array(four) @ [weights.place, weights.goal, weights.burden, 1]
    person, place = prices[:2], prices[2:]
    assume(weights.prove(person, place))
    parts = zip(weights.apart(person), weights.apart(place), strict=True)
    beyond = [whose[:, None] - where[None, :] for whose, where in parts]
    for goal, burden, km in product((0, 1), (0, heavy), (0, far)):
        each = [beyond[0], beyond[1] - goal, beyond[2] + burden, beyond[3] + km]
        sums = person[:, None] - place[None, :] + burden * weights.burden + km - goal * weights.goal
        first = np.select([one != 0 for one in each], each, 0)
        assert (np.sign(sums) == np.sign(first)).all()


@pytest.mark.requirement("INV-28")
@settings(max_examples=25, deadline=None)
@given(crowd(), st.permutations(["w", "x", "y", "z"]))
def test_other_names_and_another_order_give_the_same_figures(
    data: dict[str, Any], names: list[str]
) -> None:
    new = dict(zip(["p0", "p1", "p2", "p3"], names, strict=True))
    people = [one | {"id": new[one["id"]]} for one in reversed(data["persons"])]
    renamed = data | {"persons": people, "places": data["places"][::-1]}
    assert figures(assigned(data)) == figures(assigned(renamed))


@settings(max_examples=25, deadline=None)
@given(crowd(), st.integers(0, 2))
def test_more_room_never_makes_it_worse(data: dict[str, Any], which: int) -> None:
    def rank(found: Assigned) -> Figures:
        placed, goal, burden, km = figures(found)
        return -placed, -goal, burden, km

    places = [dict(one) for one in data["places"]]
    places[which]["capacity"] += 1
    assert rank(assigned(data | {"places": places})) <= rank(assigned(data))


def test_nobody_and_nowhere_are_assigned_too() -> None:
    data = stored("m0060-a")
    assert figures(assigned(data | {"persons": []})) == (0, 0, 0, 0)
    people = [one | {"wishes": [], "declined": []} for one in data["persons"]]
    found = assigned(data | {"persons": people, "places": []})
    assert (found.status, figures(found)) == ("optimal", (0, 0, 0, 0))


def test_when_the_time_is_over_what_was_found_is_kept_and_not_called_proven() -> None:
    ticks = count()
    data = stored("m0060-a")
    found = assign(parse(data), seconds=1.5, clock=lambda: float(next(ticks)))
    assert found.status == "feasible"
    assert counted(data, found.assignment) == figures(found)
    assert found.bound["km"] is None
