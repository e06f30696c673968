"""What stands already takes its places; where there is too little, as few as can be go without."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from stegvis.core.scheduling.instance import Instance, parse
from stegvis.core.scheduling.placing import placing
from stegvis.core.scheduling.solve import Answer, plan
from tests.core.scheduling.weeks import SLOTS, area, person, still, week


def planned(made: Instance) -> Answer:
    return plan(made, seconds=60, seed=0, clock=still())


def with_held(data: dict[str, Any], *held: tuple[str, str, str]) -> Instance:
    made = parse(data)
    people = dict(made.people)
    for who, _area, slot in held:
        one = people[who]
        people[who] = replace(one, fixed={**one.fixed, slot: "held"}, least=0)
    return replace(made, people=people, held=held)


def test_a_place_that_is_held_is_not_given_again() -> None:
    data = week([person("p1"), person("p2", available=["mon_am"])], [area("a", places=1)])
    found = planned(with_held(data, ("p1", "a", "mon_am")))
    assert found.status == "infeasible"
    free = planned(placing(with_held(data, ("p1", "a", "mon_am")), seconds=60, seed=0))
    assert (free.status, "p2" in free.plan) == ("optimal", False)
    short = {one.person: one.because for one in free.unmet}
    assert [rule.code for rule in short["p2"].values["rules"]] == ["short_places"]


def test_hours_and_support_that_are_held_are_not_given_again() -> None:
    people = [person("p1"), person("p2", available=["mon_am"])]
    led = [{"id": "h", "team": "t", "capacity": 1, "absent": []}]
    for data in (
        week(people, [area("a", hours_week=4)]),
        week(people, [area("a")], supervisors=led),
    ):
        made = placing(with_held(data, ("p1", "a", "mon_am")), seconds=60, seed=0)
        assert "p2" not in planned(made).plan


def test_nobody_is_put_beside_the_one_they_are_kept_from_who_is_there_already() -> None:
    people = [person("p1"), person("p2", available=["mon_am"])]
    data = week(people, [area("a"), area("b")], apart=[["p1", "p2"]])
    assert planned(with_held(data, ("p1", "a", "mon_am"))).plan["p2"] == {"mon_am": "b"}


def test_as_few_as_can_be_go_without() -> None:
    people = [person(f"p{n}", available=SLOTS[:1]) for n in range(4)]
    made = placing(parse(week(people, [area("a", places=3)])), seconds=60, seed=0)
    assert sorted(one.least for one in made.people.values()) == [0, 1, 1, 1]
    assert len(planned(made).plan) == 3


def test_where_all_can_have_one_everybody_must() -> None:
    data = week([person("p1"), person("p2")], [area("a")])
    assert placing(parse(data), seconds=60, seed=0) == parse(data)


def test_where_there_is_no_place_nobody_must() -> None:
    people = [person(f"p{n}") for n in range(3)]
    made = placing(parse(week(people, [area("a", places=0)])), seconds=60, seed=0)
    assert {one.least for one in made.people.values()} == {0}
